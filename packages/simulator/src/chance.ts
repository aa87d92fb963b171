/** Draws one after the other, for a history that is drawn whole before anything of it is played. */
export interface Chance {
  /** In [0, 1). */
  fraction(): number;
  /** Whole, from 0 up to but without `below`. */
  whole(below: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** By the weights, which need not sum up to anything. */
  weighed<Name extends string>(weights: Readonly<Record<Name, number>>): Name;
  isTrue(share: number): boolean;
}

/** mulberry32 over a hash of the seed: small, well known, the same in every engine. */
export function chanceOf(seed: string): Chance {
  let state = hash(seed);
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (below: number): number => Math.floor(fraction() * below);
  return {
    fraction,
    whole,
    pick: (items) => {
      if (items.length === 0) throw new Error("there is nothing to pick from");
      return items[whole(items.length)] as (typeof items)[number];
    },
    weighed: (weights) => {
      const entries = Object.entries(weights) as [keyof typeof weights, number][];
      let left = fraction() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [name, weight] of entries) {
        left -= weight;
        if (left < 0) return name;
      }
      throw new Error("the weights are all zero");
    },
    isTrue: (share) => fraction() < share,
  };
}

/** FNV-1a with a final mix: also for draws that are named instead of being in a row. */
export function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return (value ^ (value >>> 13)) >>> 0;
}

/** In [0, 1), by what is drawn for and nothing else. */
export function fractionFor(entity: string): number {
  return hash(entity) / 2 ** 32;
}
