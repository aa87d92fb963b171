import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface PlatformProcess {
  readonly url: string;
  readonly user: string;
  readonly token: string;
  readonly project: string;
  close(): Promise<void>;
}

const READY_MS = 20_000;

/** The reference platform in a process of its own, so that it does not share a thread with what is measured. */
export async function startPlatform(): Promise<PlatformProcess> {
  const main = fileURLToPath(new URL("../../packages/platform/src/node/main.ts", import.meta.url));
  const token = "bench-token";
  const child = spawn(
    process.execPath,
    [
      ...["--conditions=source", "--disable-warning=ExperimentalWarning", main, "--port", "0"],
      ...["--seed", "1", "--user", `bench=${token}`, "--project", "Bench"],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  const ready = await firstLine(child);
  const { url, users, projects } = JSON.parse(ready) as {
    readonly url: string;
    readonly users: readonly { readonly id: string }[];
    readonly projects: readonly { readonly id: string }[];
  };
  const [user, project] = [users[0]?.id, projects[0]?.id];
  if (user === undefined || project === undefined) throw new Error(`unexpected: ${ready}`);
  return { url, user, token, project, close: () => end(child) };
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const output = child.stdout;
    if (output === null) throw new Error("the platform has no standard output");
    const deadline = setTimeout(() => reject(new Error("the platform did not start")), READY_MS);
    createInterface({ input: output }).once("line", (line) => {
      clearTimeout(deadline);
      resolve(line);
    });
    child.once("exit", (code) => reject(new Error(`the platform ended with ${code}`)));
  });
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
