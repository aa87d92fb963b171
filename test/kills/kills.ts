import { seededRandom } from "@holdfast/core/testing";
import { MortalWorld } from "./mortal-world.ts";
import { isSentBetween, planOf } from "./plan.ts";
import { startAndEnd, startAndKill } from "./start-and-kill.ts";

/** A profile that has been killed so often begins to be slow to look through. */
const killsOfWorld = 10;

export interface KillsOptions {
  readonly times: number;
  readonly seed: number;
  /** Where test/kills/page is served. */
  readonly pageUrl: string;
  /** After each kill. */
  readonly onKill?: (kills: number, breaches: readonly string[]) => void;
}

/** What came of it, for the last line of `npm run kills`. */
export interface KillsResult {
  readonly times: number;
  readonly seed: number;
  readonly worlds: number;
  readonly duringReplay: number;
  readonly duringBulk: number;
  readonly receipts: { readonly stored: number; readonly acked: number; readonly settled: number };
  readonly objects: number;
  readonly requests: number;
  readonly effects: number;
  /** Objects with unsent changes that starts after a kill found. */
  readonly unsent: number;
  /** Objects found after a kill that was faster than their receipts. */
  readonly untold: number;
  readonly failures: readonly string[];
}

/** Kills browsers in the middle of their work and compares what is left with what was promised (design §9). */
export async function runKills({
  times,
  seed,
  pageUrl,
  onKill = () => undefined,
}: KillsOptions): Promise<KillsResult> {
  const random = seededRandom(seed);
  let result: KillsResult = { ...nothing, times, seed };
  for (let kill = 0; kill < times; ) {
    await using world = await MortalWorld.open(pageUrl);
    const from = kill;
    const failures: string[] = [];
    try {
      for (; kill < Math.min(times, from + killsOfWorld); kill++) {
        const isSent = kill > from && isSentBetween(random, kill);
        await startAndKill(world, { plan: planOf(random, kill), name: `kill-${kill}`, isSent });
        onKill(kill + 1, world.breaches);
      }
      await startAndEnd(world);
    } catch (error) {
      failures.push(`kill ${kill}: ${String(error)}`);
      kill = from + killsOfWorld;
    }
    failures.push(...world.breaches);
    result = plus(result, world, failures);
  }
  const kinds = Array.from({ length: times }, (_, kill) => planOf(random, kill).during);
  const duringReplay = kinds.filter((during) => during === "replay").length;
  return { ...result, duringReplay, duringBulk: times - duringReplay };
}

const nothing = {
  worlds: 0,
  duringReplay: 0,
  duringBulk: 0,
  receipts: { stored: 0, acked: 0, settled: 0 },
  objects: 0,
  requests: 0,
  effects: 0,
  unsent: 0,
  untold: 0,
  failures: [],
};

function plus(sum: KillsResult, world: MortalWorld, failures: readonly string[]): KillsResult {
  const { receipts, unsent, untold } = world.tally;
  return {
    ...sum,
    worlds: sum.worlds + 1,
    receipts: {
      stored: sum.receipts.stored + receipts.stored,
      acked: sum.receipts.acked + receipts.acked,
      settled: sum.receipts.settled + receipts.settled,
    },
    objects: sum.objects + world.objects,
    requests: sum.requests + world.requests,
    effects: sum.effects + world.effects,
    unsent: sum.unsent + unsent,
    untold: sum.untold + untold,
    failures: [...sum.failures, ...failures],
  };
}
