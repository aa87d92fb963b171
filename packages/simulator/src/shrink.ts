import type { History, Step } from "./history.ts";
import { playHistory } from "./play-history.ts";
import type { Violation } from "./violation.ts";
import type { DeviceStorage } from "./world.ts";

/**
 * The shortest history found that breaks the same invariant: whole runs of steps are taken out, then single ones, as long as it
 * still breaks.
 *
 * @param options - `plays`: how many histories may be played for it, default 400.
 */
export async function shrink(
  history: History,
  violation: Violation,
  {
    plays = 400,
    storage,
  }: { readonly plays?: number; readonly storage?: (history: History) => DeviceStorage } = {},
): Promise<{ readonly history: History; readonly violation: Violation }> {
  let best = { history, violation };
  let left = plays;
  const attempt = async (steps: readonly Step[]): Promise<boolean> => {
    if (left <= 0) return false;
    left -= 1;
    const shorter = { ...best.history, steps };
    const { violation: found } = await playHistory(shorter, storage?.(shorter));
    if (found?.invariant !== violation.invariant) return false;
    best = { history: shorter, violation: found };
    return true;
  };
  let size = Math.ceil(history.steps.length / 2);
  while (size >= 1 && left > 0) {
    let isShorter = false;
    for (let from = 0; from < best.history.steps.length && left > 0; ) {
      const { steps } = best.history;
      const rest = [...steps.slice(0, from), ...steps.slice(from + size)];
      if (await attempt(rest)) isShorter = true;
      else from += size;
    }
    if (size === 1 && !isShorter) break;
    size = size === 1 ? 1 : Math.ceil(size / 2);
  }
  return best;
}
