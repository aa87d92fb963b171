import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyOperation } from "../objects/apply.ts";
import type { ObjectState } from "../data-object.ts";
import type { JsonText } from "../json.ts";
import type { Operation } from "../operation.ts";
import { compareToDescribe, stepAfterDescribe } from "./postcondition.ts";
import { edit, objectState } from "../objects/rules.test-support.ts";
import { sampleProvisionalId, sampleRealId, sampleState } from "../testing/sample-rows.ts";

const realIdOf = () => sampleRealId(1);

function compare(
  operations: readonly Operation[],
  described: Partial<ObjectState>,
  base?: Partial<ObjectState>,
): string {
  return compareToDescribe({
    operations,
    described: sampleState(described),
    realIdOf,
    ...(base && { base: sampleState(base) }),
  });
}

const text = (value: unknown): JsonText => JSON.stringify(value) as JsonText;

describe("an unknown outcome after a describe", () => {
  test("holds where the operations would change nothing any more", () => {
    fc.assert(
      fc.property(objectState, fc.array(edit, { minLength: 1, maxLength: 5 }), (base, edits) => {
        const open: ObjectState = { ...base, state: "open" };
        let described = open;
        for (const operation of edits.filter(({ kind }) => kind !== "close")) {
          const applied = applyOperation(described, operation, {
            class: "record",
            user: "",
            at: 0,
          });
          if ("state" in applied) described = applied.state;
        }
        const closed: ObjectState = {
          ...described,
          state: "closed",
          modified: 1,
          folder: "/moved",
        };
        expect(
          compareToDescribe({ operations: edits, described: closed, base: open, realIdOf }),
        ).toBe("holds");
      }),
    );
  });

  test("compares sets as sets, and only what was touched", () => {
    const add: Operation = { kind: "addTypes", types: ["A", "B"] };
    expect(compare([add], { types: ["B", "C", "A"], hidden: true })).toBe("holds");
    expect(compare([add], { types: ["A"] }, { types: ["A"] })).toBe("atBase");
    expect(compare([add], { types: ["A", "C"] }, { types: ["A"] })).toBe("foreign");
    expect(compare([{ kind: "removeTags", tags: ["a"] }], { tags: ["b"] })).toBe("holds");
  });

  test("of a merged request is that of all its operations", () => {
    const both: readonly Operation[] = [
      { kind: "setProperties", properties: { a: "1", b: "1" } },
      { kind: "setProperties", properties: { b: null } },
    ];
    expect(compare(both, { properties: { a: "1", other: "x" } })).toBe("holds");
    expect(compare(both, { properties: { b: "1" } }, { properties: { b: "1" } })).toBe("atBase");
  });

  test("compares details with the real ids in them", () => {
    const link = (id: string): JsonText => text({ $dnanexus_link: id });
    const set: Operation = { kind: "setDetails", details: link(sampleProvisionalId(1)) };
    expect(compare([set], { details: link(sampleRealId(1)) })).toBe("holds");
    expect(compare([set], { details: link(sampleRealId(2)) })).toBe("foreign");
    const asked = { details: link(sampleRealId(1)) };
    const before = { details: link(sampleProvisionalId(1)) };
    const other: Operation = { kind: "setDetails", details: text({}) };
    expect(compare([other], asked, before)).toBe("atBase");
    const named: Operation = { kind: "setProperties", properties: { a: sampleProvisionalId(1) } };
    expect(compare([named], { properties: { a: sampleRealId(1) } })).toBe("holds");
  });

  test("takes numbers that were rounded for ours, unless the base looks the same", () => {
    const ours = '{"n":12345678901234567891}' as JsonText;
    const rounded = '{"n":12345678901234567000}' as JsonText;
    const set: Operation = { kind: "setDetails", details: ours };
    expect(compare([set], { details: rounded })).toBe("holds");
    expect(compare([set], { details: rounded }, { details: text({}) })).toBe("holds");
    expect(compare([set], { details: rounded }, { details: rounded })).toBe("atBase");
  });

  test("of a close holds from closing on", () => {
    const close: Operation = { kind: "close" };
    expect(compare([close], { state: "closing" })).toBe("holds");
    expect(compare([close], { state: "closed" })).toBe("holds");
    expect(compare([close], { state: "open" }, { state: "open" })).toBe("atBase");
    expect(compare([close], { state: "abandoned" })).toBe("closed");
  });

  test("of a fixed field is closed where the object is and differs", () => {
    const set: Operation = { kind: "setVisibility", hidden: true };
    expect(compare([set], { state: "closed" }, {})).toBe("closed");
    expect(compare([set], { state: "closed", hidden: true })).toBe("holds");
    expect(compare([{ kind: "rename", name: "x" }], { state: "closed" }, {})).toBe("atBase");
  });
});

test("what follows is the table of unknown outcomes", () => {
  const fixed: readonly Operation[] = [{ kind: "setVisibility", hidden: true }];
  const free: readonly Operation[] = [{ kind: "rename", name: "x" }];
  const steps = (["holds", "atBase", "foreign", "closed"] as const).map((found) => [
    stepAfterDescribe(fixed, found),
    stepAfterDescribe(free, found),
  ]);
  expect(steps).toEqual([
    ["done", "done"],
    ["sendAgain", "sendAgain"],
    ["rebase", "sendAgain"],
    ["conflict", "conflict"],
  ]);
});
