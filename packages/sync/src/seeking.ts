import { type Clock, type Failure, HoldfastError } from "@holdfast/core";
import type { Copy } from "./inquiry.ts";

/** What came of asking the platform for one object. */
export type Sought = Copy & { readonly failure?: Failure };

export interface SeekingOptions {
  readonly clock: Clock;
  /** Asks whoever sends; an answer need not come. */
  readonly ask: (copy: Copy) => void;
}

/** A question may be lost with the tab that heard it. */
const askEveryMs = 3_000;
const giveUpAfterMs = 60_000;

interface Seeker {
  readonly found: () => void;
  readonly fail: (reason: unknown) => void;
}

/** Who waits in this process for an object that the device does not know yet, and that only the sender can ask for. */
export class Seeking {
  readonly #options: SeekingOptions;
  readonly #seekers = new Map<string, Set<Seeker>>();

  constructor(options: SeekingOptions) {
    this.#options = options;
  }

  /** Resolves once it is in the store. @throws HoldfastError why not; `Unreachable` after a minute; the signal's reason. */
  seek(copy: Copy, signal: AbortSignal): Promise<void> {
    const { clock, ask } = this.#options;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const seeker: Seeker = { found: resolve, fail: reject };
    const seekers = this.#seekers.get(nameOf(copy)) ?? new Set();
    this.#seekers.set(nameOf(copy), seekers.add(seeker));
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
    const endsAt = clock.monotonic() + giveUpAfterMs;
    let cancelTimer = (): void => {};
    const again = (): void => {
      if (clock.monotonic() >= endsAt) {
        reject(new HoldfastError(silent(copy)));
        return;
      }
      ask(copy);
      cancelTimer = clock.timer(askEveryMs, again);
    };
    again();
    return promise.finally(() => {
      cancelTimer();
      signal.removeEventListener("abort", onAbort);
      seekers.delete(seeker);
      if (seekers.size === 0) this.#seekers.delete(nameOf(copy));
    });
  }

  hear({ failure, ...copy }: Sought): void {
    for (const { found, fail } of this.#seekers.get(nameOf(copy)) ?? []) {
      if (failure === undefined) found();
      else fail(new HoldfastError(failure));
    }
  }
}

function nameOf({ project, id }: Copy): string {
  return `${project}/${id}`;
}

function silent({ id }: Copy): Failure {
  return {
    code: "Unreachable",
    message: `${id} is not on this device, and the platform cannot be asked for it now. Try it later.`,
  };
}
