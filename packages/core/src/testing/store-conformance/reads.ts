import type { ContentRow } from "../../content.ts";
import type { JsonText } from "../../json.ts";
import type { ContentName, ObjectId, ProvisionalId } from "../../ids.ts";
import type { AliasRow, Put, Scan } from "../../store.ts";
import {
  sampleHistory,
  sampleJournal,
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
} from "../sample-rows.ts";
import { type ConformanceCase, expectEqual, put } from "./world.ts";

/** Larger than any single value may be stored, with characters of one, two and three bytes and a pair. */
function longText(megabytes: number): string {
  return "details 0123456789 é 漢 \u{1f9ec} ".repeat(Math.ceil((megabytes * 2 ** 20) / 28));
}

export const readCases: readonly ConformanceCase[] = [
  {
    name: "rows come in the order of the keys asked for, undefined where there is none",
    async run(world) {
      const store = await world.open();
      await put(store, ...[1, 2, 3].map((n): Put => ({ table: "objects", row: sampleObject(n) })));
      const keys = [3, 9, 1, 3].map(sampleKey);
      expectEqual(
        (await store.get("objects", keys)).map((row) => row?.key),
        [sampleKey(3), undefined, sampleKey(1), sampleKey(3)],
      );
      expectEqual(await store.get("objects", []), []);
    },
  },
  {
    name: "every table keeps its rows as they were put",
    async run(world) {
      const store = await world.open();
      const alias = aliasRow(1);
      const content = contentRow(1);
      const identity = {
        version: 1,
        name: "identity",
        host: "h",
        user: "user-ada",
        madeAt: 1,
      } as const;
      await put(
        store,
        { table: "outbox", row: sampleOutbox(1, sampleKey(1), { alone: true, request: 2 }) },
        { table: "journal", row: sampleJournal(2) },
        { table: "history", row: sampleHistory(3) },
        { table: "aliases", row: alias },
        { table: "contents", row: content },
        { table: "meta", row: identity },
      );
      expectEqual(await store.get("outbox", [1]), [
        sampleOutbox(1, sampleKey(1), { alone: true, request: 2 }),
      ]);
      expectEqual(await store.get("journal", [2]), [sampleJournal(2)]);
      expectEqual(await store.get("history", [3]), [sampleHistory(3)]);
      expectEqual(await store.get("aliases", [alias.local]), [alias]);
      expectEqual(await store.get("contents", [content.name]), [content]);
      expectEqual(await store.contents(), [content]);
      expectEqual(await store.get("meta", ["identity", "lease"]), [identity, undefined]);
      for (const table of ["outbox", "journal", "history", "aliases", "meta"] as const) {
        expectEqual(await store.count(table), 1, table);
      }
    },
  },
  {
    name: "another store sees what a resolved write left",
    async run(world) {
      const [store, other] = [await world.open(), await world.open()];
      await put(store, { table: "objects", row: sampleObject(1) });
      expectEqual(await other.get("objects", [sampleKey(1)]), [sampleObject(1)]);
      expectEqual(await other.count("objects"), 1);
    },
  },
  {
    name: "lanes hold their own rows in the order of the numbers",
    async run(world) {
      const store = await world.open();
      const [first, second] = [sampleKey(1), sampleKey(2)];
      for (const [sequence, lane] of [
        [100, first],
        [9, first],
        [10, second],
        [11, first],
      ] as const) {
        await put(store, { table: "outbox", row: sampleOutbox(sequence, lane) });
      }
      const lanes = await store.lanes([second, sampleKey(3), first]);
      expectEqual(
        lanes.map((lane) => lane.map(({ sequence }) => sequence)),
        [[10], [], [9, 11, 100]],
      );
    },
  },
  {
    name: "a scan goes up or down the numbers, from after one, at most so many",
    async run(world) {
      const store = await world.open();
      const numbers = [100, 9, 10, 1];
      await put(
        store,
        ...numbers.flatMap((n): Put[] => [
          { table: "outbox", row: sampleOutbox(n, sampleKey(n)) },
          { table: "journal", row: sampleJournal(n) },
          { table: "history", row: sampleHistory(n) },
        ]),
      );
      const scanned = async (scan: Scan): Promise<number[][]> => [
        (await store.scan("outbox", scan)).map((row) => row.sequence),
        (await store.scan("journal", scan)).map((row) => row.number),
        (await store.scan("history", scan)).map((row) => row.sequence),
      ];
      expectEqual(await scanned({ limit: 1_000 }), Array(3).fill([1, 9, 10, 100]));
      expectEqual(await scanned({ limit: 2, after: 1 }), Array(3).fill([9, 10]));
      expectEqual(await scanned({ limit: 2, after: 100 }), Array(3).fill([]));
      const newestFirst = true;
      expectEqual(await scanned({ limit: 10, newestFirst }), Array(3).fill([100, 10, 9, 1]));
      expectEqual(await scanned({ limit: 2, after: 100, newestFirst }), Array(3).fill([10, 9]));
      expectEqual(await scanned({ limit: 2, after: 1, newestFirst }), Array(3).fill([]));
      for (const limit of [0, 1_001, 1.5, Number.NaN]) {
        const [outcome] = await Promise.allSettled([store.scan("outbox", { limit })]);
        expectEqual(outcome?.status, "rejected", `limit ${limit}`);
      }
    },
  },
  {
    name: "aliases are found by the real id",
    async run(world) {
      const store = await world.open();
      await put(store, ...[1, 2].map((n): Put => ({ table: "aliases", row: aliasRow(n) })));
      expectEqual(await store.aliasesOf([2, 3, 1].map(sampleRealId)), [
        aliasRow(2),
        undefined,
        aliasRow(1),
      ]);
    },
  },
  {
    name: "large details and bodies come back whole by every way of reading, and shrink and go again",
    async run(world) {
      const store = await world.open();
      const details = JSON.stringify({ text: longText(8) }) as JsonText;
      const body = JSON.stringify({ text: longText(9) });
      const object = sampleObject(
        1,
        { details },
        { base: sampleObject(1, { details: "{}" as JsonText }).view, pending: 1 },
      );
      const operation = sampleOutbox(1, sampleKey(1), {
        operation: { kind: "setDetails", details },
      });
      await put(
        store,
        { table: "objects", row: object },
        { table: "outbox", row: operation },
        { table: "journal", row: sampleJournal(2, { body }) },
      );
      expectEqual(await store.get("objects", [sampleKey(1)]), [object]);
      expectEqual(await store.find({}), [object]);
      expectEqual(await store.get("outbox", [1]), [operation]);
      expectEqual(await store.lanes([sampleKey(1)]), [[operation]]);
      expectEqual(await store.scan("outbox", { limit: 10 }), [operation]);
      expectEqual(await store.scan("journal", { limit: 10 }), [sampleJournal(2, { body })]);
      const seen = await store.write({
        durability: "strict",
        reads: { objects: [sampleKey(1)], lanes: [sampleKey(1)], journal: [2] },
        decide: (rows) => ({
          puts: [{ table: "objects", row: sampleObject(1) }],
          deletes: [
            { table: "outbox", key: 1 },
            { table: "journal", key: 2 },
          ],
          result: [
            rows.object(sampleKey(1))?.view.details.length,
            rows.lane(sampleKey(1)).length,
            rows.journal(2)?.body.length,
          ],
        }),
      });
      expectEqual(seen, [details.length, 1, body.length]);
      expectEqual(await store.get("objects", [sampleKey(1)]), [sampleObject(1)]);
      expectEqual(await store.get("journal", [2]), [undefined]);
    },
  },
  {
    name: "a row with many long tags and properties comes back whole",
    async run(world) {
      const store = await world.open();
      const many = Array.from({ length: 400 }, (_, n) => `${n}-${"é".repeat(90)}`);
      const row = sampleObject(1, {
        tags: many,
        types: many,
        links: many,
        properties: Object.fromEntries(many.map((name) => [name, "漢".repeat(230)])),
      });
      await put(store, { table: "objects", row });
      expectEqual(await store.get("objects", [sampleKey(1)]), [row]);
      expectEqual(await store.find({ tags: many[399] as string }), [row]);
    },
  },
];

function aliasRow(n: number): AliasRow {
  return {
    version: 1,
    local: sampleProvisionalId(n) as ObjectId as ProvisionalId,
    id: sampleRealId(n),
    project: sampleProject(),
  };
}

/** Of a file of 10,000 parts: larger than any single value may be stored. */
function contentRow(n: number): ContentRow {
  return {
    version: 1,
    name: `content-${String(n).padStart(20, "0")}` as ContentName,
    file: sampleKey(n),
    origin: "device",
    state: "whole",
    parts: Array.from({ length: 10_000 }, (_, at) => ({
      index: at + 1,
      size: 8 * 2 ** 20,
      md5: "d41d8cd98f00b204e9800998ecf8427e",
    })),
    madeAt: 1_767_225_600_000,
    usedAt: 1_767_225_600_000,
  };
}
