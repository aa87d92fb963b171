const mebibyte = 2 ** 20;

/** At least, where the content is long: AWS-like regions refuse parts under 5 MiB but for the last (DO §7.2). */
const smallestPart = 8 * mebibyte;

/** AWS-like regions take no more parts than these (DO §7.2). */
const maxParts = 10_000;

/** Of content of unknown length: after so many parts, they are twice as long. */
const partsUntilDoubled = 2_000;

/**
 * How long a part is cut when content is attached, in bytes; only the last is shorter. Where its project turns out to take others,
 * the parts are cut anew before the first is sent (docs/decisions/0033).
 * @param index - from 1.
 * @param size - of the whole content, in bytes; undefined where nobody knows.
 */
export function partSizeAt(index: number, size: number | undefined): number {
  if (size === undefined) return smallestPart * 2 ** Math.floor((index - 1) / partsUntilDoubled);
  const needed = Math.ceil(size / maxParts / mebibyte) * mebibyte;
  return Math.max(smallestPart, needed);
}
