import {
  backoffMs,
  type Clock,
  delay,
  type EpochMs,
  type Failure,
  type Logger,
  type Random,
  retryDelayMs,
  unreachable,
} from "@holdfast/core";
import { BehaviorSubject, filter, merge, type Observable, timer } from "rxjs";
import { clockScheduler } from "./clock-scheduler.ts";
import type { EngineLimits } from "./limits.ts";
import type { Admission, Session } from "./session.ts";
import { firstUnlessAborted, untilAborted } from "./until-aborted.ts";

/** Whether anything can be sent, and why not. */
export type ConnectionState =
  | { readonly phase: "connecting" }
  /** `number` rises with every reconnect: what was surveyed before it is to be surveyed again. */
  | { readonly phase: "online"; readonly token: string; readonly number: number }
  | { readonly phase: "offline"; readonly retryAt: EpochMs; readonly failure: Failure }
  | { readonly phase: "needsAuth"; readonly failure: Failure };

/**
 * What says that it may be worth trying: `now` a person, `soon` the device, where many clients hear the same,
 * `doubt` the device says that the network is gone, `resume` a person who may have signed in.
 */
export type ConnectionHint = "now" | "soon" | "doubt" | "resume";

export interface ConnectionOptions {
  readonly session: Session;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  /** While it is, no connection is made either. */
  readonly paused$: Observable<boolean>;
  readonly hints$: Observable<ConnectionHint>;
  /** Once admitted, before anything else is sent: the platform's clock. Resolves false where it was cut off. */
  readonly greet: (token: string, signal: AbortSignal) => Promise<boolean>;
  /** The page did not answer the question for a token: another tab's page may. */
  readonly resign: () => void;
}

/**
 * One host as one term sees it: the breaker that opens when nothing gets through, the probe (`whoami`) that closes
 * it, and the token that everything is sent with.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #state = new BehaviorSubject<ConnectionState>({ phase: "connecting" });
  readonly state$: Observable<ConnectionState> = this.#state.asObservable();
  #number = 0;
  #failedProbes = 0;
  #failuresInARow = 0;
  #lastFailed: string | undefined;
  #answered = 0;
  #breakUp: ((broken: Broken) => void) | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  get state(): ConnectionState {
    return this.#state.value;
  }

  /** Requests the platform answered since the term began: what a request that fails alone is compared with. */
  get answered(): number {
    return this.#answered;
  }

  /** Connects, and reconnects whenever it is broken, until the signal aborts. */
  async run(signal: AbortSignal): Promise<void> {
    try {
      while (!signal.aborted) {
        await firstUnlessAborted(this.#options.paused$.pipe(filter((paused) => !paused)), signal);
        const admission = await this.#admit(signal);
        await this.#act(admission, signal);
      }
    } finally {
      this.#state.complete();
    }
  }

  /** Something believable came back. */
  succeeded(): void {
    this.#answered += 1;
    this.#failuresInARow = 0;
    this.#lastFailed = undefined;
  }

  /**
   * Nothing believable came back, or the platform asked to wait. One request that fails again and again, though it
   * is answered, says nothing about the host.
   * @param failed - `number`: of the connection it was sent over. `request`: names it.
   */
  failed(failed: {
    readonly number: number;
    readonly request: string;
    readonly answered: boolean;
    readonly afterMs?: number;
  }): void {
    if (failed.number !== this.#number) return;
    if (failed.answered && failed.request === this.#lastFailed) return;
    this.#lastFailed = failed.request;
    this.#failuresInARow += 1;
    if (this.#failuresInARow < this.#options.limits.failuresUntilOffline) return;
    this.#breakUp?.(failed.afterMs === undefined ? {} : { afterMs: failed.afterMs });
  }

  /** InvalidAuthentication: the engine pauses and asks for another token (design §5, verdicts). */
  refused(token: string, failure: Failure): void {
    this.#options.session.refuse(token, failure);
    if (this.state.phase === "online" && this.state.token === token)
      this.#breakUp?.({ refused: true });
  }

  async #admit(signal: AbortSignal): Promise<Admission> {
    const { session } = this.#options;
    const admission = await session.admit(signal);
    if (admission.kind !== "admitted") return admission;
    if (await this.#options.greet(admission.token, signal)) return admission;
    const message = "The platform stopped answering. It is tried again.";
    return { kind: "unreachable", failure: { code: "Unreachable", message } };
  }

  async #act(admission: Admission, signal: AbortSignal): Promise<void> {
    const { limits } = this.#options;
    switch (admission.kind) {
      case "admitted":
        await this.#stayOnline(admission.token, signal);
        return;
      case "pageSilent":
        this.#options.resign();
        await this.#waitOffline(admission.failure, undefined, signal);
        return;
      case "unreachable":
        await this.#waitOffline(admission.failure, admission.afterMs, signal);
        return;
      case "needsAuth":
        this.#state.next({ phase: "needsAuth", failure: admission.failure });
        // Asking the page again is cheap, and a value that was refused is not sent again.
        await this.#wait(limits.blockedRetryMs, signal);
        return;
      default:
        unreachable(admission);
    }
  }

  async #stayOnline(token: string, signal: AbortSignal): Promise<void> {
    this.#failedProbes = 0;
    this.#failuresInARow = 0;
    this.#lastFailed = undefined;
    this.#number += 1;
    const broken = Promise.withResolvers<Broken>();
    this.#breakUp = broken.resolve;
    const doubts = this.#options.hints$
      .pipe(filter((hint) => hint === "doubt"))
      .subscribe(() => broken.resolve({}));
    try {
      this.#state.next({ phase: "online", token, number: this.#number });
      const { afterMs, refused } = await untilAborted(broken.promise, signal);
      this.#breakUp = undefined;
      if (refused !== true && afterMs !== undefined) {
        await this.#waitOffline(throttled, afterMs, signal);
      } else {
        this.#state.next({ phase: "connecting" });
      }
    } finally {
      this.#breakUp = undefined;
      doubts.unsubscribe();
    }
  }

  async #waitOffline(
    failure: Failure,
    afterMs: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, random, limits } = this.#options;
    this.#failedProbes += 1;
    const fraction = random.fraction(`probe:${this.#number}:${this.#failedProbes}`);
    const waitMs =
      afterMs === undefined
        ? backoffMs(this.#failedProbes, fraction, {
            firstMs: limits.backoffMs,
            maximumMs: limits.backoffCapMs,
          })
        : retryDelayMs(afterMs, this.#failedProbes, fraction);
    this.#state.next({ phase: "offline", retryAt: clock.now() + waitMs, failure });
    await this.#wait(waitMs, signal);
  }

  /** Waits so long, or until a hint; those that many clients hear at once are spread out. */
  async #wait(waitMs: number, signal: AbortSignal): Promise<void> {
    const { clock, random, limits, hints$, session } = this.#options;
    const scheduler = clockScheduler(clock);
    const hint = await firstUnlessAborted(
      merge(timer(waitMs, scheduler), hints$.pipe(filter((one) => one !== "doubt"))),
      signal,
    );
    if (hint === "resume") session.forgetRefusals();
    if (hint === "soon") {
      const spreadMs =
        limits.backoffMs * random.fraction(`soon:${this.#number}:${this.#failedProbes}`);
      await delay(clock, Math.min(spreadMs, waitMs), signal);
    }
  }
}

interface Broken {
  readonly afterMs?: number;
  readonly refused?: true;
}

const throttled: Failure = {
  code: "Unreachable",
  message: "The platform asked to be left alone for a while. It is tried again.",
};
