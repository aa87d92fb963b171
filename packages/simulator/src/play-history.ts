import type { WorldFile } from "@holdfast/platform";
import { checkEnd, type Tally } from "./check-end.ts";
import { Digest } from "./digest.ts";
import type { History } from "./history.ts";
import { useLightFetch } from "./light-fetch.ts";
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
  /** The platform as it was when that was noticed: a world file, which a reference platform opens. */
  readonly world: WorldFile | undefined;
  readonly requests: number;
  /** Tabs that ended by themselves or were ended. */
  readonly deaths: number;
  /** Of all that was committed, sent and answered, in order, where it was asked for: two plays of one history have the same. */
  readonly digest: string | undefined;
}

/**
 * Plays a history to its end, lets everything come to rest, and judges it. One at a time: it puts light classes in the place of what
 * `fetch` takes and gives (0031), and they are global.
 * @param storage - where its device keeps its stores. Default: the model of the `Store` port.
 * @param options - `isDigested`: whether its digest is made, which takes its time. Default false.
 */
export async function playHistory(
  history: History,
  storage: DeviceStorage = memoryStorage(history),
  { isDigested = false }: { readonly isDigested?: boolean } = {},
): Promise<Outcome> {
  const takeBack = useLightFetch();
  const promises = new Promises();
  const digest = isDigested ? new Digest() : undefined;
  const oracle = new Oracle(digest);
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
  const [violation] = oracle.violations;
  const worldFile = violation === undefined ? undefined : world.platform.snapshot();
  const deaths = world.tabs.filter(({ process }) => process.isDead).length;
  await world.close();
  takeBack();
  return {
    ...player.played,
    ...tally,
    violation,
    world: worldFile,
    requests: oracle.requests,
    deaths,
    digest: digest?.text,
  };
}
