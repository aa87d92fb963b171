import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Applied, applyOperation } from "./apply.ts";
import type { ObjectState } from "../data-object.ts";
import type { JsonText } from "../json.ts";
import { lifecycleAnswer, methodOf } from "./lifecycle.ts";
import type { Operation } from "../operation.ts";
import { createInput, edit, objectClass, objectState } from "./rules.test-support.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";

const context = { class: "record", user: "user-ada", at: 5000 } as const;

function stateOf(applied: Applied): ObjectState {
  if ("failure" in applied) throw new Error(applied.failure.message);
  return applied.state;
}

const apply = (state: ObjectState, ...operations: readonly Operation[]): ObjectState =>
  operations.reduce(
    (before, operation) => stateOf(applyOperation(before, operation, context)),
    state,
  );

describe("applying operations", () => {
  test("sets are united and subtracted, in the order of arrival", () => {
    const state = sampleState({ types: ["B", "A"], tags: ["x"] });
    expect(apply(state, { kind: "addTypes", types: ["C", "A", "C", "D"] }).types).toEqual([
      "B",
      "A",
      "C",
      "D",
    ]);
    expect(apply(state, { kind: "removeTypes", types: ["B", "Z"] }).types).toEqual(["A"]);
    expect(
      apply(state, { kind: "removeTags", tags: ["x"] }, { kind: "addTags", tags: ["y", "x"] }).tags,
    ).toEqual(["y", "x"]);
  });

  test("properties merge: null deletes, what is not named stays", () => {
    const state = sampleState({ properties: { a: "1", b: "2" } });
    const after = apply(state, {
      kind: "setProperties",
      properties: { a: null, c: "3", gone: null },
    });
    expect(after.properties).toEqual({ b: "2", c: "3" });
    expect(state.properties).toEqual({ a: "1", b: "2" });
  });

  test("a property may be called __proto__", () => {
    const properties = Object.fromEntries([["__proto__", "1"]]);
    const after = apply(sampleState(), { kind: "setProperties", properties });
    expect(Object.entries(after.properties)).toEqual([["__proto__", "1"]]);
  });

  test("details are replaced, and links with them", () => {
    const details = JSON.stringify({ a: { $dnanexus_link: sampleRealId(4) } }) as JsonText;
    expect(apply(sampleState(), { kind: "setDetails", details }).links).toEqual([sampleRealId(4)]);
  });

  test("a close shows a record as closed and a file as closing, and is repeated without effect", () => {
    const closed = apply(sampleState(), { kind: "close" });
    expect(closed).toEqual(sampleState({ state: "closed", modified: sampleState().modified }));
    expect(apply(closed, { kind: "close" })).toBe(closed);
    const file = stateOf(
      applyOperation(sampleState(), { kind: "close" }, { ...context, class: "file" }),
    );
    expect(file.state).toBe("closing");
  });

  test("what the lifecycle forbids is refused even where it would change nothing", () => {
    for (const operation of [
      { kind: "addTypes", types: [] },
      { kind: "setVisibility", hidden: false },
      { kind: "setDetails", details: "{}" as JsonText },
    ] as const) {
      expect(applyOperation(sampleState({ state: "closed" }), operation, context)).toMatchObject({
        failure: {
          code: "InvalidState",
          message: expect.stringMatching(/only while it is open/) as string,
        },
      });
    }
  });

  test("an operation on nothing, and a create of what exists, are refused", () => {
    expect(applyOperation(undefined, { kind: "close" }, context)).toMatchObject({
      failure: { code: "ResourceNotFound" },
    });
    fc.assert(
      fc.property(createInput, objectState, (input, state) => {
        const create: Operation = { kind: "create", class: "record", input };
        expect(applyOperation(state, create, context)).toMatchObject({
          failure: { code: "InvalidState" },
        });
      }),
    );
  });

  test("a create makes the object its input describes", () => {
    fc.assert(
      fc.property(createInput, (input) => {
        const state = stateOf(
          applyOperation(undefined, { kind: "create", class: "record", input }, context),
        );
        const { parents: _, close, types, tags, ...rest } = input;
        expect(state).toMatchObject(rest);
        expect([...state.types].sort()).toEqual([...new Set(types)].sort());
        expect([...state.tags].sort()).toEqual([...new Set(tags)].sort());
        expect(state).toMatchObject({
          state: close ? "closed" : "open",
          created: 5000,
          modified: 5000,
          createdBy: "user-ada",
        });
      }),
    );
  });

  test("refuses exactly what the lifecycle forbids, for every class and state", () => {
    fc.assert(
      fc.property(objectClass, objectState, edit, (kind, state, operation) => {
        const answer = lifecycleAnswer(kind, state.state, methodOf(operation.kind));
        const applied = applyOperation(state, operation, { ...context, class: kind });
        expect("failure" in applied ? applied.failure.code : undefined).toBe(
          answer.allowed ? undefined : answer.error,
        );
      }),
    );
  });

  test("is idempotent: done twice is done once, down to the very object", () => {
    fc.assert(
      fc.property(objectState, edit, (state, operation) => {
        const once = applyOperation(state, operation, context);
        if ("failure" in once) return;
        const twice = stateOf(applyOperation(once.state, operation, { ...context, at: 9000 }));
        expect(twice).toBe(once.state);
      }),
    );
  });

  test("moves modified only with a change, and never back", () => {
    fc.assert(
      fc.property(objectState, edit, fc.constantFrom(0, 2500, 9000), (state, operation, at) => {
        const applied = applyOperation(state, operation, { ...context, at });
        if ("failure" in applied) return;
        const { modified: _, ...before } = state;
        const { modified, ...after } = applied.state;
        if (applied.state === state) return;
        expect(after).not.toEqual(before);
        expect(modified).toBe(Math.max(state.modified, at));
      }),
    );
  });

  test("operations on different fields commute", () => {
    const fieldOf = (operation: Operation): string =>
      operation.kind.replace(/^(add|remove|set)/, "").toLowerCase();
    fc.assert(
      fc.property(objectState, edit, edit, (state, first, second) => {
        fc.pre(
          fieldOf(first) !== fieldOf(second) && first.kind !== "close" && second.kind !== "close",
        );
        const run = (operations: readonly Operation[]): unknown => {
          let current = state;
          const codes = new Map<Operation, string>();
          for (const operation of operations) {
            const applied = applyOperation(current, operation, context);
            if ("failure" in applied) codes.set(operation, applied.failure.code);
            else current = applied.state;
          }
          return { current, codes: [codes.get(first), codes.get(second)] };
        };
        expect(run([first, second])).toEqual(run([second, first]));
      }),
    );
  });

  test("never changes the state it is given", () => {
    fc.assert(
      fc.property(objectState, edit, (state, operation) => {
        const before = structuredClone(state);
        applyOperation(state, operation, context);
        expect(state).toEqual(before);
      }),
    );
  });
});
