#!/usr/bin/env node
import { exit, stderr, stdout } from "node:process";
import { createPlatform } from "../create-platform.ts";
import { type CommandLine, parseCommandLine, usage } from "./command-line.ts";
import { DiskContent } from "./disk-content.ts";
import { startServer } from "./server.ts";

const commandLine = readCommandLine();
const { seed, users, projects, port, latencyMs, dataDirectory } = commandLine;
const platform = createPlatform({
  seed,
  users,
  projects,
  ...(dataDirectory === undefined ? {} : { contents: DiskContent.open(dataDirectory) }),
});
if (latencyMs > 0) {
  platform.faults.rates([{ rate: 1, fault: { kind: "latency", ms: latencyMs } }]);
}
const server = await startServer({ platform, port });
const tokens = new Map(users.map(({ name, token }) => [`user-${name}`, token]));
const ready = {
  url: server.url,
  users: platform.users.map(({ id }) => ({ id, token: tokens.get(id) })),
  projects: platform.projects,
};
stdout.write(`${JSON.stringify(ready)}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void server.close().then(() => exit(0)));
}

function readCommandLine(): CommandLine {
  try {
    return parseCommandLine(process.argv.slice(2));
  } catch (error) {
    stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    exit(2);
  }
}
