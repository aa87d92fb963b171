import { HoldfastError, type ParkedPolicies, policiesProblem } from "@holdfast/core";
import type { ReplayOptions, StoreOptions } from "./options.ts";

export interface CheckedOptions {
  readonly name: string;
  readonly user: string;
  readonly replay: ReplayOptions;
  readonly paused: boolean;
  readonly parked: ParkedPolicies;
  /** `ask`: the app's function, which stays in the page. */
  readonly onDetailsConflict: "park" | "ours" | "theirs" | "ask";
}

/** @throws HoldfastError `InvalidInput` naming the option. */
export function checkStoreOptions(options: StoreOptions): CheckedOptions {
  const {
    name = "holdfast",
    user,
    token,
    replay = {},
    paused = false,
    parked = {},
    onDetailsConflict: given = "park",
  } = options;
  checkStoreName({ name, user });
  check(typeof token === "function", "`token` must be a function that gives a token.");
  checkReplayOptions(replay);
  const problem = policiesProblem(parked);
  check(problem === undefined, `\`parked\`: ${problem}.`);
  const onDetailsConflict = typeof given === "function" ? "ask" : given;
  check(
    ["park", "ours", "theirs", "ask"].includes(onDetailsConflict),
    '`onDetailsConflict` must be "park", "ours", "theirs" or a function.',
  );
  return { name, user, replay, paused, parked, onDetailsConflict };
}

/** @throws HoldfastError `InvalidInput` naming the option. */
export function checkStoreName({ name, user }: Pick<CheckedOptions, "name" | "user">): void {
  check(/^[A-Za-z0-9_-]{1,64}$/.test(name), "`name` must be 1 to 64 letters, digits, - or _.");
  check(/^user-[A-Za-z0-9._-]+$/.test(user), "`user` must be the id of a user, user-….");
}

/** @throws HoldfastError `InvalidInput` naming the option. */
export function checkReplayOptions({ requestsPerSecond: rate, connections }: ReplayOptions): void {
  check(
    rate === undefined || rate === "unlimited" || (Number.isFinite(rate) && rate > 0),
    '`replay.requestsPerSecond` must be a number above 0, or "unlimited".',
  );
  check(
    connections === undefined ||
      (Number.isInteger(connections) && connections >= 1 && connections <= 32),
    "`replay.connections` must be a whole number from 1 to 32.",
  );
}

function check(holds: boolean, message: string): void {
  if (!holds) throw new HoldfastError({ code: "InvalidInput", message });
}
