import type { LockOptions, Locks } from "../ports.ts";

interface Waiting {
  readonly start: () => void;
  readonly abort: () => void;
}

/** Web Locks of one process: the tabs of a test share one instance. */
export class LocalLocks implements Locks {
  readonly #holders = new Map<string, (reason: Error) => void>();
  readonly #waiting = new Map<string, Waiting[]>();

  request<T>(
    name: string,
    options: LockOptions,
    callback: (held: boolean) => Promise<T>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (options.signal?.aborted) {
        reject(options.signal.reason as Error);
        return;
      }
      const lose = (reason: Error): void => reject(reason);
      const start = (): void => {
        options.signal?.removeEventListener("abort", waiting.abort);
        this.#holders.set(name, lose);
        const release = (): void => {
          if (this.#holders.get(name) === lose) {
            this.#holders.delete(name);
            this.#waiting.get(name)?.shift()?.start();
          }
        };
        Promise.resolve(true).then(callback).finally(release).then(resolve, reject);
      };
      const waiting: Waiting = {
        start,
        abort: () => {
          this.#waiting.set(
            name,
            (this.#waiting.get(name) ?? []).filter((other) => other !== waiting),
          );
          reject(options.signal?.reason as Error);
        },
      };
      const holder = this.#holders.get(name);
      if (holder === undefined) {
        start();
      } else if (options.steal === true) {
        holder(new Error("The lock was stolen."));
        start();
      } else if (options.ifAvailable === true) {
        callback(false).then(resolve, reject);
      } else {
        options.signal?.addEventListener("abort", waiting.abort, { once: true });
        this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), waiting]);
      }
    });
  }
}
