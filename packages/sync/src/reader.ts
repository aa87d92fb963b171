import {
  type Answer,
  type Clock,
  type Failure,
  type JsonObject,
  judge,
  type Random,
  unreachable,
  type Verdict,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import type { ConnectionHint } from "./hints.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { EngineLimits } from "./limits.ts";
import { waitMsAfter, waitUnlessResumed } from "./pace.ts";
import { readAnswer } from "./read-answer.ts";

export interface Question<Value> {
  readonly path: string;
  readonly body: JsonObject;
  /** Undefined where the answer has not the shape it must have. */
  readonly parse: (body: JsonObject, text: string) => Value | undefined;
  /** After so many attempts without an answer it is given up. Default: never. */
  readonly attempts?: number;
}

/** A question that may have become pointless while it waited. */
export interface Withdrawable<Value> extends Question<Value> {
  /** Asked in the moment before it leaves. */
  readonly mayLeave: () => boolean;
}

export type Reply<Value> =
  | { readonly kind: "answered"; readonly value: Value }
  | { readonly kind: "refused"; readonly failure: Failure }
  /** Only where the question said after how many attempts. `status`: of the last, where somebody answered it. */
  | { readonly kind: "unanswered"; readonly status?: number };

export interface Withdrawn {
  readonly kind: "withdrawn";
}

export interface ReaderOptions {
  readonly dispatcher: Pick<Dispatcher, "send">;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: EngineLimits;
  readonly hints$: Observable<ConnectionHint>;
  readonly signal: AbortSignal;
}

/** Calls that do no harm however often they are sent: again, until something believable comes back. */
export class Reader {
  readonly #options: ReaderOptions;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  ask<Value>(question: Withdrawable<Value>): Promise<Reply<Value> | Withdrawn>;
  ask<Value>(question: Question<Value>): Promise<Reply<Value>>;
  async ask<Value>(
    question: Question<Value> & Partial<Withdrawable<Value>>,
  ): Promise<Reply<Value> | Withdrawn> {
    const { dispatcher, clock, random, limits, hints$, signal } = this.#options;
    const { path, attempts = Infinity } = question;
    const body = JSON.stringify(question.body);
    let status: number | undefined;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      let value: Value | undefined;
      const verdict = await dispatcher.send({
        path,
        body,
        name: path,
        ...(question.mayLeave === undefined ? {} : { mayLeave: question.mayLeave }),
        judge: (answer) => {
          value = readAnswer(answer, question.parse);
          return value === undefined ? this.#refusal(answer) : { verdict: "done", id: "" };
        },
      });
      if (verdict === "withdrawn") return { kind: "withdrawn" };
      const fraction = random.fraction(`read:${path}:${attempt}`);
      switch (verdict.verdict) {
        case "done":
          return { kind: "answered", value: value as Value };
        case "refused":
        case "invalid":
        case "conflict":
        case "blocked":
          return { kind: "refused", failure: verdict.reason };
        case "needsAuth":
          // Nothing was wrong with the question.
          attempt -= 1;
          break;
        case "retry":
        case "unknown": {
          status = verdict.verdict === "unknown" ? verdict.status : undefined;
          const waitMs = waitMsAfter(verdict, { attempt, fraction, limits });
          await waitUnlessResumed(waitMs, { clock, hints$, signal });
          break;
        }
        default:
          unreachable(verdict);
      }
    }
    return { kind: "unanswered", ...(status === undefined ? {} : { status }) };
  }

  /** What is no answer to the question may still be an error of the API; a success of another shape is none. */
  #refusal(answer: Answer): Verdict {
    const verdict = judge({ method: "close", class: "record" }, answer, this.#options.clock.now());
    return verdict.verdict === "done" ? { verdict: "unknown", status: 200 } : verdict;
  }
}
