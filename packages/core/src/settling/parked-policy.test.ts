import { describe, expect, test } from "vitest";
import type { Failure, FailureCode } from "../failure.ts";
import type { OutboxRow, Rights } from "../operation.ts";
import { sampleKey, sampleOutbox } from "../testing/sample-rows.ts";
import {
  type ParkedPolicies,
  policiesProblem,
  type PolicyStep,
  policyStep,
} from "./parked-policy.ts";

const at = 1_000_000;
const viewer: Rights = { token: "a", level: "VIEW" };

function parkedFor(code: FailureCode, rights?: Rights): OutboxRow {
  const reason = { code, message: "no" } as Failure;
  const parked = { reason, at, ...(rights && { rights }) };
  return sampleOutbox(1, sampleKey(1), { parked });
}

function step(
  row: OutboxRow,
  policies: ParkedPolicies,
  ...[rights, now = at]: readonly [Rights?, number?]
): PolicyStep {
  return policyStep(row, { policies, now, ...(rights && { rights }) });
}

describe("a policy", () => {
  test("waits for a person by default, but for want of rights", () => {
    expect(step(parkedFor("InvalidInput"), {}, viewer)).toEqual({ step: "wait" });
    expect(step(parkedFor("Conflict"), {}, viewer)).toEqual({ step: "wait" });
    const refused = parkedFor("PermissionDenied", viewer);
    expect(step(refused, {}, { ...viewer, level: "UPLOAD" })).toEqual({ step: "retry" });
    const stated = { PermissionDenied: "wait" } as const;
    expect(step(refused, stated, { ...viewer, level: "UPLOAD" })).toEqual({ step: "wait" });
  });

  test.each<[string, Rights | undefined, PolicyStep["step"]]>([
    ["the same rights", viewer, "wait"],
    ["a higher level", { ...viewer, level: "CONTRIBUTE" }, "retry"],
    ["a lower level", { ...viewer, level: "NONE" }, "wait"],
    ["another token", { ...viewer, token: "b" }, "retry"],
    ["a level that nobody said", { token: "a" }, "wait"],
    ["no connection", undefined, "wait"],
  ])("by rights sees %s", (_, now, expected) => {
    expect(step(parkedFor("PermissionDenied", viewer), {}, now).step).toBe(expected);
  });

  test("by rights notes them while a refusal is new, and tries once what was refused unseen", () => {
    const refused = parkedFor("PermissionDenied");
    expect(step(refused, {}, viewer, at + 1_000)).toEqual({ step: "noteRights", rights: viewer });
    expect(step(refused, {}, viewer, at + 20_000)).toEqual({ step: "retry" });
    expect(step(refused, {}, undefined, at + 20_000)).toEqual({ step: "wait" });
  });

  test("by time waits until then, and discards only what was stated", () => {
    const policies = { InternalError: { retryAfterMs: 60_000 }, InvalidState: "discard" } as const;
    const failed = parkedFor("InternalError");
    expect(step(failed, policies)).toEqual({ step: "wait", until: at + 60_000 });
    expect(step(failed, policies, undefined, at + 60_000)).toEqual({ step: "retry" });
    const discard = { step: "discard", policy: "InvalidState" };
    expect(step(parkedFor("InvalidState"), policies)).toEqual(discard);
    expect(step(parkedFor("InvalidType"), policies)).toEqual({ step: "wait" });
  });

  test("is checked before it is believed", () => {
    expect(policiesProblem({})).toBeUndefined();
    expect(policiesProblem({ Conflict: "discard", InvalidState: undefined })).toBeUndefined();
    expect(policiesProblem({ InternalError: { retryAfterMs: 60_000 } })).toBeUndefined();
    expect(policiesProblem({ InternalError: { retryAfterMs: 10 } })).toMatch(/60000/);
    expect(policiesProblem({ Conflict: "forget" })).toMatch(/^that of Conflict/);
    expect(policiesProblem({ StorageClosed: "wait" })).toMatch(/StorageClosed/);
    expect(policiesProblem("discard")).toMatch(/object/);
  });
});
