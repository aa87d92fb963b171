import type { Described, LocalKey, ObjectState, Operation, OutboxRow } from "@holdfast/core";
import { expect, test } from "vitest";
import type { ProjectFacts, ProjectLevel } from "./projects.ts";
import { type LaneSurvey, surveyLane } from "./survey-lane.ts";

const administered: ProjectFacts = { kind: "visible", level: "ADMINISTER" };

function rowsOf(...operations: readonly Operation[]): readonly OutboxRow[] {
  return operations.map(
    (operation, index) =>
      ({ sequence: index + 1, lane: "p/o" as LocalKey, operation }) as OutboxRow,
  );
}

function describedAs(state: Partial<ObjectState>): NonNullable<LaneSurvey["object"]> {
  const whole = {
    name: "S-1",
    folder: "/",
    state: "open",
    hidden: false,
    types: [],
    tags: [],
    properties: {},
    details: "{}",
    links: [],
    ...state,
  };
  return {
    kind: "described",
    described: { id: "record-1", class: "record", state: whole } as unknown as Described,
  };
}

function survey(given: Partial<LaneSurvey>): ReturnType<typeof surveyLane> {
  return surveyLane({ rows: [], project: administered, realIdOf: () => undefined, ...given });
}

const addRed: Operation = { kind: "addTags", tags: ["red"] };
const addBlue: Operation = { kind: "addTags", tags: ["blue"] };

test("what is done from the head is acknowledged, and nothing behind the first that is not", () => {
  const object = describedAs({ tags: ["red"], state: "closed" });
  const rows = rowsOf(addRed, addBlue, { kind: "close" });
  expect(survey({ rows, object })).toEqual({ done: [1], parked: [] });
});

test("what is parked at the head stops it", () => {
  const [first, second] = rowsOf(addRed, addRed) as [OutboxRow, OutboxRow];
  const parked = {
    ...first,
    parked: { at: 0, reason: { code: "NeedsAuth", message: "" } },
  } as const;
  expect(survey({ rows: [parked, second], object: describedAs({ tags: ["red"] }) }).done).toEqual(
    [],
  );
});

test("a fixed field of what is closed parks alone", () => {
  const rows = rowsOf({ kind: "setVisibility", hidden: true }, addBlue);
  const { parked } = survey({ rows, object: describedAs({ state: "closed" }) });
  expect(parked).toMatchObject([{ operations: [1], reason: { code: "InvalidState" } }]);
});

const close: Operation = { kind: "close" };
const create = { kind: "create" } as Operation;

interface Case {
  readonly level: ProjectLevel;
  readonly operation: Operation;
  readonly state?: ObjectState["state"];
  readonly isRefused: boolean;
}

test.each<Case>([
  { level: "VIEW", operation: create, isRefused: true },
  { level: "UPLOAD", operation: create, isRefused: false },
  { level: "VIEW", operation: close, state: "open", isRefused: true },
  { level: "UPLOAD", operation: close, state: "open", isRefused: false },
  { level: "UPLOAD", operation: addBlue, state: "open", isRefused: false },
  { level: "UPLOAD", operation: addBlue, state: "closed", isRefused: true },
  { level: "CONTRIBUTE", operation: addBlue, state: "closed", isRefused: false },
])(
  "at level $level, $operation.kind while $state: refused is $isRefused",
  ({ level, operation, state, isRefused }) => {
    const { parked } = survey({
      rows: rowsOf(operation),
      project: { kind: "visible", level },
      ...(state === undefined ? {} : { object: describedAs({ state }) }),
    });
    expect(parked.map(({ reason }) => reason.code)).toEqual(isRefused ? ["PermissionDenied"] : []);
  },
);

test("everything of an object that is gone, or of a project out of reach, parks", () => {
  const rows = rowsOf(addRed, addBlue);
  const failure = { code: "Removed", message: "gone", object: "record-1" } as const;
  expect(survey({ rows, object: { kind: "absent", failure } }).parked).toHaveLength(2);
  expect(survey({ rows, project: { kind: "hidden", failure } }).parked).toHaveLength(2);
});

test("a project that would not be described forbids nothing", () => {
  expect(survey({ rows: rowsOf(create), project: { kind: "unknown" } }).parked).toEqual([]);
});

const gone: NonNullable<LaneSurvey["object"]> = {
  kind: "absent",
  failure: { code: "Removed", message: "gone", object: "record-1" },
};

test("a removal of what is gone is done, and nothing else of the lane is judged", () => {
  const rows = rowsOf(addRed, { kind: "setVisibility", hidden: true }, { kind: "remove" });
  expect(survey({ rows, object: gone })).toEqual({ done: [3], parked: [] });
  expect(survey({ rows, object: describedAs({ state: "closed" }) })).toEqual({
    done: [],
    parked: [],
  });
  const project: ProjectFacts = { kind: "visible", level: "UPLOAD" };
  const { parked } = survey({ rows, project, object: describedAs({}) });
  expect(parked).toMatchObject([{ operations: [3], reason: { code: "PermissionDenied" } }]);
});

test("a copy that is not there yet is no obstacle to its clone, and one that is there is done", () => {
  const clone = { kind: "clone", from: "p", object: "record-1", parents: false, state: {} };
  const rows = rowsOf(clone as unknown as Operation, addRed);
  expect(survey({ rows, object: gone })).toEqual({ done: [], parked: [] });
  expect(survey({ rows, object: describedAs({ tags: [] }) })).toEqual({ done: [1], parked: [] });
});

test("a close that somebody else has begun is asked for all the same, or nobody would watch it", () => {
  const rows = rowsOf({ kind: "close" });
  const closing = describedAs({ state: "closing" });
  expect(survey({ rows, object: closing })).toEqual({ done: [], parked: [] });
  expect(survey({ rows, object: describedAs({ state: "closed" }) }).done).toEqual([1]);
});
