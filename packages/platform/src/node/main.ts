#!/usr/bin/env node
import { exit, stderr, stdout } from "node:process";
import { createPlatform } from "../create-platform.ts";
import { type CommandLine, parseCommandLine, usage } from "./command-line.ts";
import { DiskContent } from "./disk-content.ts";
import { populate } from "./populate.ts";
import { startServer } from "./server.ts";
import { messageOf, saveWorld } from "./world-store.ts";

const commandLine = readCommandLine();
const { seed, users, port, world, save, dataDirectory, searchLagMs } = commandLine;
const platform = createPlatform({
  seed,
  users: [],
  limits: { searchLagMs },
  ...(dataDirectory === undefined ? {} : { contents: DiskContent.open(dataDirectory) }),
});
await populate(platform, commandLine).catch(refuse);
const server = await startServer({ platform, port }).catch(refuse);
const tokens = new Map(users.map(({ name, token }) => [`user-${name}`, token]));
const ready = {
  url: server.url,
  users: platform.users.map(({ id }) => ({ id, token: tokens.get(id) })),
  projects: platform.projects,
};
stdout.write(`${JSON.stringify(ready)}\n`);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void end());

async function end(): Promise<void> {
  await server.close();
  if (save && world !== undefined) await saveWorld(platform, world).catch(refuse);
  exit(0);
}

/** Before it listens, and when it cannot save: the reason, and an exit code that says so. */
function refuse(error: unknown): never {
  stderr.write(`${messageOf(error)}\n`);
  exit(1);
}

function readCommandLine(): CommandLine {
  try {
    const read = parseCommandLine(process.argv.slice(2));
    if (!read.help) return read;
    stdout.write(usage);
    return exit(0);
  } catch (error) {
    stderr.write(`${messageOf(error)}\n${usage}`);
    exit(2);
  }
}
