import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface PlatformProcess {
  readonly url: string;
  readonly user: string;
  readonly token: string;
  readonly project: string;
  readonly pid: number;
  close(): Promise<void>;
}

const READY_MS = 20_000;

/** The reference platform in a process of its own, so that it does not share a thread with what is measured. */
export async function startPlatform(args: readonly string[] = []): Promise<PlatformProcess> {
  const main = fileURLToPath(new URL("../../packages/platform/src/node/main.ts", import.meta.url));
  const token = "bench-token";
  const child = spawn(
    process.execPath,
    [
      ...["--conditions=source", "--disable-warning=ExperimentalWarning", main, "--port", "0"],
      ...["--seed", "1", "--user", `bench=${token}`, "--project", "Bench", ...args],
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  // Whoever ends the bench ends the platform, too.
  const cut = (): void => void child.kill("SIGTERM");
  process.once("exit", cut);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const ready = await firstLine(child);
  const { url, users, projects } = JSON.parse(ready) as {
    readonly url: string;
    readonly users: readonly { readonly id: string }[];
    readonly projects: readonly { readonly id: string }[];
  };
  const [user, project] = [users[0]?.id, projects[0]?.id];
  if (user === undefined || project === undefined) throw new Error(`unexpected: ${ready}`);
  return { url, user, token, project, pid: child.pid ?? 0, close: () => end(child, cut) };
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

function end(child: ChildProcess, cut: () => void): Promise<void> {
  process.off("exit", cut);
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
