import type { Clock } from "@holdfast/core";
import { originLocks } from "../environment.ts";

/** Who has the world open: a service worker has it alone, SharedWorkers keep service workers out. */
export type WorldHolder = "service worker" | "SharedWorker";

const modes: Readonly<Record<WorldHolder, LockMode>> = {
  "service worker": "exclusive",
  SharedWorker: "shared",
};

/** Long enough for a worker that has just been replaced to end, and shorter than a page waits for an answer. */
const patienceMs = 5_000;

/**
 * Keeps the world of this origin. Two holders of different kinds would each hold a world in memory and write over what
 * the other has saved.
 *
 * @returns what gives it back; who never calls it keeps the world for the rest of this worker's life.
 * @throws Error where somebody else has it and keeps it.
 */
export async function lockWorld(holder: WorldHolder, clock: Clock): Promise<() => void> {
  const locks = originLocks();
  if (locks === undefined) return () => {};
  const held = Promise.withResolvers<void>();
  const patience = new AbortController();
  const cancel = clock.timer(patienceMs, () => patience.abort());
  const options = { mode: modes[holder], signal: patience.signal };
  try {
    await new Promise<void>((resolve, reject) => {
      locks
        .request("holdfast-platform", options, () => {
          resolve();
          return held.promise;
        })
        .catch(reject);
    });
    return held.resolve;
  } catch (error) {
    if (!patience.signal.aborted) throw error;
    throw new Error(
      holder === "service worker"
        ? "the world is open in a SharedWorker or another service worker of this origin"
        : "the world is open in a service worker of this origin",
      { cause: error },
    );
  } finally {
    cancel();
  }
}
