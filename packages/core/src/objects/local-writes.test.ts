import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { applyOperation } from "./apply.ts";
import type { ObjectRow } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import {
  isProvisionalId,
  type LocalKey,
  type ProvisionalId,
  sequenceOf,
  toLocalKey,
} from "../ids.ts";
import {
  createObjects,
  editObject,
  editObjects,
  type LocalWriteContext,
  maxObjectsPerWrite,
} from "./local-writes.ts";
import type { OutboxRow } from "../operation.ts";
import { parseCreate } from "../input/parse-create.ts";
import { parseEdit } from "../input/parse-edit.ts";
import { rebuildView } from "./rebuild-view.ts";
import { edit } from "./rules.test-support.ts";
import type { AliasRow, RowOf, Rows, TableName, Write } from "../store.ts";
import {
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
} from "../testing/sample-rows.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { utf8Length } from "../values/values.ts";

const project = sampleProject();
const at = 1_800_000_000_000;
const context: LocalWriteContext = { user: "user-ada", at, random: seededRandom(7) };

interface World {
  readonly objects?: readonly ObjectRow[];
  readonly outbox?: readonly OutboxRow[];
  readonly aliases?: readonly AliasRow[];
}

/** Decides a write over these rows, as a store would: what `reads` does not name cannot be seen. */
function decide<Result>(write: Write<Result>, world: World = {}): Decided<Result> {
  let sequence = 100;
  const rows: Rows = {
    object(key) {
      expect(write.reads.objects).toContain(key);
      return world.objects?.find((row) => row.key === key);
    },
    alias(local) {
      expect(write.reads.aliases).toContain(local);
      return world.aliases?.find((row) => row.local === local);
    },
    nextSequence: () => ++sequence,
    lane(key) {
      expect(write.reads.lanes).toContain(key);
      return (world.outbox ?? []).filter(({ lane }) => lane === key);
    },
    meta: unread,
    outbox: unread,
    within: unread,
    relocated: unread,
    journal: unread,
    content: unread,
  };
  const decision = write.decide(rows);
  if ("failure" in decision) return { failure: decision.failure, objects: [], outbox: [] };
  const of = <Table extends TableName>(table: Table): readonly RowOf<Table>[] =>
    (decision.puts ?? [])
      .filter((put) => put.table === table)
      .map((put) => put.row as RowOf<Table>);
  return { result: decision.result, objects: of("objects"), outbox: of("outbox") };
}

interface Decided<Result> {
  readonly result?: Result;
  readonly failure?: Failure;
  readonly objects: readonly ObjectRow[];
  readonly outbox: readonly OutboxRow[];
}

function unread(): never {
  throw new Error("not read");
}

const create = (input: object = {}): ReturnType<typeof parseCreate> =>
  parseCreate("record", { project, ...input });

describe("making objects", () => {
  test("reads nothing where it mentions nothing, so that no write waits for the database", () => {
    const { reads } = createObjects([create()], { ...context, serverOffsetMs: 250 });
    expect(Object.values(reads).flat()).toEqual([]);
  });

  test("puts a row that shows at once and an outbox row that carries all a create needs", () => {
    const write = createObjects([create({ name: "S-1", folder: "/x", close: true })], {
      ...context,
      serverOffsetMs: 250,
    });
    expect(write.durability).toBe("strict");
    const { result, objects, outbox } = decide(write);
    const [made] = result ?? [];
    expect(isProvisionalId(made?.id)).toBe(true);
    expect(objects).toEqual([
      {
        version: 1,
        key: made?.key,
        project,
        id: made?.id,
        class: "record",
        view: expect.objectContaining({
          name: "S-1",
          state: "closed",
          created: at + 250,
          modified: at + 250,
          createdBy: "user-ada",
        }) as unknown,
        pending: 1,
        parked: 0,
      },
    ]);
    expect(outbox).toEqual([
      {
        version: 1,
        sequence: 101,
        id: made?.operation,
        lane: made?.key,
        operation: expect.objectContaining({ kind: "create", class: "record" }) as unknown,
        touches: [made?.id, `${project}:/x`],
        waitsFor: [],
        madeAt: at,
        create: {
          nonce: expect.stringMatching(/^\w{40}$/) as unknown,
          key: expect.stringMatching(/^\w{24}$/) as unknown,
        },
      },
    ]);
    expect(sequenceOf(made?.operation ?? "")).toBe(101);
  });

  test("makes many in the order given, no id, nonce or key twice, nor two seeds alike", () => {
    const many = Array.from({ length: 1000 }, (_, n) => create({ name: `S-${n}` }));
    const worlds = [
      decide(createObjects(many, context)),
      decide(createObjects(many, { ...context, random: seededRandom(8) })),
    ];
    const outbox = worlds.flatMap((world) => world.outbox);
    expect(worlds[0]?.objects.map(({ view }) => view.name)).toEqual(
      many.map(({ input }) => input.name),
    );
    const drawn = outbox.flatMap((row) => [row.lane, row.id, row.create?.nonce, row.create?.key]);
    expect(new Set(drawn).size).toBe(8000);
    expect(
      Math.max(...outbox.map((row) => utf8Length(row.create?.nonce ?? ""))),
    ).toBeLessThanOrEqual(128);
    expect(worlds[0]?.result?.map(({ operation }) => sequenceOf(operation))).toEqual(
      Array.from({ length: 1000 }, (_, n) => 101 + n),
    );
  });

  test("draws the same again when its transaction is retried", () => {
    const write = createObjects([create(), create()], context);
    expect(decide(write)).toEqual(decide(write));
  });

  test("waits for the objects it refers to, wherever they are", () => {
    const ids = [1, 2, 3].map((n) => sampleProvisionalId(n) as ProvisionalId);
    const [here, acked, elsewhere] = ids as [ProvisionalId, ProvisionalId, ProvisionalId];
    const far = sampleObject(3, {}, { project: sampleProject(2) });
    const request = create({
      details: { here, links: [{ $dnanexus_link: acked }] },
      properties: { elsewhere },
    });
    const { outbox } = decide(
      createObjects([request], { ...context, keys: new Map([[elsewhere, far.key]]) }),
      {
        objects: [sampleObject(1), far],
        aliases: [{ version: 1, local: acked, id: sampleRealId(2), project }],
      },
    );
    expect(outbox[0]?.waitsFor).toEqual([here, acked, elsewhere]);
  });

  test("refuses all where one refers to an object that is not here, and says which", () => {
    const missing = sampleProvisionalId(9);
    const { failure, objects, outbox } = decide(
      createObjects([create(), create({ details: [missing] })], context),
    );
    expect(failure).toMatchObject({
      code: "ResourceNotFound",
      object: missing,
      details: { index: 1 },
    });
    expect(failure?.message).toMatch(/^input 1: there is no object record-hold/);
    expect([objects, outbox]).toEqual([[], []]);
  });

  test("is limited: none and too many are mistakes of the caller", () => {
    expect(() => createObjects([], context)).toThrow(/1 to 50000 objects, not 0/);
    expect(() =>
      createObjects(
        Array.from({ length: maxObjectsPerWrite + 1 }, () => create()),
        context,
      ),
    ).toThrow(/not 50001/);
  });
});

describe("initialising from another object", () => {
  const source = sampleObject(
    1,
    {
      name: "source",
      types: ["T"],
      tags: ["t"],
      properties: { p: sampleProvisionalId(2) },
      details: `{"d":"${sampleProvisionalId(3)}"}` as ObjectRow["view"]["details"],
      hidden: true,
      folder: "/source",
      state: "closed",
    },
    { realId: sampleRealId(1) },
  );
  const from = (row: ObjectRow, input: object = {}): Decided<unknown> =>
    decide(
      createObjects([create({ initializeFrom: { project, id: row.id }, ...input })], context),
      { objects: [row] },
    );

  test("takes what is not given, but neither folder nor state", () => {
    const { objects, outbox } = from(source);
    const { name, types, tags, properties, details, hidden } = source.view;
    expect(objects[0]?.view).toMatchObject({
      name,
      types,
      tags,
      properties,
      details,
      hidden,
      folder: "/",
      state: "open",
    });
    expect(outbox[0]?.waitsFor).toEqual([sampleProvisionalId(3), sampleProvisionalId(2)]);
  });

  test("lets what is given win, whole", () => {
    const { objects, outbox } = from(source, {
      name: "mine",
      types: [],
      properties: { q: "1" },
      details: [],
      hidden: false,
    });
    expect(objects[0]?.view).toMatchObject({
      name: "mine",
      types: [],
      tags: ["t"],
      properties: { q: "1" },
      details: "[]",
      hidden: false,
    });
    expect(outbox[0]?.waitsFor).toEqual([]);
  });

  test("names a copy of an unnamed object by its id, but never by a provisional one", () => {
    const unnamed = { ...source, view: { ...source.view, name: null } };
    expect(from(unnamed).objects[0]?.view.name).toBe(sampleRealId(1));
    const { realId: _, ...unsent } = unnamed;
    const nameless = from(unsent);
    expect(nameless.objects[0]?.view.name).toBeNull();
    // Its real id is the name, once its own create has brought it.
    expect(nameless.outbox[0]).toMatchObject({
      operation: { inherits: { project, id: unsent.id, fields: ["name"] } },
      waitsFor: expect.arrayContaining([unsent.id]) as unknown,
    });
  });

  test("leaves what an object elsewhere gives for the platform to be asked, but not what was made here", () => {
    const theirs = create({ tags: ["own"], initializeFrom: { project, id: sampleRealId(1) } });
    const { objects, outbox } = decide(createObjects([theirs], context));
    expect(objects[0]?.view).toMatchObject({ name: null, tags: ["own"] });
    expect(outbox[0]).toMatchObject({ waitsFor: [] });
    const gone = create({ initializeFrom: { project, id: sampleProvisionalId(7) } });
    expect(decide(createObjects([gone], context)).failure).toMatchObject({
      code: "ResourceNotFound",
    });
  });

  test("finds a source made here by its real id, where the caller knows its key", () => {
    const request = create({ initializeFrom: { project, id: sampleRealId(1) } });
    const keys = new Map([[sampleRealId(1) as string, source.key]]);
    expect(
      decide(createObjects([request], { ...context, keys }), { objects: [source] }).objects[0]?.view
        .name,
    ).toBe("source");
  });
});

describe("editing objects", () => {
  const key = sampleKey(1);
  const one = (
    row: ObjectRow | undefined,
    ...edits: readonly ReturnType<typeof parseEdit>[]
  ): Decided<unknown> =>
    decide(editObject({ key, edits }, context), { objects: row === undefined ? [] : [row] });
  const tag = parseEdit("addTags", { tags: ["t"] });
  const close = parseEdit("close", {});

  test("keeps what the platform knows as the base, from the first pending edit on", () => {
    const row = sampleObject(1, {}, { realId: sampleRealId(1) });
    const { objects, outbox } = one(row, tag, close);
    expect(objects).toMatchObject([
      {
        base: row.view,
        view: { tags: ["t"], state: "closed", modified: at },
        pending: 2,
        parked: 0,
      },
    ]);
    expect(outbox).toMatchObject([
      {
        sequence: 101,
        lane: key,
        operation: { kind: "addTags" },
        touches: [row.id],
        waitsFor: [],
        madeAt: at,
      },
      { sequence: 102, lane: key, operation: { kind: "close" } },
    ]);
    const again = one(objects[0], tag);
    expect(again.objects).toMatchObject([{ base: row.view, pending: 3 }]);
  });

  test("gives an object the platform does not know no base", () => {
    const { objects } = one(sampleObject(1, {}, { pending: 1 }), tag);
    expect(objects[0]).not.toHaveProperty("base");
    expect(objects[0]?.pending).toBe(2);
  });

  test("never dates a view before what the platform last said", () => {
    const row = sampleObject(1, { modified: at + 1000 });
    expect(one(row, tag).objects[0]?.view.modified).toBe(at + 1000);
  });

  test("refuses as the platform would, and changes nothing", () => {
    const closed = sampleObject(1, { state: "closed" }, { realId: sampleRealId(1) });
    const details = parseEdit("setDetails", { details: {} });
    expect(one(closed, tag, details)).toEqual({
      failure: {
        code: "InvalidState",
        object: sampleRealId(1),
        message: expect.stringMatching(
          /^setDetails: the object is closed, .*only while it is open/,
        ) as unknown,
      },
      objects: [],
      outbox: [],
    });
    expect(one(undefined, tag).failure).toMatchObject({
      code: "ResourceNotFound",
      object: sampleProvisionalId(1),
    });
    const missing = parseEdit("setDetails", { details: [sampleProvisionalId(8)] });
    expect(one(sampleObject(1), missing).failure).toMatchObject({
      code: "ResourceNotFound",
      object: sampleProvisionalId(8),
    });
  });

  test("lets an object mention itself without waiting for itself", () => {
    const itself = parseEdit("setDetails", { details: { $dnanexus_link: sampleProvisionalId(1) } });
    expect(one(sampleObject(1), itself).outbox[0]?.waitsFor).toEqual([]);
  });

  test("of many objects each stands alone, and each sees the edits before it", () => {
    const objects = [sampleObject(1), sampleObject(2, { state: "closed" }), sampleObject(3)];
    const type = parseEdit("addTypes", { types: ["T"] });
    const keys = [sampleKey(1), sampleKey(2), sampleKey(3), sampleKey(1), sampleKey(4)] as const;
    const edits = [type, type, close, close, close] as const;
    const write = editObjects(
      keys.map((edited, index) => ({ key: edited, edits: [edits[index] ?? close] })),
      context,
    );
    const { result, outbox, objects: rows } = decide(write, { objects });
    expect(
      result?.map((outcome) => ("failure" in outcome ? outcome.failure.code : "done")),
    ).toEqual(["done", "InvalidState", "done", "done", "ResourceNotFound"]);
    expect(outbox.map((row) => [row.lane, row.operation.kind])).toEqual([
      [sampleKey(1), "addTypes"],
      [sampleKey(3), "close"],
      [sampleKey(1), "close"],
    ]);
    expect(rows).toMatchObject([
      { key: sampleKey(1), pending: 2, view: { types: ["T"], state: "closed" } },
      { key: sampleKey(3), pending: 1 },
    ]);
  });

  test("shows no close while something is parked that it has to wait for", () => {
    const parked = { reason: { code: "InvalidType", message: "no such type" }, at } as const;
    const addTypes = { kind: "addTypes", types: ["T"] } as const;
    const rename = { kind: "rename", name: "n" } as const;
    const shown = (operation: OutboxRow["operation"]): Decided<unknown> => {
      const row = sampleObject(1, {}, { realId: sampleRealId(1), pending: 1, parked: 1 });
      const outbox = [sampleOutbox(1, key, { operation, parked })];
      const world = { objects: [{ ...row, base: row.view }], outbox };
      return decide(editObject({ key, edits: [close, tag] }, context), world);
    };
    expect(shown(addTypes).objects).toMatchObject([{ view: { state: "open", tags: ["t"] } }]);
    expect(shown(addTypes).outbox).toMatchObject([
      { operation: { kind: "close" } },
      { operation: { kind: "addTags" } },
    ]);
    expect(shown(rename).objects).toMatchObject([{ view: { state: "closed" } }]);
  });

  test("leaves the view that its operations, applied to the base, would rebuild", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 2 }), edit), { maxLength: 8 }),
        (edits) => {
          fc.pre(edits.length > 0);
          const objects = [sampleObject(1), sampleObject(2)];
          const write = editObjects(
            edits.map(([n, operation]) => ({
              key: sampleKey(n),
              edits: [{ operation, references: [] }],
            })),
            context,
          );
          const { objects: rows, outbox } = decide(write, { objects });
          for (const row of rows) {
            const lane = outbox.filter(({ lane: key }) => key === row.key);
            const rebuilt = rebuildView(row.base, lane, {
              class: "record",
              user: "user-ada",
              offsetMs: 0,
            });
            expect(rebuilt).toEqual({
              view: row.view,
              pending: row.pending,
              parked: 0,
              refused: [],
            });
          }
        },
      ),
    );
  });

  test("a created object's view is the one its create gives", () => {
    const request = create({ name: "n", types: ["A"], details: { a: 1 } });
    const { objects, outbox } = decide(
      createObjects([request], { ...context, serverOffsetMs: -5 }),
    );
    const [operation] = outbox.map((row) => row.operation);
    if (operation === undefined) throw new Error("no operation");
    expect(
      applyOperation(undefined, operation, { class: "record", user: "user-ada", at: at - 5 }),
    ).toEqual({ state: objects[0]?.view });
    expect(objects[0]?.key).toBe(
      toLocalKey(project, objects[0]?.id as ProvisionalId) satisfies LocalKey,
    );
  });
});
