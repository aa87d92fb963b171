import type { ObjectRow, ObjectState } from "../../data-object.ts";
import { compareRows, compileQuery } from "../../matching/match.ts";
import { isProvisionalId, projectKey, type ProjectId, rowIdOfProject } from "../../ids.ts";
import type { JsonText } from "../../json.ts";
import type { FindQuery, Logic } from "../../query.ts";
import type { Put, Store, Subtree, Write } from "../../store.ts";
import { seededRandom } from "../seeded-random.ts";
import { sampleObject, sampleProject, sampleProvisionalId, sampleRealId } from "../sample-rows.ts";
import { type ConformanceCase, expectEqual, put, putting } from "./world.ts";

const [one, two] = [sampleProject(1), sampleProject(2)];
function projectRow(project: ProjectId, view: Partial<ObjectState>): ObjectRow {
  const id = rowIdOfProject(project);
  return { ...sampleObject(0, view, { project, id, realId: id }), class: "project" };
}

const folders = ["/", "/a", "/a/b", "/a-b", "/b"];
const names = ["x", "y", "z"];

export const findCases: readonly ConformanceCase[] = [
  {
    name: "find answers visible objects only, newest first, ties by id, real ids counting",
    async run(world) {
      const store = await world.open();
      const rows = [
        sampleObject(1, { modified: 10 }),
        sampleObject(2, { modified: 30, hidden: true }),
        sampleObject(3, { modified: 20 }, { realId: sampleRealId(3) }),
        sampleObject(4, { modified: 20 }),
        sampleObject(5, { modified: 100 }),
        sampleObject(6, { modified: 9 }),
      ];
      await putObjects(store, rows);
      expectEqual(await foundNumbers(store, {}), [5, 3, 4, 1, 6]);
      expectEqual(await foundNumbers(store, { visibility: "hidden" }), [2]);
      expectEqual(await foundNumbers(store, { limit: 2, offset: 1 }), [3, 4]);
      expectEqual(await store.countFound({ limit: 2, offset: 1 }), 5);
      expectEqual(await foundNumbers(store, { offset: 9 }), []);
    },
  },
  {
    name: "the row of a project itself is kept whole, and no query sees it, by whatever it holds",
    async run(world) {
      const store = await world.open();
      const large = { tags: ["lab"], properties: { a: "x".repeat(40_000) } };
      const rows = [
        sampleObject(1, { tags: ["lab"] }),
        projectRow(one, { tags: ["lab"], types: ["T"], links: [sampleRealId(1)] }),
        projectRow(two, large),
      ];
      await putObjects(store, rows);
      for (const query of [
        {},
        { visibility: "either" },
        { tags: "lab" },
        { type: "T" },
        { link: sampleRealId(1) },
        { id: [one, two] },
        { name: "sample", sortBy: { field: "created", ordering: "ascending" } },
        { scope: { project: one } },
        { scope: { project: one, folder: "/", recurse: false } },
        { scope: { project: two } },
      ] as const) {
        const found = await store.find({ visibility: "either", ...query } as FindQuery);
        expectEqual(
          found.filter((row) => row.class === "project"),
          [],
        );
        expectEqual(
          await store.countFound(query as FindQuery),
          (await store.find(query as FindQuery)).length,
        );
      }
      expectEqual(await store.get("objects", [projectKey(one), projectKey(two)]), rows.slice(1));
      await put(store, { table: "objects", row: projectRow(two, { tags: [] }) });
      expectEqual((await store.get("objects", [projectKey(two)]))[0]?.view.properties, {});
    },
  },
  {
    name: "subfolders are those directly below that listed objects lie in or below, each once",
    async run(world) {
      const store = await world.open();
      const folders = [
        "/",
        "/a",
        "/a!",
        "/a-b/c",
        "/a/b",
        "/a/b/c/d",
        "/a/b",
        "/a0",
        "/b/x/y",
        "/ü/ö",
      ];
      const rows = folders.map((folder, n) => sampleObject(n, { folder, hidden: n % 2 === 0 }));
      const gone = sampleObject(50, { folder: "/gone" }, { removed: true });
      const other = sampleObject(51, { folder: "/other" }, { project: two });
      await putObjects(store, [...rows, gone, other, projectRow(one, { folder: "/" })]);
      expectEqual(await store.subfolders(one, "/"), ["/a", "/a!", "/a-b", "/a0", "/b", "/ü"]);
      expectEqual(await store.subfolders(one, "/a"), ["/a/b"]);
      expectEqual(await store.subfolders(one, "/a/b"), ["/a/b/c"]);
      expectEqual(await store.subfolders(one, "/b/x/y"), []);
      expectEqual(await store.subfolders(one, "/none"), []);
      expectEqual(await store.subfolders(two, "/"), ["/other"]);
    },
  },
  {
    name: "a write sees the listed objects of a folder and below it, as the writes before it left them",
    async run(world) {
      const store = await world.open();
      const rows = ["/", "/a", "/a/b", "/ab"].map((folder, n) => sampleObject(n, { folder }));
      await putObjects(store, [...rows, sampleObject(9, { folder: "/a" }, { removed: true })]);
      const numbers = (folder: string, limit?: number): Write<readonly number[]> => {
        const subtree: Subtree = {
          project: one,
          folder,
          ...(limit === undefined ? {} : { limit }),
        };
        return {
          durability: "relaxed",
          reads: { subtrees: [subtree] },
          decide: (seen) => ({
            result: seen
              .within(subtree)
              .map(({ id }) => Number(id.slice(-4)))
              .sort((left, right) => left - right),
          }),
        };
      };
      expectEqual(await store.write(numbers("/a")), [1, 2]);
      expectEqual(await store.write(numbers("/")), [0, 1, 2, 3]);
      expectEqual(await store.write(numbers("/none")), []);
      expectEqual((await store.write(numbers("/a", 1))).length, 1);
      // All of one transaction, where the store can: what comes, goes and moves is seen at once.
      const [, , , , seen, one_, none] = await Promise.all([
        store.write(putting({ table: "objects", row: sampleObject(4, { folder: "/a/b/c" }) })),
        store.write(putting({ table: "objects", row: sampleObject(1, { folder: "/b" }) })),
        store.write(putting({ table: "objects", row: sampleObject(3, { folder: "/a" }) })),
        store.write({
          durability: "relaxed",
          reads: {},
          decide: () => ({
            deletes: [{ table: "objects", key: sampleObject(2).key }],
            result: undefined,
          }),
        }),
        store.write(numbers("/a")),
        store.write(numbers("/b", 5)),
        store.write(numbers("/a/b/c/d", 1)),
      ]);
      expectEqual(seen, [3, 4]);
      expectEqual(one_, [1]);
      expectEqual(none, []);
    },
  },
  {
    name: "a write sees what folders of a project have moved, listed or not, as the writes before it left it",
    async run(world) {
      const store = await world.open();
      const relocations = [{ operation: 7, from: "/a", to: "/b", isApplied: true }] as const;
      const moved = (n: number, row: Partial<ObjectRow> = {}): ObjectRow => {
        return { ...sampleObject(n, { folder: "/b" }, row), relocations };
      };
      await putObjects(store, [
        moved(1),
        moved(2, { removed: true }),
        sampleObject(3, { folder: "/b" }),
        moved(4, { project: two }),
        moved(5),
      ]);
      const numbers: Write<readonly number[]> = {
        durability: "relaxed",
        reads: { relocated: [one] },
        decide: (seen) => ({
          result: seen
            .relocated(one)
            .map(({ id }) => Number(id.slice(-4)))
            .sort((left, right) => left - right),
        }),
      };
      expectEqual(await store.write(numbers), [1, 2, 5]);
      const [, , seen] = await Promise.all([
        store.write(putting({ table: "objects", row: sampleObject(1, { folder: "/a" }) })),
        store.write(putting({ table: "objects", row: moved(6) })),
        store.write(numbers),
      ]);
      expectEqual(seen, [2, 5, 6]);
    },
  },
  {
    name: "find knows an object by its provisional id, its real id, and both at once",
    async run(world) {
      const store = await world.open();
      const local = sampleObject(1, {}, { realId: sampleRealId(1) });
      const pulled = sampleObject(2, {}, { id: sampleRealId(2), realId: sampleRealId(2) });
      const copy = sampleObject(
        2,
        {},
        { id: sampleRealId(2), realId: sampleRealId(2), project: two },
      );
      await putObjects(store, [local, pulled, copy]);
      await put(store, {
        table: "aliases",
        row: { version: 1, local: local.id as never, id: sampleRealId(1), project: one },
      });
      const found = async (query: FindQuery): Promise<string[]> =>
        (await store.find(query)).map(({ key }) => key);
      expectEqual(await found({ id: [sampleRealId(1)] }), [local.key]);
      expectEqual(await found({ id: [sampleProvisionalId(1)] }), [local.key]);
      expectEqual(await found({ id: [sampleProvisionalId(1), sampleRealId(1)] }), [local.key]);
      expectEqual(await found({ id: [sampleRealId(2)] }), [pulled.key, copy.key]);
      expectEqual(await found({ id: [sampleRealId(2)], scope: { project: two } }), [copy.key]);
      expectEqual(await found({ id: [sampleRealId(9)] }), []);
      expectEqual(await found({ id: [] }), []);
    },
  },
  {
    name: "find and countFound do not see what is being removed, and get does",
    async run(world) {
      const store = await world.open();
      const view = { folder: "/a", types: ["x"], tags: ["y"], links: [sampleRealId(1)] };
      const details = JSON.stringify({ text: "long".repeat(20_000) }) as JsonText;
      const removed = { removed: true, pending: 1, realId: sampleRealId(7) } as const;
      const listed = [sampleObject(1, view), sampleObject(2, { ...view, details })];
      const gone = [sampleObject(1, view, removed), sampleObject(2, { ...view, details }, removed)];
      const queries: readonly FindQuery[] = [
        {},
        { id: listed.map(({ id }) => id) },
        { scope: { project: one } },
        { scope: { project: one, folder: "/a", recurse: false } },
        { scope: { project: one, folder: "/a" } },
        { type: "x" },
        { tags: "y" },
        { link: sampleRealId(1) },
        { sortBy: { field: "created", ordering: "ascending" }, scope: { project: one } },
      ];
      for (const [rows, count] of [
        [listed, 2],
        [gone, 0],
        [listed, 2],
      ] as const) {
        await putObjects(store, rows);
        for (const query of queries) {
          expectEqual((await store.find(query)).length, count, JSON.stringify(query));
          expectEqual(await store.countFound(query), count, JSON.stringify(query));
        }
        const keys = rows.map(({ key }) => key);
        expectEqual(await store.get("objects", keys), rows);
      }
    },
  },
  {
    name: "find follows an object that changes what it was found by",
    async run(world) {
      const store = await world.open();
      const before = { folder: "/a", types: ["x"], tags: ["x"], links: [sampleRealId(1)] };
      const after = { folder: "/b", types: ["y"], tags: [], links: [sampleRealId(2)] };
      await putObjects(store, [sampleObject(1, before)]);
      await putObjects(store, [sampleObject(1, after)]);
      const queries: readonly FindQuery[] = [
        { scope: { project: one, folder: "/a", recurse: false } },
        { type: "x" },
        { tags: "x" },
        { link: sampleRealId(1) },
      ];
      for (const query of queries) expectEqual(await store.find(query), [], JSON.stringify(query));
      expectEqual(await foundNumbers(store, { type: "y", link: sampleRealId(2) }), [1]);
    },
  },
  {
    name: "find answers nothing to a range of times that is empty or has no end",
    async run(world) {
      const store = await world.open();
      await putObjects(store, [sampleObject(1, { modified: 5 }), sampleObject(2, { modified: 9 })]);
      const scopes = [
        {},
        { scope: { project: one } },
        { scope: { project: one, folder: "/", recurse: false } },
      ];
      for (const scope of scopes) {
        const found = (modified: FindQuery["modified"]): Promise<number[]> =>
          foundNumbers(store, { ...scope, ...(modified && { modified }) });
        expectEqual(await found({ after: 9, before: 5 }), []);
        expectEqual(await store.countFound({ ...scope, modified: { after: 9, before: 5 } }), 0);
        expectEqual(await found({ after: 5, before: 5 }), [1]);
        expectEqual(await found({ before: 8 }), [1]);
        expectEqual(await found({ after: 6 }), [2]);
      }
    },
  },
  {
    name: "find pages through more rows than one read takes, each row once",
    async run(world) {
      const store = await world.open();
      const rows = Array.from({ length: 1_300 }, (_, n) =>
        sampleObject(n, {
          modified: Math.floor(n / 700),
          tags: ["all"],
          folder: n % 2 ? "/a" : "/b",
          name: n % 600 === 0 ? "rare" : "common",
        }),
      );
      await putObjects(store, rows);
      const expected = [...rows].sort(compareRows({})).map(({ key }) => key);
      for (const query of [{}, { tags: "all" }, { scope: { project: one } }] as const) {
        const pages: string[] = [];
        for (let offset = 0; offset < 1_300; offset += 450) {
          pages.push(...(await store.find({ ...query, offset, limit: 450 })).map(({ key }) => key));
        }
        expectEqual(pages, expected, JSON.stringify(query));
        expectEqual(await store.countFound(query), 1_300);
      }
      for (const scope of [undefined, { project: one }, { project: one, folder: "/b" }]) {
        const rare = { name: "rare", limit: 2, ...(scope && { scope }) };
        expectEqual(await foundNumbers(store, rare), [1_200, 0], JSON.stringify(rare));
        expectEqual(await foundNumbers(store, { ...rare, offset: 2 }), [600]);
        expectEqual(await store.countFound(rare), 3);
      }
    },
  },
  {
    name: "find answers every query as the plain definition does",
    async run(world) {
      const store = await world.open();
      const rows = Array.from({ length: 150 }, (_, n) => randomRow(n));
      await putObjects(store, rows);
      await put(store, ...rows.flatMap(aliasOf));
      for (let n = 0; n < 100; n++) {
        const query = randomQuery(n);
        const what = JSON.stringify(query);
        const { offset = 0, limit = 1_000 } = query;
        const expected = rows.filter(compileQuery(query)).sort(compareRows(query));
        const keys = expected.slice(offset, offset + limit).map(({ key }) => key);
        expectEqual(
          (await store.find(query)).map(({ key }) => key),
          keys,
          what,
        );
        expectEqual(await store.countFound(query), expected.length, `count of ${what}`);
      }
    },
  },
];

async function putObjects(store: Store, rows: readonly ObjectRow[]): Promise<void> {
  await put(store, ...rows.map((row): Put => ({ table: "objects", row })));
}

/** The sample numbers of what is found. */
async function foundNumbers(store: Store, query: FindQuery): Promise<number[]> {
  return (await store.find(query)).map((row) => Number(row.id.slice(-6)));
}

const random = seededRandom("store-conformance");

function chance(entity: string): number {
  return random.fraction(entity);
}

function pick<Item>(items: readonly Item[], entity: string): Item {
  return items[Math.floor(chance(entity) * items.length)] as Item;
}

function some<Item>(items: readonly Item[], entity: string): Item[] {
  return items.filter((_, index) => chance(`${entity}/${index}`) < 0.4);
}

function randomRow(n: number): ObjectRow {
  const at = (field: string): string => `row:${n}:${field}`;
  const isReal = chance(at("real")) < 0.5;
  const view: Partial<ObjectState> = {
    name: chance(at("unnamed")) < 0.2 ? null : pick(names, at("name")),
    folder: pick(folders, at("folder")),
    state: pick(["open", "closing", "closed", "abandoned"], at("state")),
    hidden: chance(at("hidden")) < 0.3,
    types: some(names, at("types")),
    tags: some(names, at("tags")),
    properties: Object.fromEntries(
      some(names, at("properties")).map((name) => [name, pick(names, at(name))]),
    ),
    links: some([1, 2, 3].map(sampleRealId), at("links")),
    created: Math.floor(chance(at("created")) * 20),
    modified: Math.floor(chance(at("modified")) * 20),
  };
  return sampleObject(n, view, {
    project: pick([one, two], at("project")),
    ...(isReal ? { realId: sampleRealId(1_000 - n) } : {}),
    ...(isReal && n % 2 === 0 ? { id: sampleRealId(1_000 - n) } : {}),
  });
}

/** As the acknowledgement of a create leaves one. */
function aliasOf({ id, project, realId }: ObjectRow): Put[] {
  if (realId === undefined || !isProvisionalId(id)) return [];
  return [{ table: "aliases", row: { version: 1, local: id, id: realId, project } }];
}

function randomQuery(n: number): FindQuery {
  const at = (field: string): string => `query:${n}:${field}`;
  const asks = (field: string, share = 0.25): boolean => chance(at(`asks ${field}`)) < share;
  return {
    ...(asks("class") ? { class: pick(["record", "file"] as const, at("class")) } : {}),
    ...(asks("state") ? { state: pick(["open", "closed", "any"] as const, at("state")) } : {}),
    ...(asks("visibility", 0.6)
      ? { visibility: pick(["visible", "hidden", "either"] as const, at("visibility")) }
      : {}),
    ...(asks("name")
      ? { name: pick(["x", { glob: "?" }, { regexp: "^X$", flags: "i" as const }], at("name")) }
      : {}),
    ...(asks("id", 0.1) ? { id: [1, 2, 3, 4, 5, 6].map((id) => sampleRealId(1_000 - id)) } : {}),
    ...(asks("type") ? { type: randomLogic(at("type"), 2) } : {}),
    ...(asks("tags") ? { tags: randomLogic(at("tags"), 2) } : {}),
    ...(asks("properties")
      ? { properties: { [pick(names, at("property"))]: pick(["x", true, false], at("condition")) } }
      : {}),
    ...(asks("link")
      ? { link: pick([sampleRealId(1), [1, 2].map(sampleRealId)], at("link")) }
      : {}),
    ...(asks("scope", 0.7)
      ? {
          scope: {
            project: pick([one, two], at("project")),
            ...(asks("folder", 0.8) ? { folder: pick(folders, at("folder")) } : {}),
            ...(asks("recurse", 0.6) ? { recurse: chance(at("recurse")) < 0.4 } : {}),
          },
        }
      : {}),
    ...(asks("modified") ? { modified: { after: 5, before: 12 } } : {}),
    ...(asks("created") ? { created: { after: 3 } } : {}),
    ...(asks("sortBy")
      ? {
          sortBy: {
            field: "created",
            ordering: pick(["ascending", "descending"] as const, at("ordering")),
          },
        }
      : {}),
    ...(asks("limit", 0.6) ? { limit: 1 + Math.floor(chance(at("limit")) * 20) } : {}),
    ...(asks("offset", 0.4) ? { offset: Math.floor(chance(at("offset")) * 15) } : {}),
  };
}

function randomLogic(entity: string, depth: number): Logic<string> {
  const kind = depth === 0 ? 0 : chance(`${entity}/kind`);
  if (kind < 0.5) return pick(names, entity);
  const parts = [0, 1].map((part) => randomLogic(`${entity}/${part}`, depth - 1));
  return kind < 0.75 ? { $and: parts } : { $or: parts };
}
