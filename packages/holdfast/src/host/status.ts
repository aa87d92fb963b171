import type { Clock, EpochMs, Store } from "@holdfast/core";
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

/** What an outbox and a history hold. */
interface Held {
  readonly counts: HostStatus["counts"];
  readonly oldestMadeAt: EpochMs | undefined;
}

const nothing: Held = {
  counts: { waiting: 0, sending: 0, parked: 0, ended: 0 },
  oldestMadeAt: undefined,
};

/** What the engine says, with what the store holds, or held when it could last be read. */
export class StatusReader {
  readonly #ports: StatusPorts;
  #held = nothing;

  constructor(ports: StatusPorts) {
    this.#ports = ports;
  }

  async read(): Promise<HostStatus> {
    const { store, clock, parked, engine } = this.#ports;
    try {
      this.#held = await this.#look();
    } catch (error) {
      // A store that fails is the very thing that the status must tell.
      if (store.status().mode !== "degraded") throw error;
    }
    const { counts, oldestMadeAt } = this.#held;
    return {
      ...viewOf(engine),
      storage: store.status(),
      counts,
      damaged: damagedWork(parked, engine),
      ...(oldestMadeAt === undefined
        ? {}
        : { oldestUnsentAgeMs: Math.max(0, clock.now() - oldestMadeAt) }),
    };
  }

  async #look(): Promise<Held> {
    const { store, parked, engine } = this.#ports;
    await parked.refresh();
    // Asked together, so that what is confirmed meanwhile is counted once.
    const [total, ended] = await Promise.all([store.count("outbox"), store.count("history")]);
    const waiting = Math.max(0, total - parked.count);
    const oldest = waiting === 0 ? undefined : await oldestUnsent(store, parked);
    const sending = Math.min(waiting, engine.status.counts.sending);
    return {
      counts: { waiting, sending, parked: parked.count, ended },
      oldestMadeAt: oldest?.madeAt,
    };
  }
}
