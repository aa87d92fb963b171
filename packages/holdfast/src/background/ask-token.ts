import { type Clock, delay, type Failure, HoldfastError } from "@holdfast/core";

/** How long the app's own function may take for a token: then it counts as offline (design §5, identity). */
const deadlineMs = 10_000;

/**
 * Asks the app. `undefined` where it has no token to give.
 * @throws HoldfastError `Unreachable` when it rejects or takes too long. The app's own error may hold anything, so
 *   nothing of it goes on.
 */
export async function askToken(
  clock: Clock,
  ask: () => string | undefined | Promise<string | undefined>,
): Promise<string | undefined> {
  const deadline = new AbortController();
  try {
    const answer = (async () => await ask())();
    const tooLate = delay(clock, deadlineMs, deadline.signal).then((): never => {
      throw new HoldfastError(noAnswer);
    });
    const given = await Promise.race([answer, tooLate]);
    return typeof given === "string" && given !== "" ? given : undefined;
  } catch {
    throw new HoldfastError(noAnswer);
  } finally {
    deadline.abort();
  }
}

const noAnswer: Failure = {
  code: "Unreachable",
  message: "The service worker's token() gave no token; it is asked again later.",
};
