import type { LocalKey } from "@holdfast/core";
import { requestsCarried } from "./lanes.ts";
import { openReplayWorld, project, type ReplayWorld, user } from "./replay-world.ts";

export async function made(
  world: ReplayWorld,
  objectClass: "record" | "file" | "workflow",
  input: object = {},
): Promise<LocalKey> {
  return (await world.create({ name: "S-1", ...input }, objectClass)).key;
}

export async function open(seed: string): Promise<ReplayWorld> {
  // A region in which a file without content can be closed.
  const world = await openReplayWorld(seed, "azure:westus");
  await world.platform.control.act(user, `/${project}/newFolder`, { folder: "/inbox" });
  return world;
}

/** Requests whose outcome is not known; that of one given up may be, and it stays until it can land no more. */
export async function unresolved(world: ReplayWorld): Promise<readonly string[]> {
  return (await requestsCarried(world)).map(({ path }) => path);
}
