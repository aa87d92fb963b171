import { existsSync } from "node:fs";
import { readFaults } from "../faults/read-faults.ts";
import type { Platform } from "../platform.ts";
import type { CommandLine } from "./command-line.ts";
import { messageOf, readJson } from "./world-store.ts";

type Wanted = Pick<CommandLine, "users" | "projects" | "world" | "save" | "faults" | "latencyMs">;

/**
 * Brings what the command line names into a platform: the world first, then users and projects that it does not have.
 *
 * @throws Error naming the file and, inside it, the path of what cannot be.
 */
export async function populate(platform: Platform, wanted: Wanted): Promise<void> {
  const { world, save, users, projects } = wanted;
  // With --save a file that is not there is a world that has not been lived in yet.
  if (world !== undefined && (!save || existsSync(world))) {
    const file = readJson(world);
    await named(world, () => platform.restore(file));
  }
  for (const user of users) {
    const id = `user-${user.name}`;
    const isKnown = platform.users.some((one) => one.id === id);
    if (isKnown) await platform.control.addToken(id, user.token, user.scope);
    else await platform.control.addUser(user);
  }
  if (platform.users.length === 0) throw new Error("there is nobody: give --user NAME=TOKEN");
  for (const { name } of projects) {
    if (platform.projects.every((project) => project.name !== name)) {
      await platform.control.addProject({ name });
    }
  }
  setFaults(platform, wanted);
}

function setFaults(platform: Platform, { faults, latencyMs }: Wanted): void {
  const rates: Parameters<Platform["faults"]["rates"]>[0][number][] = [];
  if (faults !== undefined) {
    const content = readJson(faults);
    let file: ReturnType<typeof readFaults>;
    try {
      file = readFaults(content);
    } catch (error) {
      throw new Error(`${faults}: ${messageOf(error)}`, { cause: error });
    }
    for (const { on, fault, times } of file.next) platform.faults.next(on, fault, times);
    rates.push(...file.rates);
  }
  if (latencyMs > 0) rates.push({ rate: 1, fault: { kind: "latency", ms: latencyMs } });
  platform.faults.rates(rates);
}

async function named(file: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    throw new Error(`${file}: ${messageOf(error)}`, { cause: error });
  }
}
