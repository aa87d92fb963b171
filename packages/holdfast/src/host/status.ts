import type { Clock, Store } from "@holdfast/core";
import type { HostStatus } from "../wire.ts";
import type { Engine } from "@holdfast/sync";
import { viewOf } from "./engine.ts";
import { damagedWork, oldestUnsent } from "./outbox-views.ts";
import type { ParkedIndex } from "./parked-index.ts";

export interface StatusPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly parked: ParkedIndex;
  readonly engine: Pick<Engine, "status">;
}

/** What the engine says, with what the store holds. */
export async function statusOf({ store, clock, parked, engine }: StatusPorts): Promise<HostStatus> {
  await parked.refresh();
  // Asked together, so that what is confirmed meanwhile is counted once.
  const [total, ended] = await Promise.all([store.count("outbox"), store.count("history")]);
  const waiting = Math.max(0, total - parked.count);
  const oldest = waiting === 0 ? undefined : await oldestUnsent(store, parked);
  return {
    ...viewOf(engine),
    storage: store.status(),
    counts: {
      waiting,
      sending: Math.min(waiting, engine.status.counts.sending),
      parked: parked.count,
      ended,
    },
    damaged: damagedWork(parked, engine),
    ...(oldest === undefined
      ? {}
      : { oldestUnsentAgeMs: Math.max(0, clock.now() - oldest.madeAt) }),
  };
}
