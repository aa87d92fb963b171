import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyOperation } from "./apply.ts";
import type { ObjectState } from "../data-object.ts";
import type { CreateInput, Operation, OutboxRow } from "../operation.ts";
import { rebuildView } from "./rebuild-view.ts";
import { createInput, edit, objectState } from "./rules.test-support.ts";
import { sampleKey, sampleOutbox, sampleState } from "../testing/sample-rows.ts";

const context = { class: "record", user: "user-ada", offsetMs: 100 } as const;
const reason = { code: "PermissionDenied", message: "no" } as const;

function lane(
  operations: readonly Operation[],
  parked: readonly number[] = [],
): readonly OutboxRow[] {
  return operations.map((operation, index) =>
    sampleOutbox(index + 1, sampleKey(1), {
      operation,
      madeAt: 2_000_000_000_000,
      ...(parked.includes(index) ? { parked: { reason, at: 0 } } : undefined),
    }),
  );
}

const input: CreateInput = {
  name: "n",
  folder: "/",
  parents: false,
  types: [],
  tags: [],
  properties: {},
  details: "{}" as CreateInput["details"],
  hidden: false,
  close: false,
};
const create: Operation = { kind: "create", class: "record", input };
const tag: Operation = { kind: "addTags", tags: ["t"] };
const type: Operation = { kind: "addTypes", types: ["T"] };
const close: Operation = { kind: "close" };

describe("rebuilding a view", () => {
  test("equals applying the operations one by one to the base", () => {
    fc.assert(
      fc.property(objectState, fc.array(edit, { maxLength: 6 }), (base, operations) => {
        const rows = lane(operations);
        let view: ObjectState = base;
        const refused: number[] = [];
        for (const row of rows) {
          const at = row.madeAt + context.offsetMs;
          const applied = applyOperation(view, row.operation, {
            class: "record",
            user: "user-ada",
            at,
          });
          if ("failure" in applied) refused.push(row.sequence);
          else view = applied.state;
        }
        const rebuilt = rebuildView(base, rows, context);
        expect(rebuilt.view).toEqual(view);
        expect(rebuilt.refused.map(({ sequence }) => sequence)).toEqual(refused);
        expect(rebuilt).toMatchObject({ pending: rows.length, parked: 0 });
      }),
    );
  });

  test("an empty lane leaves the base, or nothing", () => {
    expect(rebuildView(sampleState(), [], context)).toEqual({
      view: sampleState(),
      pending: 0,
      parked: 0,
      refused: [],
    });
    expect(rebuildView(undefined, [], context).view).toBeUndefined();
  });

  test("an object the platform does not know is made of its create", () => {
    fc.assert(
      fc.property(createInput, (given) => {
        const rows = lane([{ kind: "create", class: "record", input: given }, tag]);
        expect(rebuildView(undefined, rows, context).view).toMatchObject({
          name: given.name,
          created: 2_000_000_000_100,
          modified: 2_000_000_000_100,
          createdBy: "user-ada",
        });
      }),
    );
  });

  test("a create whose effect is in the base is passed over", () => {
    const rebuilt = rebuildView(sampleState({ name: "theirs" }), lane([create, tag]), context);
    expect(rebuilt).toMatchObject({
      view: { name: "theirs", tags: ["t"] },
      pending: 2,
      refused: [],
    });
  });

  test("parked operations are left out, and a close waits behind a parked fixed field", () => {
    const rebuilt = rebuildView(sampleState(), lane([type, tag, close], [0]), context);
    expect(rebuilt).toMatchObject({
      view: { state: "open", types: [], tags: ["t"] },
      pending: 3,
      parked: 1,
    });
  });

  test("a close does not wait behind a parked free field", () => {
    const rebuilt = rebuildView(sampleState(), lane([tag, close], [0]), context);
    expect(rebuilt.view).toMatchObject({ state: "closed", tags: [] });
  });

  test("an object whose create is parked is still shown, open, so that it can be mended", () => {
    const closing: Operation = { ...create, input: { ...input, close: true } };
    const rebuilt = rebuildView(undefined, lane([closing, tag, close], [0]), context);
    expect(rebuilt).toMatchObject({
      view: { state: "open", tags: ["t"] },
      pending: 3,
      parked: 1,
      refused: [],
    });
  });

  test("what a newer base no longer takes is left out and named", () => {
    const rebuilt = rebuildView(sampleState({ state: "closed" }), lane([type, tag]), context);
    expect(rebuilt.view).toMatchObject({ types: [], tags: ["t"] });
    expect(rebuilt.refused).toMatchObject([{ sequence: 1, failure: { code: "InvalidState" } }]);
  });

  test("what is left of a lane without base or create shows nothing and is named", () => {
    const rebuilt = rebuildView(undefined, lane([tag]), context);
    expect(rebuilt.view).toBeUndefined();
    expect(rebuilt.refused).toMatchObject([{ failure: { code: "ResourceNotFound" } }]);
  });
});
