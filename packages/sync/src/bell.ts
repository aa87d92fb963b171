/**
 * Wakes one loop. A ring that nobody waited for is kept, so that what changed while the loop was busy is never
 * slept through; several rings are one.
 */
export class Bell {
  #rung = false;
  #wake: (() => void) | undefined;

  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  /** Resolves at the next ring, at once where one is kept. Rejects with the signal's reason. */
  async rung(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!this.#rung) {
      await new Promise<void>((resolve, reject) => {
        const onAbort = (): void => {
          this.#wake = undefined;
          reject(signal.reason as Error);
        };
        this.#wake = () => {
          this.#wake = undefined;
          signal.removeEventListener("abort", onAbort);
          resolve();
        };
        signal.addEventListener("abort", onAbort, { once: true });
      });
    }
    this.#rung = false;
  }
}
