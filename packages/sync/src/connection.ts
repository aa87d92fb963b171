import {
  type Answer,
  backoffMs,
  type Clock,
  delay,
  type EpochMs,
  type Failure,
  judge,
  type Random,
  retryDelayMs,
  unreachable,
} from "@holdfast/core";
import { BehaviorSubject, filter, merge, type Observable, timer } from "rxjs";
import { clockScheduler } from "./clock-scheduler.ts";
import type { ConnectionHint } from "./hints.ts";
import type { EngineLimits } from "./limits.ts";
import { throttledForMs } from "./pace.ts";
import type { Admission, Session } from "./session.ts";
import { firstUnlessAborted, untilAborted } from "./until-aborted.ts";

/** Whether anything can be sent, and why not. */
export type ConnectionState =
  | { readonly phase: "connecting" }
  /** `number` rises with every reconnect: what was surveyed before it is to be surveyed again. */
  | { readonly phase: "online"; readonly token: string; readonly number: number }
  | { readonly phase: "offline"; readonly retryAt: EpochMs; readonly failure: Failure }
  | { readonly phase: "needsAuth"; readonly failure: Failure };

export type Online = Extract<ConnectionState, { readonly phase: "online" }>;

export interface ConnectionOptions {
  readonly session: Pick<Session, "admit" | "refuse" | "forgetRefusals">;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: EngineLimits;
  /** While it is, no connection is made either. */
  readonly paused$: Observable<boolean>;
  readonly hints$: Observable<ConnectionHint>;
  /** Once admitted, before anything else is sent: asks for the platform's clock. */
  readonly greet: (token: string) => Promise<Answer>;
  /** The platform is there, and has too much to do: whatever is sent next begins slowly. */
  readonly onOverload: () => void;
  /** The page did not answer the question for a token: another tab's page may. */
  readonly resign: () => void;
}

/** A request that came to nothing, or was asked to wait. */
export interface FailedRequest {
  /** Of the connection it was sent over. */
  readonly number: number;
  /** Names it. */
  readonly request: string;
  readonly answered: boolean;
  /** For how long the platform asked to be left alone. */
  readonly throttledMs?: number;
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
  /** Connections and probes in a row that came to nothing. */
  #inVain = 0;
  #brokenAt: number | undefined;
  #failuresInARow = 0;
  #successes = 0;
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
    const { failuresUntilOffline } = this.#options.limits;
    this.#answered += 1;
    this.#failuresInARow = 0;
    this.#lastFailed = undefined;
    this.#successes += 1;
    // One answer among failures does not make a host that can be worked with.
    if (this.#successes >= failuresUntilOffline) this.#inVain = 0;
  }

  /**
   * Nothing believable came back, or the platform asked to wait. One request that fails again and again, though it
   * is answered, says nothing about the host.
   */
  failed({ number, request, answered, throttledMs }: FailedRequest): void {
    if (number !== this.#number) return;
    if (answered && request === this.#lastFailed) return;
    this.#lastFailed = request;
    this.#failuresInARow += 1;
    if (this.#failuresInARow < this.#options.limits.failuresUntilOffline) return;
    this.#breakUp?.({ kind: "failures", answered, throttledMs });
  }

  /** InvalidAuthentication: the engine pauses and asks for another token (design §5, verdicts). */
  refused(token: string, failure: Failure): void {
    this.#options.session.refuse(token, failure);
    if (this.state.phase === "online" && this.state.token === token)
      this.#breakUp?.({ kind: "refused" });
  }

  async #admit(signal: AbortSignal): Promise<Admission> {
    const { session, greet, clock, limits } = this.#options;
    const admission = await session.admit(signal);
    if (admission.kind !== "admitted") return admission;
    const answer = await greet(admission.token);
    signal.throwIfAborted();
    // What it says is read elsewhere, and an answer that tells no time is as good as one.
    const verdict = judge({ method: "close", class: "record" }, answer, clock.now());
    const throttledMs = throttledForMs(verdict, limits);
    if (throttledMs !== undefined) return { kind: "unreachable", failure: throttled, throttledMs };
    return answer.kind === "response" ? admission : { kind: "unreachable", failure: silent };
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
        await this.#waitOffline(admission.failure, admission.throttledMs, signal);
        return;
      case "needsAuth":
        this.#state.next({ phase: "needsAuth", failure: admission.failure });
        // Asking the page again is cheap, and a value that was refused is not sent again.
        await this.#wait(limits.blockedRetryMs, isEncouraging, signal);
        return;
      default:
        unreachable(admission);
    }
  }

  async #stayOnline(token: string, signal: AbortSignal): Promise<void> {
    const { clock, limits, hints$ } = this.#options;
    this.#failuresInARow = 0;
    this.#successes = 0;
    this.#lastFailed = undefined;
    this.#brokenAt = undefined;
    this.#number += 1;
    const onlineAt = clock.monotonic();
    const { promise, resolve } = Promise.withResolvers<Broken>();
    this.#breakUp = resolve;
    const doubts = hints$
      .pipe(filter((hint) => hint === "doubt"))
      .subscribe(() => resolve({ kind: "doubt" }));
    try {
      this.#state.next({ phase: "online", token, number: this.#number });
      const broken = await untilAborted(promise, signal);
      this.#breakUp = undefined;
      if (clock.monotonic() - onlineAt >= limits.backoffCapMs) this.#inVain = 0;
      await this.#recover(broken, signal);
    } finally {
      this.#breakUp = undefined;
      doubts.unsubscribe();
    }
  }

  async #recover(broken: Broken, signal: AbortSignal): Promise<void> {
    if (broken.kind === "failures") {
      const { throttledMs, answered } = broken;
      if (answered && throttledMs === undefined) this.#options.onOverload();
      // The first time the probe shows at once whether the host is there; then it was no proof.
      if (throttledMs !== undefined) return await this.#waitOffline(throttled, throttledMs, signal);
      if (this.#inVain > 0) return await this.#waitOffline(silent, undefined, signal);
      this.#inVain = 1;
    }
    this.#state.next({ phase: "connecting" });
  }

  async #waitOffline(
    failure: Failure,
    throttledMs: number | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, random, limits, onOverload } = this.#options;
    this.#inVain += 1;
    this.#brokenAt ??= clock.monotonic();
    if (throttledMs !== undefined) onOverload();
    const fraction = random.fraction(`probe:${this.#number}:${this.#inVain}`);
    const waitMs =
      throttledMs === undefined
        ? backoffMs(this.#inVain, fraction, {
            firstMs: limits.backoffMs,
            maximumMs: limits.backoffCapMs,
          })
        : retryDelayMs(throttledMs, this.#inVain, fraction);
    this.#state.next({ phase: "offline", retryAt: clock.now() + waitMs, failure });
    await this.#wait(waitMs, throttledMs === undefined ? isEncouraging : isOfAPerson, signal);
  }

  /** Waits so long, or until a hint of that kind; those that many clients hear at once are spread out. */
  async #wait(
    waitMs: number,
    isHeard: (hint: ConnectionHint) => boolean,
    signal: AbortSignal,
  ): Promise<void> {
    const { clock, random, hints$, session } = this.#options;
    const scheduler = clockScheduler(clock);
    const hint = await firstUnlessAborted(
      merge(timer(waitMs, scheduler), hints$.pipe(filter(isHeard))),
      signal,
    );
    if (hint === "resume") session.forgetRefusals();
    if (hint === "soon") {
      const fraction = random.fraction(`soon:${this.#number}:${this.#inVain}`);
      await delay(clock, Math.min(this.#spreadMs() * fraction, waitMs), signal);
    }
  }

  /** Who was away for an hour does not notice seconds, and ten thousand of them do not come in the same one. */
  #spreadMs(): number {
    const { clock, limits } = this.#options;
    const outageMs = clock.monotonic() - (this.#brokenAt ?? clock.monotonic());
    return Math.min(Math.max(outageMs / 60, limits.backoffMs), limits.reconnectSpreadMs);
  }
}

type Broken =
  | {
      readonly kind: "failures";
      readonly answered: boolean;
      readonly throttledMs: number | undefined;
    }
  | { readonly kind: "refused" }
  | { readonly kind: "doubt" };

function isEncouraging(hint: ConnectionHint): boolean {
  return hint !== "doubt";
}

function isOfAPerson(hint: ConnectionHint): boolean {
  return hint === "resume";
}

const throttled: Failure = {
  code: "Unreachable",
  message: "The platform asked to be left alone for a while. It is tried again.",
};
const silent: Failure = {
  code: "Unreachable",
  message: "The platform stopped answering. It is tried again.",
};
