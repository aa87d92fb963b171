import {
  type Clock,
  type DetailsAnswer,
  type DetailsConflict,
  type JsonText,
  type LocalKey,
} from "@holdfast/core";

export type DetailsQuestion = DetailsConflict & { readonly object: LocalKey };

/** How long the page may take: the lane waits for it. */
const deadlineMs = 10_000;

/** Asks this worker's own page about details that both sides changed. What is not answered in time parks. */
export class DetailsQuestions {
  readonly #clock: Clock;
  readonly #ask: (question: number, conflict: DetailsQuestion) => void;
  readonly #open = new Map<number, (answer: DetailsAnswer) => void>();
  #last = 0;
  #isClosed = false;

  constructor(clock: Clock, ask: (question: number, conflict: DetailsQuestion) => void) {
    this.#clock = clock;
    this.#ask = ask;
  }

  ask(conflict: DetailsQuestion): Promise<DetailsAnswer> {
    if (this.#isClosed) return Promise.resolve("park");
    this.#last += 1;
    const question = this.#last;
    return new Promise((resolve) => {
      const cancel = this.#clock.timer(deadlineMs, () => this.answer(question, "park"));
      this.#open.set(question, (answer) => {
        cancel();
        this.#open.delete(question);
        resolve(answer);
      });
      this.#ask(question, conflict);
    });
  }

  /** Whatever a page may send: what is no answer parks. */
  answer(question: number, answer: unknown): void {
    this.#open.get(question)?.(toAnswer(answer));
  }

  close(): void {
    this.#isClosed = true;
    for (const settle of [...this.#open.values()]) settle("park");
  }
}

function toAnswer(answer: unknown): DetailsAnswer {
  if (answer === "ours" || answer === "theirs") return answer;
  const { details } = (answer ?? {}) as { readonly details?: unknown };
  return typeof details === "string" ? { details: details as JsonText } : "park";
}
