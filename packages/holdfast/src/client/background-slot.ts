import { Observable } from "rxjs";
import type { BackgroundLink, BackgroundStatus } from "../background.ts";
import type { HoldfastStatus } from "../holdfast.ts";
import type { HostStatus } from "../wire.ts";

/** Where the page keeps what only it knows of the status: who sends without it. */
export class BackgroundSlot implements BackgroundLink {
  readonly tag: string | undefined;
  readonly #listeners = new Set<() => void>();
  #status: BackgroundStatus = notRegistered;

  constructor(tag: string | undefined) {
    this.tag = tag;
  }

  set(status: BackgroundStatus): void {
    this.#status = status;
    for (const listener of this.#listeners) listener();
  }

  /** What the host says, completed. */
  complete(status$: Observable<HostStatus>): Observable<HoldfastStatus> {
    return new Observable((subscriber) => {
      let last: HostStatus | undefined;
      const tell = (): void => {
        if (last !== undefined) subscriber.next({ ...last, background: this.#status });
      };
      this.#listeners.add(tell);
      const watching = status$.subscribe({
        next: (status) => {
          last = status;
          tell();
        },
        error: (error: unknown) => subscriber.error(error),
        complete: () => subscriber.complete(),
      });
      return () => {
        this.#listeners.delete(tell);
        watching.unsubscribe();
      };
    });
  }
}

const notRegistered: BackgroundStatus = {
  state: "off",
  reason: "notRegistered",
  message: "Unsent work waits for a tab: registerBackground was not called in this one.",
};
