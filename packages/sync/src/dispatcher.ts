import { type Answer, type Clock, delay, unreachable, type Verdict } from "@holdfast/core";
import { type BehaviorSubject, filter } from "rxjs";
import type { ApiClient } from "./api-client.ts";
import type { Connection, Online } from "./connection.ts";
import type { Gate, Passenger } from "./gate.ts";
import type { EngineLimits } from "./limits.ts";
import { throttledForMs } from "./pace.ts";
import type { PartPut, StorageClient } from "./storage-client.ts";
import type { Term } from "./term.ts";
import { firstUnlessAborted } from "./until-aborted.ts";

export interface Dispatch {
  readonly path: string;
  readonly body: string;
  /** Names the request in what the breaker counts. */
  readonly name: string;
  /** What an answer to it means. */
  readonly judge: (answer: Answer) => Verdict;
  /** Asked in the moment before it leaves: what it was decided on may have changed while it waited. */
  readonly mayLeave?: () => boolean;
  /** Told in the moment it leaves. */
  readonly left?: () => void;
  /** Told before the next one may leave on its connection. */
  readonly answered?: (verdict: Verdict) => void;
}

/** One part of a file, with the URL that was given for it. */
export interface PartDispatch {
  readonly part: PartPut;
  readonly mayLeave: () => boolean;
}

export interface DispatcherOptions {
  readonly term: Pick<Term, "signal" | "mayAct" | "renew">;
  readonly clock: Clock;
  readonly client: Pick<ApiClient, "post">;
  readonly storage: Pick<StorageClient, "put">;
  readonly connection: Connection;
  readonly gate: Gate;
  readonly limits: Pick<EngineLimits, "heartbeatMs" | "defaultRetryAfterMs">;
  /** Whether a person lets anything leave. */
  readonly paused$: BehaviorSubject<boolean>;
}

/** The one door through which everything leaves but `whoami`: one attempt of one request. */
export class Dispatcher {
  readonly #options: DispatcherOptions;

  constructor(options: DispatcherOptions) {
    this.#options = options;
  }

  /**
   * Waits for a connection, the budget, a proven token and the lease, however long that takes, and sends once.
   * @returns what came back means; `"withdrawn"` where it did not leave, as `mayLeave` said. Rejects only when the term
   * ends.
   */
  send(dispatch: Dispatch): Promise<Verdict | "withdrawn"> {
    return this.#pass("call", dispatch, (state) => this.#call(dispatch, state));
  }

  /** As `send`, for a part: to the storage, which is told no token, and whose answers say nothing of the API. */
  put(dispatch: PartDispatch): Promise<Answer | "withdrawn"> {
    const { storage, term } = this.#options;
    return this.#pass("part", dispatch, async () => {
      const answer = await storage.put({ ...dispatch.part, signal: term.signal });
      term.signal.throwIfAborted();
      return answer;
    });
  }

  /**
   * Lets one exchange with the storage begin, under the same conditions, and as a part under the budget.
   * @param begin - calls `fetch` before it returns; its signal ends with a pause too.
   * @returns `"withdrawn"` where a person paused. Rejects with the signal's reason, and as `begin` does.
   */
  exchange<Value>(
    begin: (signal: AbortSignal) => Promise<Value>,
    signal: AbortSignal,
  ): Promise<Value | "withdrawn"> {
    return this.#pass("part", { signal }, () => this.#untilPaused(begin, signal));
  }

  async #untilPaused<Value>(
    begin: (signal: AbortSignal) => Promise<Value>,
    signal: AbortSignal,
  ): Promise<Value | "withdrawn"> {
    const pause = new AbortController();
    const pausing = this.#options.paused$
      .pipe(filter((paused) => paused))
      .subscribe(() => pause.abort());
    try {
      return await begin(AbortSignal.any([signal, pause.signal]));
    } catch (error) {
      if (signal.aborted || !pause.signal.aborted) throw error;
      return "withdrawn";
    } finally {
      pausing.unsubscribe();
    }
  }

  /** @param leave - calls `fetch` before it returns. */
  async #pass<Result>(
    passenger: Passenger,
    dispatch: { readonly mayLeave?: () => boolean; readonly signal?: AbortSignal },
    leave: (state: Online) => Promise<Result>,
  ): Promise<Result | "withdrawn"> {
    const { term, gate, connection } = this.#options;
    const { signal = term.signal } = dispatch;
    for (;;) {
      await this.#cleared(signal);
      const release = await gate.pass(signal, passenger);
      let left = false;
      try {
        // From here to `fetch` there is no await: what is checked still holds when the request leaves.
        const state = connection.state;
        if (state.phase !== "online" || this.#options.paused$.value) continue;
        if (dispatch.mayLeave?.() === false) return "withdrawn";
        if (term.mayAct()) {
          const leaving = leave(state);
          left = true;
          return await leaving;
        }
      } finally {
        release({ left });
      }
      await this.#renewLease();
    }
  }

  async #call(dispatch: Dispatch, { token, number }: Online): Promise<Verdict> {
    const { client, term } = this.#options;
    const { path, body } = dispatch;
    const answering = client.post({ path, body, token, signal: term.signal });
    dispatch.left?.();
    const answer = await answering;
    term.signal.throwIfAborted();
    const verdict = dispatch.judge(answer);
    this.#report({ dispatch, answer, verdict, token, number });
    dispatch.answered?.(verdict);
    return verdict;
  }

  async #cleared(signal: AbortSignal): Promise<void> {
    const { connection, paused$ } = this.#options;
    signal.throwIfAborted();
    while (connection.state.phase !== "online" || this.#options.paused$.value) {
      await firstUnlessAborted(
        connection.state$.pipe(filter((state) => state.phase === "online")),
        signal,
      );
      await firstUnlessAborted(paused$.pipe(filter((paused) => !paused)), signal);
    }
  }

  /** A thawed sender finds its lease lapsed; it may go on only if nobody has taken its place. */
  async #renewLease(): Promise<void> {
    const { term, clock, limits } = this.#options;
    await term.renew();
    if (!term.mayAct()) await delay(clock, limits.heartbeatMs, term.signal);
  }

  #report(sent: {
    readonly dispatch: Dispatch;
    readonly answer: Answer;
    readonly verdict: Verdict;
    readonly token: string;
    readonly number: number;
  }): void {
    const { connection, gate, limits } = this.#options;
    const { verdict, number, dispatch, answer } = sent;
    const request = dispatch.name;
    switch (verdict.verdict) {
      case "done":
      case "conflict":
      case "invalid":
      case "refused":
      case "blocked":
        connection.succeeded();
        gate.speedUp();
        return;
      case "needsAuth":
        connection.refused(sent.token, verdict.reason);
        return;
      case "retry":
      case "unknown": {
        const throttledMs = throttledForMs(verdict, limits);
        if (throttledMs !== undefined) gate.slowDown();
        connection.failed({
          number,
          request,
          answered: answer.kind === "response",
          ...(throttledMs === undefined ? {} : { throttledMs }),
        });
        return;
      }
      default:
        unreachable(verdict);
    }
  }
}
