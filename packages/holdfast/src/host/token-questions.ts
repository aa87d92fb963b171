import { type Clock, HoldfastError } from "@holdfast/core";

interface Question {
  readonly number: number;
  readonly promise: Promise<string>;
  readonly settle: (token: string | undefined) => void;
}

/** Design §5, identity. */
const deadlineMs = 10_000;

/**
 * Asks this worker's own page for a token, one question at a time. The value goes to whoever asked and is kept
 * nowhere here.
 */
export class TokenQuestions {
  readonly #clock: Clock;
  readonly #ask: (question: number) => void;
  #open: Question | undefined;
  #last = 0;

  constructor(clock: Clock, ask: (question: number) => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  /** @throws HoldfastError `Unreachable` when the page rejects or hangs: that counts as offline, not as needsAuth. */
  ask(): Promise<string> {
    this.#open ??= this.#begin();
    return this.#open.promise;
  }

  answer(number: number, token: unknown): void {
    if (this.#open?.number !== number) return;
    this.#open.settle(typeof token === "string" && token !== "" ? token : undefined);
  }

  /** No answer will come. */
  close(): void {
    this.#open?.settle(undefined);
  }

  #begin(): Question {
    this.#last += 1;
    const number = this.#last;
    let settle!: Question["settle"];
    const promise = new Promise<string>((resolve, reject) => {
      const cancelTimer = this.#clock.timer(deadlineMs, () => settle(undefined));
      settle = (token) => {
        cancelTimer();
        this.#open = undefined;
        if (token === undefined) reject(new HoldfastError(noToken));
        else resolve(token);
      };
    });
    this.#ask(number);
    return { number, promise, settle };
  }
}

const noToken = {
  code: "Unreachable",
  message: `The app's token() gave no token within ${deadlineMs / 1_000} s; it is asked again later.`,
} as const;
