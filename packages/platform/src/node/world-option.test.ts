import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callerOf } from "../platform.test-support.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const noWarning = "--disable-warning=ExperimentalWarning";
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "holdfast-world-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(...args: readonly string[]) {
  return spawn(process.execPath, ["--conditions=source", noWarning, main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
}

interface Ready {
  readonly url: string;
  readonly users: readonly { readonly id: string; readonly token?: string }[];
  readonly projects: readonly { readonly id: string; readonly name: string }[];
}

/** Runs the command, makes the calls, and ends it as a service is ended. */
async function session(
  args: readonly string[],
  act: (ready: Ready) => Promise<void>,
): Promise<Ready> {
  const child = start(...args);
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const ready = JSON.parse(line.toString()) as Ready;
    await act(ready);
    return ready;
  } finally {
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  }
}

async function refusal(...args: readonly string[]): Promise<readonly [number, string]> {
  const child = start(...args);
  const [problem, [code]] = await Promise.all([text(child.stderr), once(child, "exit")]);
  return [code as number, problem];
}

function callerAt(url: string): ReturnType<typeof callerOf> {
  return callerOf((input, init) => fetch(new URL(new URL(input).pathname, url), init));
}

test("a world is lived in, saved and gone on with; it holds no token", async () => {
  const file = join(folder, "world.json");
  const args = ["--world", file, "--save"];
  const people = ["--user", "ada=secret", "--user", "ben=other", "--project", "Lab"];
  let id = "";
  const first = await session([...args, ...people, "--seed", "7"], async ({ url, projects }) => {
    const { body } = await callerAt(url)(
      "/record/new",
      { project: projects[0]?.id ?? "", name: "kept" },
      { token: "secret" },
    );
    id = body["id"] as string;
  });
  const saved = readFileSync(file, "utf8");
  expect(saved).toContain('"name": "kept"');
  expect(saved).not.toMatch(/secret|other/);
  expect(readdirSync(folder)).toEqual(["world.json"]);

  const second = await session(
    [...args, "--user", "cy=third", "--project", "Lab"],
    async ({ url }) => {
      const describe = await callerAt(url)(`/${id}/describe`, {}, { token: "secret" });
      expect(describe.body).toMatchObject({ name: "kept" });
      expect((await callerAt(url)("/system/whoami", {}, { token: "third" })).body).toEqual({
        id: "user-cy",
      });
    },
  );
  expect(second.projects).toEqual(first.projects);
  expect(second.users).toEqual([
    { id: "user-ada" },
    { id: "user-ben" },
    { id: "user-cy", token: "third" },
  ]);

  const before = readFileSync(file, "utf8");
  await session(["--world", file], async ({ url, projects }) => {
    await callerAt(url)("/record/new", { project: projects[0]?.id ?? "" }, { token: "secret" });
  });
  expect(readFileSync(file, "utf8")).toBe(before);
}, 60_000);

test("what a file says wrong is said with its path", async () => {
  const file = join(folder, "bad.json");
  expect(await refusal("--world", file)).toEqual([
    1,
    expect.stringMatching(/bad\.json cannot be read/),
  ]);
  writeFileSync(file, "{");
  expect(await refusal("--world", file)).toEqual([
    1,
    expect.stringMatching(/bad\.json is not JSON/),
  ]);
  writeFileSync(file, JSON.stringify({ format: "holdfast-platform-world", version: 99 }));
  expect(await refusal("--world", file)).toEqual([
    1,
    expect.stringMatching(/bad\.json: world\.version/),
  ]);
  writeFileSync(file, JSON.stringify({ rates: [{ rate: 7, fault: "double" }] }));
  expect(await refusal("--faults", file)).toEqual([
    1,
    expect.stringMatching(/bad\.json: faults\.rates\[0\]\.rate/),
  ]);
  expect(await refusal("--nonsense")).toEqual([2, expect.stringContaining("usage:")]);
  const nobody = join(folder, "new.json");
  expect(await refusal("--world", nobody, "--save")).toEqual([
    1,
    expect.stringContaining("--user"),
  ]);
}, 60_000);

test("faults of a file hit from the first call on", async () => {
  const file = join(folder, "faults.json");
  writeFileSync(
    file,
    JSON.stringify({
      next: [{ on: "/system/whoami", fault: { kind: "throttle", status: 429, retryAfterS: 1 } }],
    }),
  );
  await session(["--faults", file, "--latency", "1"], async ({ url }) => {
    const call = callerAt(url);
    expect((await call("/system/whoami")).status).toBe(429);
    expect((await call("/system/whoami")).status).toBe(200);
  });
}, 30_000);

test("help is printed where it was asked for", async () => {
  const child = start("--help");
  expect(await text(child.stdout)).toContain("--world FILE");
}, 30_000);
