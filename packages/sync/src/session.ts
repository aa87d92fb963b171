import {
  type Answer,
  type Clock,
  delay,
  type Failure,
  HoldfastError,
  judge,
  unreachable,
} from "@holdfast/core";
import type { ApiCall } from "./api-client.ts";
import type { EngineLimits } from "./limits.ts";
import { throttledForMs } from "./pace.ts";
import { readAnswer } from "./read-answer.ts";

/** Why the token is asked for: to begin with, or because the platform did not take the last one. */
export interface TokenQuestion {
  readonly reason: "connect" | "refused";
}

export type AskForToken = (question: TokenQuestion) => Promise<string>;

/** What came of trying to be somebody on the platform. */
export type Admission =
  | { readonly kind: "admitted"; readonly token: string }
  // `throttledMs`: where the platform asked to be left alone for so long.
  | { readonly kind: "unreachable"; readonly throttledMs?: number; readonly failure: Failure }
  /** The page never answered: another tab's page may. */
  | { readonly kind: "pageSilent"; readonly failure: Failure }
  | { readonly kind: "needsAuth"; readonly failure: Failure };

export interface SessionOptions {
  /** Sends one call, if it may leave. */
  readonly post: (call: ApiCall) => Promise<Answer>;
  readonly clock: Clock;
  /** The one user of this store. */
  readonly user: string;
  readonly ask: AskForToken;
  readonly limits: Pick<EngineLimits, "tokenTimeoutMs" | "defaultRetryAfterMs">;
}

/**
 * The token, in memory only. A value is given out only after `whoami` with it answered the bound user (design §5,
 * identity); until then, and from the moment it is refused, there is none.
 */
export class Session {
  readonly #options: SessionOptions;
  /** Has answered as the bound user, and was not refused since. */
  #proven: string | undefined;
  #refused: { readonly token: string; readonly failure: Failure } | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** The platform does not take this value any more. A later one is left alone. */
  refuse(token: string, failure: Failure): void {
    if (this.#proven === token) this.#proven = undefined;
    this.#refused = { token, failure };
  }

  /** A person says that the same value may be tried again. */
  forgetRefusals(): void {
    this.#refused = undefined;
  }

  /**
   * Asks the platform who we are, with the proven token or with one from the page. The page is asked once, and a
   * second time only where the platform refused the value it gave first. A value refused before is not sent again.
   */
  async admit(signal: AbortSignal): Promise<Admission> {
    if (this.#proven !== undefined) {
      const admission = await this.#prove(this.#proven, signal);
      if (admission.kind !== "needsAuth") return admission;
    }
    const reason = this.#refused === undefined ? "connect" : "refused";
    const admission = await this.#askAndProve(reason, signal);
    const isRefused =
      admission.kind === "needsAuth" && admission.failure.code === "InvalidAuthentication";
    return isRefused && reason === "connect"
      ? await this.#askAndProve("refused", signal)
      : admission;
  }

  async #askAndProve(reason: TokenQuestion["reason"], signal: AbortSignal): Promise<Admission> {
    const answer = await this.#ask(reason, signal);
    if (typeof answer !== "string") return answer;
    if (this.#refused?.token === answer) {
      return { kind: "needsAuth", failure: this.#refused.failure };
    }
    return await this.#prove(answer, signal);
  }

  /** The app's own function: it may reject, hang, or give what is no token. */
  async #ask(reason: TokenQuestion["reason"], signal: AbortSignal): Promise<string | Admission> {
    const { clock, ask, limits } = this.#options;
    const stopWaiting = new AbortController();
    try {
      const answer = await Promise.race([
        ask({ reason }),
        delay(clock, limits.tokenTimeoutMs, AbortSignal.any([signal, stopWaiting.signal])),
      ]);
      if (answer === undefined) {
        return {
          kind: "pageSilent",
          failure: noToken("The page did not answer the question for a token."),
        };
      }
      if (typeof answer === "string" && isToken(answer)) return answer;
      return {
        kind: "needsAuth",
        failure: noToken("The page gave no token. Sign in, then resume."),
      };
    } catch (error) {
      signal.throwIfAborted();
      const why = error instanceof HoldfastError ? error.failure.message : "It was refused.";
      return {
        kind: "unreachable",
        failure: { code: "Unreachable", message: `The page could not give a token. ${why}` },
      };
    } finally {
      stopWaiting.abort();
    }
  }

  async #prove(token: string, signal: AbortSignal): Promise<Admission> {
    const { post, clock, user } = this.#options;
    const answer = await post({ path: "/system/whoami", body: "{}", token, signal });
    signal.throwIfAborted();
    const found = readAnswer(answer, (body) =>
      typeof body["id"] === "string" ? body["id"] : undefined,
    );
    if (found === user) {
      this.#proven = token;
      this.#refused = undefined;
      return { kind: "admitted", token };
    }
    if (found !== undefined) {
      const failure = noToken(
        `The token belongs to ${found}, this store to ${user}. Sign in as ${user}, then resume.`,
      );
      this.refuse(token, failure);
      return { kind: "needsAuth", failure };
    }
    return this.#notProven(token, answer, clock.now());
  }

  #notProven(token: string, answer: Answer, nowAt: number): Admission {
    // Only the refusal is of interest, and that does not depend on what was asked for.
    const verdict = judge({ method: "close", class: "record" }, answer, nowAt);
    const throttledMs = throttledForMs(verdict, this.#options.limits);
    const throttled = throttledMs === undefined ? {} : { throttledMs };
    switch (verdict.verdict) {
      case "needsAuth":
        this.refuse(token, verdict.reason);
        return { kind: "needsAuth", failure: verdict.reason };
      case "retry":
        return { kind: "unreachable", failure: verdict.reason, ...throttled };
      // What refuses `whoami` for another reason is not the API: a captive portal, a proxy, a wrong address.
      case "refused":
      case "blocked":
      case "invalid":
      case "conflict":
        return { kind: "unreachable", failure: verdict.reason };
      case "unknown":
      case "done":
        return { kind: "unreachable", failure: unreachableHost(answer), ...throttled };
      default:
        return unreachable(verdict);
    }
  }
}

function isToken(text: string): boolean {
  // What a header cannot carry would make `fetch` throw on every request, as if the network were gone.
  return /^[\x21-\x7e]+$/.test(text);
}

function noToken(message: string): Failure {
  return { code: "NeedsAuth", message };
}

function unreachableHost(answer: Answer): Failure {
  const what =
    answer.kind === "none"
      ? `no answer (${answer.cause})`
      : `status ${answer.status}, not of the API`;
  return {
    code: "Unreachable",
    message: `The platform cannot be reached: ${what}. It is tried again.`,
  };
}
