import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ObjectRow } from "../data-object.ts";
import { states } from "../data-object.ts";
import { compareRows, effectiveName, matches } from "./match.ts";
import { parseFindQuery } from "../input/parse-find-query.ts";
import type { FindQuery, Logic, PropertyCondition, PropertyQuery } from "../query.ts";
import { objectState, word } from "../objects/rules.test-support.ts";
import {
  sampleObject,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
} from "../testing/sample-rows.ts";

const row: fc.Arbitrary<ObjectRow> = fc
  .record({
    n: fc.integer({ min: 1, max: 4 }),
    isReal: fc.boolean(),
    project: fc.integer({ min: 1, max: 2 }),
    view: objectState,
  })
  .map(({ n, isReal, project, view }) =>
    sampleObject(n, view, {
      project: sampleProject(project),
      ...(isReal ? { realId: sampleRealId(n) } : undefined),
    }),
  );

const logic = (leaf: fc.Arbitrary<string>): fc.Arbitrary<Logic<string>> =>
  fc.letrec<{ tree: Logic<string> }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      leaf,
      fc.record({ $and: fc.array(tie("tree"), { maxLength: 3 }) }),
      fc.record({ $or: fc.array(tie("tree"), { maxLength: 3 }) }),
    ),
  })).tree;

const condition: fc.Arbitrary<PropertyCondition> = fc.oneof(
  fc.constantFrom<PropertyCondition>("", "1", true, false),
  fc.constantFrom("", "1").map(($ne) => ({ $ne })),
);

const propertyQuery: fc.Arbitrary<PropertyQuery> = fc.letrec<{ tree: PropertyQuery }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc
      .array(fc.tuple(word, condition), { maxLength: 2 })
      .map((entries) => Object.fromEntries(entries)),
    fc.record({ $and: fc.array(tie("tree"), { maxLength: 2 }) }),
    fc.record({ $or: fc.array(tie("tree"), { maxLength: 2 }) }),
  ),
})).tree;

const range = fc.record(
  { after: fc.constantFrom(1000, 2000, 2001), before: fc.constantFrom(1000, 2000, 2999) },
  { requiredKeys: [] },
);

const query = fc.record(
  {
    class: fc.constantFrom("record", "file"),
    state: fc.constantFrom(...states, "any"),
    visibility: fc.constantFrom("visible", "hidden", "either"),
    name: fc.oneof(
      word,
      fc.constantFrom(
        { glob: "?" },
        { glob: "record*1" },
        { regexp: "^[AB]$", flags: "i" },
        { regexp: "hold" },
      ),
    ),
    id: fc.array(fc.constantFrom(sampleProvisionalId(1), sampleRealId(1), sampleRealId(2)), {
      maxLength: 2,
    }),
    type: logic(word),
    tags: logic(word),
    properties: propertyQuery,
    link: fc.oneof(
      fc.constantFrom(sampleRealId(1), sampleRealId(9)),
      fc.constant([sampleRealId(2), sampleRealId(9)]),
    ),
    scope: fc.record(
      {
        project: fc.constantFrom(sampleProject(1), sampleProject(2)),
        folder: fc.constantFrom("/", "/x", "/x/y"),
        recurse: fc.boolean(),
      },
      { requiredKeys: ["project"] },
    ),
    modified: range,
    created: range,
  },
  { requiredKeys: [] },
) as fc.Arbitrary<FindQuery>;

/** The same question answered the slow and plain way, from the platform's description of each field (CS §5.1). */
function naive(asked: FindQuery, { view, ...object }: ObjectRow): boolean {
  const id = object.realId ?? object.id;
  const name = view.name ?? id;
  const inLogic = (tree: Logic<string>, set: readonly string[]): boolean => {
    if (typeof tree === "string") return set.filter((item) => item === tree).length > 0;
    if ("$and" in tree) return tree.$and.filter((part) => !inLogic(part, set)).length === 0;
    return tree.$or.filter((part) => inLogic(part, set)).length > 0;
  };
  const properties = new Map(Object.entries(view.properties));
  const inProperties = (tree: PropertyQuery): boolean => {
    let holds = true;
    for (const [key, value] of Object.entries(tree)) {
      if (key === "$and")
        holds &&= !(value as readonly PropertyQuery[]).map(inProperties).includes(false);
      else if (key === "$or")
        holds &&= (value as readonly PropertyQuery[]).map(inProperties).includes(true);
      else if (value === true) holds &&= properties.has(key);
      else if (value === false) holds &&= !properties.has(key);
      else if (typeof value === "string") holds &&= properties.get(key) === value;
      else holds &&= properties.has(key) && properties.get(key) !== (value as { $ne: string }).$ne;
    }
    return holds;
  };
  if (asked.class !== undefined && object.class !== asked.class) return false;
  if (asked.state !== undefined && asked.state !== "any" && view.state !== asked.state)
    return false;
  if (asked.visibility === "hidden" && !view.hidden) return false;
  if ((asked.visibility === undefined || asked.visibility === "visible") && view.hidden)
    return false;
  if (typeof asked.name === "string" && name !== asked.name) return false;
  if (typeof asked.name === "object") {
    const source =
      "glob" in asked.name
        ? `^${asked.name.glob.replace("?", ".").replace("*", ".*")}$`
        : asked.name.regexp;
    if (!new RegExp(source, "flags" in asked.name ? asked.name.flags : "").test(name)) return false;
  }
  if (asked.id !== undefined && !asked.id.includes(object.id) && !asked.id.includes(id))
    return false;
  if (asked.type !== undefined && !inLogic(asked.type, view.types)) return false;
  if (asked.tags !== undefined && !inLogic(asked.tags, view.tags)) return false;
  if (asked.properties !== undefined && !inProperties(asked.properties)) return false;
  if (
    asked.link !== undefined &&
    ![asked.link].flat().some((target) => view.links.includes(target))
  )
    return false;
  if (asked.scope !== undefined) {
    const { project, folder = "/", recurse = true } = asked.scope;
    if (object.project !== project) return false;
    const inside = folder === "/" || `${view.folder}/`.startsWith(`${folder}/`);
    if (recurse ? !inside : view.folder !== folder) return false;
  }
  for (const field of ["modified", "created"] as const) {
    const { after, before } = asked[field] ?? {};
    if (after !== undefined && view[field] < after) return false;
    if (before !== undefined && view[field] > before) return false;
  }
  return true;
}

describe("matching", () => {
  test("agrees with the plain reading of every field", () => {
    fc.assert(
      fc.property(query, fc.array(row, { maxLength: 8 }), (given, rows) => {
        const asked = parseFindQuery(given);
        for (const candidate of rows)
          expect(matches(asked, candidate)).toBe(naive(asked, candidate));
      }),
      { numRuns: 1000 },
    );
  });

  test("by default finds visible objects of every state and project", () => {
    expect(matches({}, sampleObject(1, { state: "closed" }))).toBe(true);
    expect(matches({}, sampleObject(1, { hidden: true }))).toBe(false);
    expect(matches({ id: [sampleProvisionalId(1)] }, sampleObject(1, { hidden: true }))).toBe(
      false,
    );
  });

  test("an object without a name is found by its id, the real one once it is known", () => {
    const unnamed = sampleObject(1, { name: null });
    expect(matches({ name: { glob: "record-hold*" } }, unnamed)).toBe(true);
    const named = { ...unnamed, realId: sampleRealId(5) };
    expect(effectiveName(named)).toBe(sampleRealId(5));
    expect(matches({ name: sampleRealId(5) }, named)).toBe(true);
    expect(matches({ name: { glob: "record-hold*" } }, named)).toBe(false);
  });

  test("a folder whose name begins alike is not inside", () => {
    const scope = { project: sampleProject(), folder: "/x" };
    expect(matches({ scope }, sampleObject(1, { folder: "/xy" }))).toBe(false);
    expect(matches({ scope }, sampleObject(1, { folder: "/x/y" }))).toBe(true);
    expect(
      matches({ scope: { ...scope, recurse: false } }, sampleObject(1, { folder: "/x/y" })),
    ).toBe(false);
  });

  test("asks own properties only", () => {
    expect(matches({ properties: { constructor: true } }, sampleObject(1))).toBe(false);
    expect(matches({ properties: { toString: false } }, sampleObject(1))).toBe(true);
  });
});

describe("the order of answers", () => {
  const sign = (value: number): number => Math.sign(value);

  test("is newest modified first, ties by id ascending", () => {
    const rows = [
      sampleObject(3, { modified: 1 }),
      sampleObject(2, { modified: 2 }),
      sampleObject(1, { modified: 2 }),
      sampleObject(4, { modified: 9 }, { realId: sampleRealId(1) }),
    ];
    expect(rows.toSorted(compareRows({})).map(({ view, id }) => [view.modified, id])).toEqual([
      [9, sampleProvisionalId(4)],
      [2, sampleProvisionalId(1)],
      [2, sampleProvisionalId(2)],
      [1, sampleProvisionalId(3)],
    ]);
  });

  test("by created goes either way, ties by id ascending both ways", () => {
    const rows = [
      sampleObject(2, { created: 1 }),
      sampleObject(3, { created: 2 }),
      sampleObject(1, { created: 1 }),
    ];
    const order = (ordering: "ascending" | "descending"): readonly string[] =>
      rows
        .toSorted(compareRows({ sortBy: { field: "created", ordering } }))
        .map(({ id }) => id.slice(-1));
    expect(order("ascending")).toEqual(["1", "2", "3"]);
    expect(order("descending")).toEqual(["3", "1", "2"]);
  });

  test("is total: the same row alone is equal, and no order depends on who is asked first", () => {
    fc.assert(
      fc.property(fc.tuple(row, row, row), fc.boolean(), ([a, b, c], isSorted) => {
        const compare = compareRows(
          isSorted ? { sortBy: { field: "created", ordering: "ascending" } } : {},
        );
        expect(sign(compare(a, b))).toBe(-sign(compare(b, a)) + 0);
        if (compare(a, b) === 0) {
          expect([a.project, a.realId ?? a.id]).toEqual([b.project, b.realId ?? b.id]);
        }
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0);
      }),
    );
  });
});
