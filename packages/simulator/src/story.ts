import type { Chance } from "./chance.ts";
import type { Habits } from "./habits.ts";
import type { Act, ObjectNumber, Step, UserAct, UserCall } from "./history.ts";

export const second = 1_000;
export const minute: number = 60 * second;

/** Those that both projects have from the beginning, and one more. */
export const folders: readonly [string, ...string[]] = ["/", "/a", "/b", "/a/c", "/d"];

/** What the steps drawn so far come to: which objects they would have made, and what else the next ones depend on. */
export class Story {
  readonly chance: Chance;
  readonly habits: Habits;
  readonly #objects: ObjectNumber[] = [];
  /** Counts what is drawn: a value that nothing else has. */
  step = 0;
  isOnline = true;

  constructor(chance: Chance, habits: Habits) {
    this.chance = chance;
    this.habits = habits;
  }

  get objects(): readonly ObjectNumber[] {
    return this.#objects;
  }

  get mayMakeMore(): boolean {
    return this.#objects.length < this.habits.objects;
  }

  /** The number of an object that the step being drawn makes. */
  made(): ObjectNumber {
    this.#objects.push(this.step);
    return this.step;
  }

  /** One of the objects; undefined where there is none yet. */
  some(): ObjectNumber | undefined {
    return this.#objects.length === 0 ? undefined : this.chance.pick(this.#objects);
  }

  inSomeTab(call: UserCall): UserAct {
    return { tab: this.chance.whole(12), ...call };
  }

  /** Many things are done in one go; now and then a person pauses, or goes home. */
  withWait(act: Act): Step {
    return { ...act, waitMs: this.#waitMs() };
  }

  #waitMs(): number {
    const { chance, habits } = this;
    const drawn = chance.fraction();
    const [atOnce, swiftly] = { swift: [0.5, 0.9], usual: [0.3, 0.6], slow: [0.2, 0.3] }[
      habits.pace
    ] as [number, number];
    if (drawn < atOnce) return 0;
    if (drawn < swiftly) return chance.whole(60);
    if (drawn < 0.97) {
      const mostMs = habits.pace === "slow" ? 30 * second : 10 * second;
      return Math.floor(chance.fraction() ** 3 * mostMs);
    }
    return chance.whole(3 * minute);
  }
}
