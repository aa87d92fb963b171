import { spawn } from "node:child_process";
import { once } from "node:events";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { callerOf, openLab } from "../platform.test-support.ts";
import { parseCommandLine } from "./command-line.ts";
import { startServer } from "./server.ts";

/** Node's own fetch, with the address of a server put in front of the path. */
function callerAt(url: string): ReturnType<typeof callerOf> {
  return callerOf((input, init) => fetch(new URL(new URL(input).pathname, url), init));
}

test("a server answers as the platform does in process", async () => {
  const lab = openLab();
  await using server = await startServer({ platform: lab.platform });
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const call = callerAt(server.url);
  const input = { project: lab.project, nonce: "n", name: "ä" };
  const overHttp = await call("/record/new", input);
  const inProcess = await lab.call("/record/new", input);
  expect([overHttp.status, overHttp.text]).toEqual([200, inProcess.text]);
  for (const header of ["Content-Type", "Content-Length", "X-Content-Type-Options", "Date"]) {
    expect(overHttp.headers.get(header)).toBe(inProcess.headers.get(header));
  }
  expect((await call("/system/whoami", "{", {})).error).toBe("MalformedJSON");
  expect((await call("/system/whoami", {}, { verb: "GET" })).error).toBe("ResourceNotFound");
  expect((await call("/project-эксперимент/describe")).error).toBe("ResourceNotFound");
});

test("a cut breaks the connection, a truncated answer breaks it in the body", async () => {
  const { platform, project } = openLab();
  await using server = await startServer({ platform });
  const call = callerAt(server.url);
  platform.faults.next("/record/new", "cutAfterEffect");
  await expect(call("/record/new", { project })).rejects.toBeInstanceOf(TypeError);
  expect(platform.effects).toHaveLength(1);
  platform.faults.next("/record/new", "truncate");
  const response = await fetch(`${server.url}/record/new`, {
    method: "POST",
    body: JSON.stringify({ project }),
    headers: { Authorization: "Bearer ada-token", "Content-Type": "application/json" },
  });
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toBeInstanceOf(TypeError);
  platform.faults.next("/record/new", "garbage");
  const garbage = await fetch(`${server.url}/record/new`, { method: "POST", body: "{}" });
  expect([garbage.status, await garbage.text()]).toMatchObject([
    502,
    expect.stringContaining("<html>"),
  ]);
});

test("a browser's preflight is answered", async () => {
  const { platform } = openLab();
  await using server = await startServer({ platform });
  const response = await fetch(`${server.url}/record/new`, {
    method: "OPTIONS",
    headers: {
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization",
    },
  });
  expect(response.status).toBe(204);
});

test("a path that looks like an address stays a path", async () => {
  const { platform } = openLab();
  await using server = await startServer({ platform });
  const status = await new Promise((resolve, reject) => {
    const { hostname, port } = new URL(server.url);
    const outgoing = request({ hostname, port, method: "POST", path: "//evil.example/record/new" });
    outgoing.once("response", (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    outgoing.once("error", reject);
    outgoing.end("{}");
  });
  expect(status).toBe(404);
});

test("a server that is closed takes no more calls", async () => {
  const { platform } = openLab();
  const server = await startServer({ platform });
  await server.close();
  await server.close();
  await expect(fetch(server.url)).rejects.toBeInstanceOf(TypeError);
});

test("a port that is taken is said to be", async () => {
  const { platform } = openLab();
  await using server = await startServer({ platform });
  const port = Number(new URL(server.url).port);
  await expect(startServer({ platform, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("the command says in one line where it listens, answers, and ends when told", async () => {
  const main = fileURLToPath(new URL("main.ts", import.meta.url));
  const child = spawn(
    process.execPath,
    [
      "--conditions=source",
      "--disable-warning=ExperimentalWarning",
      main,
      "--seed",
      "7",
      "--user",
      "ada=secret",
      "--user",
      "ben=other",
      "--project",
      "Lab",
    ],
    { stdio: ["ignore", "pipe", "inherit"] },
  );
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const ready = JSON.parse(line.toString()) as {
      readonly url: string;
      readonly users: unknown;
      readonly projects: readonly unknown[];
    };
    expect(ready.users).toEqual([
      { id: "user-ada", token: "secret" },
      { id: "user-ben", token: "other" },
    ]);
    expect(ready.projects).toMatchObject([{ name: "Lab" }]);
    const answer = await callerAt(ready.url)("/system/whoami", {}, { token: "other" });
    expect(answer.body).toEqual({ id: "user-ben" });
  } finally {
    child.kill("SIGTERM");
  }
  expect(await once(child, "exit")).toEqual([0, null]);
}, 30_000);

test("the command line has defaults, and says what cannot be", () => {
  expect(parseCommandLine([])).toEqual({
    port: 0,
    seed: "1",
    users: [{ name: "ada", token: "ada-token" }],
    projects: [],
    latencyMs: 0,
    searchLagMs: 0,
    world: undefined,
    save: false,
    faults: undefined,
    help: false,
    dataDirectory: undefined,
  });
  expect(
    parseCommandLine(["--latency", "20", "--search-lag", "3", "--user", "a=b=c"]),
  ).toMatchObject({
    latencyMs: 20,
    searchLagMs: 3,
    users: [{ name: "a", token: "b=c" }],
  });
  for (const [args, problem] of [
    [["--port", "x"], "--port must be"],
    [["--port", "65536"], "--port must be"],
    [["--latency", "-1"], "latency"],
    [["--search-lag", "x"], "--search-lag must be"],
    [["--user", "ada"], "NAME=TOKEN"],
    [["--project", ""], "--project"],
    [["--data", ""], "--data"],
    [["--nonsense"], "nonsense"],
    [["--save"], "--save needs --world"],
    [["--world", ""], "--world must name a file"],
  ] as const) {
    expect(() => parseCommandLine(args)).toThrow(problem);
  }
});
