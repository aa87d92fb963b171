import type { EpochMs } from "./ports.ts";
import type { Answer, Verdict } from "./request.ts";
import type { Expectation } from "./request-body.ts";

/**
 * What an answer means (design §5, verdicts): by `error.type`, without a valid envelope by status, never by message
 * text. Total: any status with any body gets a verdict. `alreadyDone` is `done` with a `detail`.
 *
 * @param now - wall clock, against which a Retry-After date is read where the answer has no readable `Date`.
 */
export function judge(expected: Expectation, answer: Answer, now: EpochMs): Verdict {
  void [expected, answer, now];
  throw new Error("not yet");
}
