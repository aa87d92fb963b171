import { checkEnd, type Tally } from "./check-end.ts";
import type { History } from "./history.ts";
import { Oracle } from "./oracle.ts";
import { type Played, Player } from "./player.ts";
import { Promises } from "./promises.ts";
import { settle } from "./settle.ts";
import type { Violation } from "./violation.ts";
import { type DeviceStorage, memoryStorage, World } from "./world.ts";

/** What came of a history. */
export interface Outcome extends Played, Tally {
  /** The first promise that was broken. */
  readonly violation: Violation | undefined;
  readonly requests: number;
  /** Tabs that ended by themselves or were ended. */
  readonly deaths: number;
  /** Of all that was committed, sent and answered, in order: two plays of one history have the same. */
  readonly digest: string;
}

/**
 * Plays a history to its end, lets everything come to rest, and judges it.
 * @param storage - where its device keeps its stores. Default: the model of the `Store` port.
 */
export async function playHistory(
  history: History,
  storage: DeviceStorage = memoryStorage(history),
): Promise<Outcome> {
  const promises = new Promises();
  const oracle = new Oracle();
  const world = new World(history, oracle, storage);
  oracle.watch(world);
  const player = new Player(history, { world, promises, judge: oracle });
  const isOver = (): boolean => {
    oracle.checkEffects();
    return oracle.violations.length > 0;
  };
  let tally: Tally = { parked: 0, justified: 0 };
  try {
    await player.play(isOver);
    if (!isOver()) await settle(world, player, oracle);
    if (!isOver()) tally = await checkEnd({ world, promises, oracle });
  } catch (error) {
    oracle.fail(10, `the simulation itself failed: ${String((error as Error).stack ?? error)}`);
  }
  const deaths = world.tabs.filter(({ process }) => process.isDead).length;
  await world.close();
  const [violation] = oracle.violations;
  return {
    ...player.played,
    ...tally,
    violation,
    requests: oracle.requests,
    deaths,
    digest: oracle.digest,
  };
}
