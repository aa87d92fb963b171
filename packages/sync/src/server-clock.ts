import type { Answer, Clock, EpochMs, ServerClockRow, Write } from "@holdfast/core";
import { readAnswer } from "./read-answer.ts";

/**
 * The platform's clock, against our monotonic one: a wall clock that is set changes nothing. Until it was read in
 * this process only the offset kept in the store is known, good enough for showing but not for deciding.
 */
export class ServerClock {
  readonly #clock: Clock;
  #aheadOfMonotonicMs: number | undefined;
  #keptOffsetMs: number | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The platform's time now; undefined where it was not read since this process began. */
  serverAt(): EpochMs | undefined {
    return this.#aheadOfMonotonicMs === undefined
      ? undefined
      : Math.round(this.#clock.monotonic() + this.#aheadOfMonotonicMs);
  }

  /** The platform's clock minus our wall clock, as best known. */
  offsetMs(): number | undefined {
    const serverAt = this.serverAt();
    return serverAt === undefined ? this.#keptOffsetMs : serverAt - Math.round(this.#clock.now());
  }

  /** What an earlier process has seen. */
  recall(row: ServerClockRow | undefined): void {
    this.#keptOffsetMs = row?.offsetMs;
  }

  /** What the sender of this moment, in another tab, has told. */
  hear(offsetMs: number): void {
    this.#keptOffsetMs = offsetMs;
  }

  /**
   * Takes the answer of `/system/comeBackLater` (CS §5.3), asked at `askedMonotonic`; false where it tells no
   * time. The answer is dated to the middle of the journey.
   */
  learn(answer: Answer, askedMonotonic: number): boolean {
    const serverAt = readAnswer(answer, (body) =>
      typeof body["currentTime"] === "number" && Number.isFinite(body["currentTime"])
        ? body["currentTime"]
        : undefined,
    );
    if (serverAt === undefined) return false;
    this.#aheadOfMonotonicMs = serverAt - (askedMonotonic + this.#clock.monotonic()) / 2;
    return true;
  }

  /** Keeps the offset for views and for the next process. */
  keep(): Write<void> {
    const row: ServerClockRow = {
      version: 1,
      name: "serverClock",
      offsetMs: this.offsetMs() ?? 0,
      seenAt: this.#clock.now(),
    };
    return {
      durability: "relaxed",
      reads: {},
      decide: () => ({ puts: [{ table: "meta", row }], result: undefined }),
    };
  }
}
