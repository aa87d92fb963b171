import { isHeldUp } from "./held-up.ts";
import { user, project, limits, type World } from "./world.ts";
import type { Oracle } from "./oracle.ts";
import type { Player } from "./player.ts";

const second = 1_000;
const minute = 60 * second;

/** Within so long everything that can be sent is, once nothing goes wrong any more. */
const convergesWithinMs = 15 * minute;

/** What is due anyway is due within so long: heartbeats, questions about what is in doubt, the next attempt. */
const restMs = 30 * second;

/**
 * Nothing goes wrong any more and nobody calls: everything must come to rest. What is parked is retried once, since what was
 * refused may be taken now.
 */
export async function settle(world: World, player: Player, oracle: Oracle): Promise<void> {
  const { platform, network } = world;
  platform.faults.clear();
  network.isOnline = true;
  await platform.control.setLevel(project, user, "ADMINISTER");
  if (!world.isSignedIn) await world.setToken("renewed");
  world.storage.breakNext?.("abort", 0);
  for (const tab of world.tabs) {
    tab.process.thaw();
    if (!tab.isDoomed) tab.process.spare();
    tab.trouble.writes = 0;
  }
  // Who is to die may do so now: somebody must be there to go on.
  const isDoomed = world.tabs.some((one) => one.isDoomed && !one.isGone);
  const tab = isDoomed ? await player.openTab() : await player.tab(0);
  if (tab === undefined) {
    oracle.fail(6, "no tab can be used, though nothing goes wrong any more");
    return;
  }
  // A word from tab to tab may get lost, so each is told.
  if (player.hasPaused) for (const one of world.usableTabs) void one.call({ kind: "resume" });
  const mayLandUntil = world.clock.monotonic() + (limits.lateMs ?? 0) + second;
  await comeToRest(world, oracle);
  await world.run(Math.max(0, mayLandUntil - world.clock.monotonic()));
  await comeToRest(world, oracle);
  // What one of them does may let another one through that was called before it.
  const unsent = (): number => oracle.rows.outbox.size;
  for (let before = unsent() + 1; unsent() > 0 && unsent() < before; ) {
    before = unsent();
    await world.finish(tab.call({ kind: "retry", selection: { parked: true } }));
    await comeToRest(world, oracle);
  }
}

/**
 * Until nothing is sent any more, and was not for a while. What waits then stands behind something parked, or is a failure that
 * others tell.
 */
async function comeToRest(world: World, { rows }: Oracle): Promise<void> {
  const isQuiet = (): boolean => {
    const outbox = [...rows.outbox.values()];
    const isParked = (sequence: number): boolean => rows.outbox.get(sequence)?.parked !== undefined;
    return (
      [...rows.journal.values()].every(({ operations }) => operations.some(isParked)) &&
      outbox.every((row) => row.parked !== undefined || isHeldUp(row, outbox))
    );
  };
  const isEmpty = (): boolean => rows.outbox.size + rows.journal.size === 0;
  do {
    // Something waits. It may have reasons: it is given all the time it needs.
    if (!(await world.runUntil(isQuiet, convergesWithinMs))) return;
    if (isEmpty()) return;
    await world.run(restMs);
  } while (!isQuiet());
}
