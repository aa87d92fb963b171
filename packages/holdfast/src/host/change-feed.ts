import type { Clock, HistoryRow, LocalKey, Logger, ObjectRow, Store } from "@holdfast/core";

/** Which objects a commit touched, with the rows where they are at hand. */
export type Touched =
  | {
      readonly objects: ReadonlyMap<LocalKey, ObjectRow | undefined>;
      readonly ended: readonly HistoryRow[];
    }
  | { readonly keys: readonly LocalKey[] }
  /** Too many to name, or no longer known: look at everything again. */
  | { readonly keys: "many" };

export interface ChangeFeedOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How often the change sequence is compared, for a broadcast that was never sent (design §4.4). */
  readonly heartbeatMs: number;
}

/**
 * Every commit of every tab, once, in order. Commits of this store are told at once; those of others when their
 * broadcast arrives, and at the latest at the next heartbeat or `check`.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #listeners = new Set<(touched: Touched) => void>();
  readonly #beatListeners = new Set<() => void>();
  readonly #stop: () => void;
  #latest: number;
  #catchingUp: Promise<void> | undefined;
  #again = false;
  #cancelTimer: () => void = () => {};
  #isClosed = false;

  constructor(options: ChangeFeedOptions, latest: number) {
    this.#options = options;
    this.#latest = latest;
    this.#stop = options.store.onCommit((notice) => {
      if (notice.origin === "elsewhere") {
        void this.#catchUp();
        return;
      }
      // A gap was made by another tab; what is told twice does no harm.
      if (notice.change > this.#latest + 1) void this.#catchUp();
      else this.#latest = Math.max(this.#latest, notice.change);
      this.#tell({ objects: notice.objects, ended: notice.ended });
    });
    this.#beat();
  }

  /** The last change that the listeners were told of. */
  get latest(): number {
    return this.#latest;
  }

  /** The function returned ends it. */
  subscribe(listener: (touched: Touched) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back at every heartbeat, for what must be tried again though nothing was written. */
  onBeat(listener: () => void): () => void {
    this.#beatListeners.add(listener);
    return () => this.#beatListeners.delete(listener);
  }

  /** Looks whether others have written. Resolves once what was there at the call has been told. */
  async check(): Promise<void> {
    try {
      await this.#options.store.checkForChanges();
    } catch (error) {
      if (!this.#isClosed)
        this.#options.logger.warn("The change number could not be read.", { error });
    }
    await this.#catchUp();
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#stop();
    this.#listeners.clear();
    this.#beatListeners.clear();
  }

  #catchUp(): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    this.#again = true;
    this.#catchingUp ??= this.#readChanges();
    return this.#catchingUp;
  }

  async #readChanges(): Promise<void> {
    try {
      while (this.#again && !this.#isClosed) {
        this.#again = false;
        const { latest, changes } = await this.#options.store.changesSince(this.#latest);
        if (this.#isClosed || latest <= this.#latest) continue;
        this.#latest = latest;
        this.#tell({ keys: namedKeys(changes) });
      }
    } catch (error) {
      if (!this.#isClosed) this.#options.logger.warn("Changes could not be read.", { error });
    } finally {
      // In the same turn as the last look at `again`: whoever calls later begins a new round.
      this.#catchingUp = undefined;
    }
  }

  #beat(): void {
    const { clock, heartbeatMs } = this.#options;
    this.#cancelTimer = clock.timer(heartbeatMs, () => {
      void this.check();
      for (const listener of [...this.#beatListeners]) listener();
      this.#beat();
    });
  }

  #tell(touched: Touched): void {
    for (const listener of [...this.#listeners]) listener(touched);
  }
}

function namedKeys(
  changes: Awaited<ReturnType<Store["changesSince"]>>["changes"],
): readonly LocalKey[] | "many" {
  if (changes === "unknown") return "many";
  const keys = new Set<LocalKey>();
  for (const { objects } of changes) {
    if (objects === "many") return "many";
    for (const key of objects) keys.add(key);
  }
  return [...keys];
}

/** The keys, or `"many"`. */
export function keysOf(touched: Touched): Iterable<LocalKey> | "many" {
  return "objects" in touched ? touched.objects.keys() : touched.keys;
}
