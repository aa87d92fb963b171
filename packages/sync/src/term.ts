import { type Clock, delay, failureOf, type Logger, type Store, type Write } from "@holdfast/core";
import { instantOf, isCurrent, type Lease, leaseFrom, renewLease } from "./lease.ts";

/** Why a term ended: `resigned` where the sender itself found that another would do better. */
export type TermEnd = "closed" | "replaced" | "lostLock" | "resigned" | "broken";

export interface TermOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly leaseMs: number;
  readonly heartbeatMs: number;
}

/**
 * One reign of one sender. Everything it writes goes through here and carries the fence of its epoch; the first
 * write that is refused as `Fenced` ends the term.
 */
export class Term {
  readonly epoch: number;
  readonly signal: AbortSignal;
  readonly #options: TermOptions;
  readonly #abort = new AbortController();
  #lease: Lease;
  #end: TermEnd | undefined;
  #renewing: Promise<void> | undefined;

  constructor(lease: Lease, options: TermOptions) {
    this.#lease = lease;
    this.#options = options;
    this.epoch = lease.epoch;
    this.signal = this.#abort.signal;
  }

  get ended(): TermEnd | undefined {
    return this.#end;
  }

  /** To be asked in the same task as the `fetch` it allows (design §5, one sender). */
  mayAct(): boolean {
    return this.#end === undefined && isCurrent(this.#lease, this.#options.clock);
  }

  end(why: TermEnd): void {
    if (this.#end !== undefined) return;
    this.#end = why;
    this.#abort.abort(new Error(`The term of epoch ${this.epoch} ended: ${why}.`));
  }

  /** @throws HoldfastError whatever the store throws; `Fenced` has ended the term by then. */
  async write<Result>(write: Write<Result>): Promise<Result> {
    this.signal.throwIfAborted();
    try {
      return await this.#options.store.write({
        ...write,
        fence: this.epoch,
        decide: (rows) => write.decide(rows),
      });
    } catch (error) {
      const code = failureOf(error)?.code;
      if (code === "Fenced") this.end("replaced");
      else if (code === "StorageClosed") this.end("closed");
      throw error;
    }
  }

  /** Renews until the term ends. A heartbeat that fails is tried again: the lease itself lapses in time. */
  async keepAlive(): Promise<void> {
    const { clock, heartbeatMs } = this.#options;
    while (!this.signal.aborted) {
      await delay(clock, heartbeatMs, this.signal).catch(() => undefined);
      if (!this.signal.aborted) await this.renew();
    }
  }

  /** Never throws; `mayAct` tells whether it worked. Calls at the same time share one write. */
  renew(): Promise<void> {
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  }

  /** Lets the next sender begin without waiting for the lease to lapse. Safe only once nothing more is sent. */
  async release(): Promise<void> {
    if (this.#end === "replaced") return;
    const { store, logger } = this.#options;
    try {
      await store.write({ ...renewLease(0), fence: this.epoch });
    } catch (error) {
      logger.debug("The lease could not be released and will lapse.", { error });
    }
  }

  async #renew(): Promise<void> {
    const from = instantOf(this.#options.clock);
    const next = leaseFrom(this.epoch, from, this.#options.leaseMs);
    try {
      await this.write(renewLease(next.untilAt));
      this.#lease = next;
    } catch (error) {
      if (this.#end === undefined) this.#options.logger.warn("A heartbeat failed.", { error });
    }
  }
}
