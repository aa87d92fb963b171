import { describe, expect, test } from "vitest";
import type { ProvisionalId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import type { CreateInput, Operation, OutboxRow } from "../operation.ts";
import { nextOf, type PlannedRequest, type PlanOptions, planLane } from "./plan.ts";
import { emptyInput } from "../settling/replay.test-support.ts";
import {
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleProvisionalId,
  sampleRealId,
} from "../testing/sample-rows.ts";

const own = sampleProvisionalId(1) as ProvisionalId;
const other = sampleProvisionalId(2) as ProvisionalId;
const reason = { code: "InvalidInput", message: "no" } as const;
const parked = { parked: { reason, at: 0 } };

function create(given: Partial<CreateInput> = {}): Operation {
  return { kind: "create", class: "record", input: { ...emptyInput, ...given } };
}

function details(value: unknown): JsonText {
  return JSON.stringify(value) as JsonText;
}

function linkTo(id: string): JsonText {
  return details({ $dnanexus_link: id });
}

type Given = Operation | readonly [Operation, Partial<OutboxRow>];

function rowsOf(given: readonly Given[]): readonly OutboxRow[] {
  return given.map((item, index) => {
    const [operation, row] = "kind" in item ? [item, {}] : item;
    const drawn = operation.kind === "create" ? { create: { nonce: "n", key: "k" } } : {};
    return sampleOutbox(index + 1, sampleKey(1), { operation, ...drawn, ...row });
  });
}

function planned(given: readonly Given[], options: PlanOptions = {}): readonly PlannedRequest[] {
  return planLane(rowsOf(given), sampleObject(1), options);
}

/** `method:sequences` of each request. */
function outline(given: readonly Given[], options: PlanOptions = {}): readonly string[] {
  return planned(given, options).map(
    ({ method, operations }) => `${method}:${operations.map((row) => row.sequence).join("+")}`,
  );
}

const tag = (...tags: readonly string[]): Operation => ({ kind: "addTags", tags });
const untag = (...tags: readonly string[]): Operation => ({ kind: "removeTags", tags });
const type = (...types: readonly string[]): Operation => ({ kind: "addTypes", types });
const rename = (name: string): Operation => ({ kind: "rename", name });
const setDetails = (text: JsonText): Operation => ({ kind: "setDetails", details: text });
const setProperties = (properties: Readonly<Record<string, string | null>>): Operation => ({
  kind: "setProperties",
  properties,
});
const close: Operation = { kind: "close" };

describe("what is done before the create is sent", () => {
  test("goes into the create, the close too", () => {
    const [request, ...others] = planned([
      create({ tags: ["a", "b"], properties: { p: "1", q: "1" } }),
      type("T"),
      setDetails(details({ a: 1 })),
      { kind: "setVisibility", hidden: true },
      rename("n"),
      untag("a"),
      close,
      setProperties({ p: null, r: "2" }),
    ]);
    expect(others).toEqual([]);
    expect(request?.effect).toEqual(
      create({
        name: "n",
        types: ["T"],
        tags: ["b"],
        properties: { q: "1", r: "2" },
        details: details({ a: 1 }),
        hidden: true,
        close: true,
      }),
    );
  });

  test("stays out where it would make the create wait for something new", () => {
    const given = [create(), setDetails(linkTo(other)), tag("a"), close];
    expect(outline(given)).toEqual(["new:1+3", "setDetails:2", "close:4"]);
    expect(outline(given, { isKnown: () => true })).toEqual(["new:1+2+3+4"]);
  });

  test("goes in where the create waits for it anyway", () => {
    const given = [create({ details: linkTo(other) }), setDetails(details([linkTo(other), other]))];
    expect(outline(given)).toEqual(["new:1+2"]);
    expect(planned(given)[0]?.waitsFor).toEqual([other]);
  });

  test("makes it wait for nothing that it takes back", () => {
    const [request] = planned([create({ details: linkTo(other) }), setDetails(details({}))]);
    expect(request?.waitsFor).toEqual([]);
  });

  test("keeps its order in each field: what is behind something that stays out stays out", () => {
    const given = [create(), setDetails(linkTo(other)), setDetails(details({ b: 1 }))];
    expect(outline(given)).toEqual(["new:1", "setDetails:2+3"]);
  });

  test("goes alone once it was told apart", () => {
    const given: readonly Given[] = [create(), [tag("a"), { alone: true }], tag("b"), close];
    expect(outline(given)).toEqual(["new:1", "addTags:2", "addTags:3", "close:4"]);
    expect(outline([[create(), { alone: true }], tag("a")])).toEqual(["new:1", "addTags:2"]);
  });
});

describe("a move", () => {
  const move = (folder: string): Operation => ({ kind: "move", folder });

  test("is no part of a create, and a request of its own", () => {
    const given = [create(), move("/a"), rename("n"), move("/b")];
    expect(outline(given)).toEqual(["new:1+3", "move:2", "move:4"]);
  });

  test("stays before the close that was called after it, and behind the one called before it", () => {
    expect(outline([create(), move("/a"), close])).toEqual(["new:1", "move:2", "close:3"]);
    expect(outline([create(), close, move("/a"), tag("t")])).toEqual(["new:1+2+4", "move:3"]);
    expect(outline([close, move("/a"), rename("n")])).toEqual(["rename:3", "close:1", "move:2"]);
  });

  test("overtakes nothing that waits", () => {
    const given = [setDetails(linkTo(other)), move("/a")];
    expect(nextOf(planned(given))).toEqual({ waitsFor: [other], behind: [] });
    expect(nextOf(planned([move("/a"), setDetails(linkTo(other))]))).toMatchObject({
      request: { method: "move" },
    });
  });
});

describe("a removal", () => {
  const remove: Operation = { kind: "remove" };

  test("is all that is sent of what the platform has, and leaves the rest until it is known", () => {
    const given = [rename("n"), setDetails(linkTo(other)), close, remove, tag("a")];
    expect(outline(given)).toEqual(["remove:4"]);
    expect(planned(given)[0]?.waitsFor).toEqual([]);
  });

  test("that is parked holds nothing", () => {
    expect(outline([rename("n"), [remove, parked], close])).toEqual(["rename:1", "close:3"]);
  });

  test("of what the platform never heard of is no request, nor is anything before it", () => {
    expect(outline([create(), tag("a"), remove])).toEqual([]);
    expect(outline([[create(), parked], remove])).toEqual([]);
    expect(outline([[create(), { request: 7 }], tag("a"), remove])).toEqual(["remove:3"]);
  });
});

describe("of what is no record", () => {
  test("the close is never part of the create", () => {
    for (const [objectClass, id] of [
      ["file", "file-hold00000000000000000001"],
      ["workflow", "workflow-hold00000000000000000001"],
    ] as const) {
      const object = sampleObject(1, {}, { id: id as ProvisionalId, class: objectClass });
      const made: Operation = { kind: "create", class: objectClass, input: emptyInput };
      const plan = planLane(rowsOf([made, tag("a"), close]), object);
      expect(plan.map(({ method }) => method)).toEqual(["new", "close"]);
      expect(plan[0]?.effect).toMatchObject({ input: { tags: ["a"], close: false } });
    }
  });
});

describe("a create that mentions itself", () => {
  const given = [create({ details: linkTo(own), properties: { a: "1", me: own }, close: true })];

  test("is sent without that, then what is left, then the close", () => {
    const plan = planned(given);
    expect(plan.map(({ effect }) => effect)).toEqual([
      create({ properties: { a: "1" } }),
      setDetails(linkTo(own)),
      setProperties({ me: own }),
      close,
    ]);
    expect(plan[0]).toMatchObject({ leavesOut: ["details", "properties"], waitsFor: [] });
  });

  test("in an edit is sent without the edit", () => {
    expect(outline([create(), setDetails(linkTo(own)), tag("a"), close])).toEqual([
      "new:1+3",
      "setDetails:2",
      "close:4",
    ]);
  });

  test("or an id that waits for it is kept apart from it", () => {
    const both = [create({ details: details([other, sampleProvisionalId(3)]) })];
    const [request] = planned(both, { apart: new Set([other]) });
    expect(request).toMatchObject({ leavesOut: ["details"], waitsFor: [] });
    expect(planned(both)[0]?.waitsFor).toHaveLength(2);
  });
});

describe("edits of an object that exists", () => {
  test("are merged by field, and close comes last", () => {
    const given = [
      tag("a"),
      close,
      rename("x"),
      setProperties({ a: "1", b: "1" }),
      rename("y"),
      setProperties({ b: null, c: "1" }),
      tag("b"),
    ];
    expect(outline(given)).toEqual(["addTags:1+7", "rename:3+5", "setProperties:4+6", "close:2"]);
    const [tags, name, properties] = planned(given);
    expect(tags?.effect).toEqual(tag("a", "b"));
    expect(name?.effect).toEqual(rename("y"));
    expect(properties?.effect).toEqual(setProperties({ a: "1", b: null, c: "1" }));
  });

  test("of a set send the last of add and remove, and drop nothing", () => {
    expect(planned([tag("a"), untag("a")]).map(({ effect }) => effect)).toEqual([untag("a")]);
    expect(planned([tag("a"), untag("b"), tag("b", "c")]).map(({ effect }) => effect)).toEqual([
      tag("a", "b", "c"),
    ]);
    expect(outline([tag("a"), untag("b"), tag("c"), untag("d")])).toEqual([
      "addTags:1+3",
      "removeTags:2+4",
    ]);
  });

  test("are not shortened by a later one that undoes a part of them: it may be refused", () => {
    expect(planned([tag("a", "b"), untag("a")]).map(({ effect }) => effect)).toEqual([
      tag("a", "b"),
      untag("a"),
    ]);
  });

  test("that a journalled request carries are not planned", () => {
    const given: readonly Given[] = [[tag("a"), { request: 7 }], tag("b"), untag("a")];
    expect(outline(given)).toEqual(["addTags:2", "removeTags:3"]);
  });
});

describe("what is parked", () => {
  test("stops everything behind a create", () => {
    expect(outline([[create(), parked], tag("a"), close])).toEqual([]);
    expect(outline([[create(), { ...parked, request: 3 }], tag("a")])).toEqual([]);
  });

  test.each([type("T"), setDetails(details({})), { kind: "setVisibility", hidden: true } as const])(
    "stops the close where it is a fixed field: %o",
    (operation) => {
      expect(outline([[operation, parked], tag("a"), close])).toEqual(["addTags:2"]);
      expect(outline([create(), [operation, parked], tag("a"), close])).toEqual(["new:1+3"]);
    },
  );

  test.each([tag("a"), rename("n"), setProperties({ a: "1" })])(
    "does not stop the close where it is a free field: %o",
    (operation) => {
      expect(outline([[operation, parked], close])).toEqual(["close:2"]);
      expect(outline([create(), [operation, parked], close])).toEqual(["new:1+3"]);
    },
  );
});

describe("the next request", () => {
  test("may overtake another field that waits, but never its own, and a close overtakes nothing", () => {
    const given = [setDetails(linkTo(other)), tag("a"), close];
    const plan = planned(given);
    expect(nextOf(plan)).toMatchObject({ request: { method: "addTags" } });
    const waiting = plan.filter(({ method }) => method !== "addTags");
    expect(nextOf(waiting)).toEqual({ waitsFor: [other], behind: [] });
    const alone: readonly Given[] = [
      [setDetails(linkTo(other)), { alone: true }],
      setDetails(details({})),
    ];
    expect(nextOf(planned(alone))).toEqual({ waitsFor: [other], behind: [] });
  });

  test("is none before the create, and none of an empty plan", () => {
    expect(nextOf(planned([create({ details: linkTo(other) }), tag("a")]))).toEqual({
      waitsFor: [other],
      behind: [],
    });
    expect(nextOf([])).toEqual({ waitsFor: [], behind: [] });
  });
});

test("a value that is a provisional id is waited for, a key or a longer value is not", () => {
  expect(planned([setProperties({ a: other, b: null })])[0]?.waitsFor).toEqual([other]);
  expect(planned([setProperties({ a: `${other}.` })])[0]?.waitsFor).toEqual([]);
  expect(planned([setProperties({ a: sampleRealId(5) })])[0]?.waitsFor).toEqual([]);
});
