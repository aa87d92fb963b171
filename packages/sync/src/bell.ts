/**
 * Wakes one loop. A ring that nobody waited for is kept, so that what changed while the loop was busy is never
 * slept through; several rings are one.
 */
export class Bell {
  #rung = false;
  #sleeper: Sleeper | undefined;
  /** Each has one listener, however often it is waited for. */
  readonly #heeded = new WeakSet<AbortSignal>();

  ring(): void {
    this.#rung = true;
    const sleeper = this.#sleeper;
    this.#sleeper = undefined;
    sleeper?.wake();
  }

  /** Resolves at the next ring, at once where one is kept. Rejects with the signal's reason. */
  async rung(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#rung) {
      this.#heed(signal);
      await new Promise<void>((wake, giveUp) => {
        this.#sleeper = { signal, wake, giveUp };
      });
    }
    this.#rung = false;
  }

  #heed(signal: AbortSignal): void {
    if (this.#heeded.has(signal)) return;
    this.#heeded.add(signal);
    const onAbort = (): void => {
      if (this.#sleeper?.signal !== signal) return;
      const { giveUp } = this.#sleeper;
      this.#sleeper = undefined;
      giveUp(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort, { once: true });
  }
}

interface Sleeper {
  readonly signal: AbortSignal;
  readonly wake: () => void;
  readonly giveUp: (reason: Error) => void;
}
