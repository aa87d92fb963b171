import {
  type Discarded,
  discard,
  type JournalRow,
  type LocalKey,
  type OutboxRow,
  type Retried,
  retryParked,
} from "@holdfast/core";
import type { ReplayWorld } from "./replay-world.ts";

/** The outbox rows of one lane. */
export async function laneOf(world: ReplayWorld, key: LocalKey): Promise<readonly OutboxRow[]> {
  return (await world.app.lanes([key]))[0] ?? [];
}

/**
 * The journalled requests whose outcome is not known. Nothing in the outbox waits for that of an accepted close, which
 * stays until the object is seen closed.
 */
export async function requestsCarried({ app }: ReplayWorld): Promise<readonly JournalRow[]> {
  const rows = await app.scan("journal", { limit: 1_000 });
  const carried = new Set((await app.scan("outbox", { limit: 1_000 })).map((row) => row.request));
  return rows.filter(
    ({ shade, path, number }) =>
      shade === undefined && (carried.has(number) || !path.endsWith("/close")),
  );
}

/** A person retries what is parked in a lane: all of it, or those of these rows. */
export async function retry(
  world: ReplayWorld,
  key: LocalKey,
  rows?: readonly OutboxRow[],
): Promise<Retried> {
  const operations = (rows ?? (await laneOf(world, key))).map(({ sequence }) => sequence);
  return await world.app.write(retryParked({ lane: key, operations, at: world.clock.now() }));
}

/** A person gives up the first operation of one kind, and has seen nothing that depends on it. */
export async function giveUp(world: ReplayWorld, key: LocalKey, kind: string): Promise<Discarded> {
  const row = (await laneOf(world, key)).find(({ operation }) => operation.kind === kind);
  if (row === undefined) throw new Error(`there is no ${kind} in ${key}`);
  return await world.app.write(
    discard({
      lane: key,
      operation: row.id,
      at: world.clock.now(),
      dependants: [],
    }),
  );
}
