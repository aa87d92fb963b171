import { HoldfastError } from "@holdfast/core";

interface Question {
  readonly number: number;
  readonly promise: Promise<string>;
  readonly settle: (token: string | undefined) => void;
}

/**
 * Asks this worker's own page for a token, one question at a time. The value goes to whoever asked and is kept
 * nowhere here.
 */
export class TokenQuestions {
  readonly #ask: (question: number) => void;
  #open: Question | undefined;
  #last = 0;
  #isClosed = false;

  constructor(ask: (question: number) => void) {
    this.#ask = ask;
  }

  /**
   * Pending as long as the page says nothing, for the engine to judge.
   * @throws HoldfastError `Unreachable` when the page has no token to give: that counts as offline, not as needsAuth.
   */
  ask(): Promise<string> {
    if (this.#isClosed) return Promise.reject(new HoldfastError(noToken));
    this.#open ??= this.#begin();
    return this.#open.promise;
  }

  answer(number: number, token: unknown): void {
    if (this.#open?.number !== number) return;
    this.#open.settle(typeof token === "string" && token !== "" ? token : undefined);
  }

  /** No answer will come. */
  close(): void {
    this.#isClosed = true;
    this.#open?.settle(undefined);
  }

  #begin(): Question {
    this.#last += 1;
    const number = this.#last;
    let settle!: Question["settle"];
    const promise = new Promise<string>((resolve, reject) => {
      settle = (token) => {
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
  message: "The app's token() gave no token; it is asked again later.",
} as const;
