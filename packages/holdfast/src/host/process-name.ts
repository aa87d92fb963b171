import type { Clock, Random } from "@holdfast/core";

/**
 * Names this start of the host, so that a journalled monotonic time is believed by nobody else. The time of the start
 * is in it: a seeded `Random` draws the same for every start.
 */
export function processName({
  random,
  clock,
}: {
  readonly random: Random;
  readonly clock: Clock;
}): string {
  const bytes = random.bytes(12, `process:${clock.now()}`);
  return `${clock.now()}-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
