import { describe, expect, test } from "vitest";
import { provideSpin } from "../support/spin.ts";
import { checkModel } from "./check-model.ts";

const missing = provideSpin();
const because = missing === undefined ? "" : ` (skipped: ${missing})`;
const within = 300_000;

/** Each assertion of the model, by what it promises. */
const promises = {
  onceInEffect: "(objects==0)",
  oneVoice: "(owner==me)",
  honesty: "(effect==4)",
  convergence: "acked==called",
} as const;

/** Without this guard, that promise is broken. */
const guards: readonly (readonly [define: string, promise: keyof typeof promises])[] = [
  ["GIVEN_BLINDLY", "oneVoice"],
  ["NO_COMPARE", "oneVoice"],
  ["NO_FENCE", "oneVoice"],
  ["NO_LEASE_CHECK", "oneVoice"],
  ["CHECKED_BEFORE", "onceInEffect"],
  ["NO_WRITE_AHEAD", "onceInEffect"],
  ["RELAXED_JOURNAL", "onceInEffect"],
  ["INHERITED_IS_UNSENT", "onceInEffect"],
  ["CUT_IS_REFUSED", "convergence"],
  ["NONCE_PER_ATTEMPT", "onceInEffect"],
  ["NO_WINDOW", "onceInEffect"],
  ["WINDOW_RESTARTS", "onceInEffect"],
  ["WINDOW=2", "onceInEffect"],
  ["NO_LOOK_UP", "onceInEffect"],
  ["NEW_NONCE_AFTER_LOOK_UP", "onceInEffect"],
  ["NO_STALE", "onceInEffect"],
  ["NO_COMPARISON", "honesty"],
  ["NO_SHADE", "convergence"],
];

describe.skipIf(missing !== undefined)(`one lane, two senders${because}`, () => {
  test(
    "no history with two faults breaks a promise, and each that ends has converged",
    async () => {
      const { broken, states } = await checkModel({ defines: ["FAULTS=2"] });
      expect(broken).toBeUndefined();
      expect(states).toBeGreaterThan(1_000_000);
    },
    within,
  );

  test(
    "no history goes on for ever",
    async () => {
      const checked = await checkModel({ defines: ["FAULTS=1", "NO_CYCLES"], cycles: true });
      expect(checked.broken).toBeUndefined();
    },
    within,
  );

  for (const [define, promise] of guards) {
    test(
      `with ${define} a history breaks ${promise}`,
      async () => {
        const { broken } = await checkModel({ defines: ["FAULTS=2", define], isShort: true });
        expect(broken).toContain(promises[promise]);
      },
      within,
    );
  }
});
