import { type Holdfast, HoldfastError, type RecordInput } from "holdfast";
import { describe, expect, test } from "vitest";
import { compareSheet, type KnownSample } from "../sheet/compare-sheet.ts";
import type { SheetSample } from "../sheet/sheet.ts";
import { countWrites, type ImportPlan, importSamples, type KnownPolicy } from "./import-samples.ts";

const samples: readonly SheetSample[] = [
  { row: 2, name: "S-1", properties: { pop: "GBR" }, tags: [] },
  { row: 3, name: "S-2", properties: { pop: "FIN" }, tags: ["x"] },
  { row: 4, name: "S-3", properties: { pop: "CEU" }, tags: [] },
];
const known: readonly KnownSample[] = [
  { key: "1", name: "S-1", properties: { pop: "GBR" } },
  { key: "2", name: "S-2", properties: { pop: "GBR" } },
];

function planOf(policy: KnownPolicy): ImportPlan {
  const comparison = compareSheet(samples, known);
  return { project: "project-1", fileName: "run-7.csv", samples, comparison, policy };
}

/** Writes down what is asked of the store. */
function store(): {
  readonly holdfast: Pick<Holdfast, "records" | "objects">;
  readonly created: RecordInput[];
  readonly edited: unknown[];
} {
  const created: RecordInput[] = [];
  const edited: unknown[] = [];
  const holdfast = {
    records: {
      createMany: async (inputs: readonly RecordInput[]) => void created.push(...inputs),
    },
    objects: {
      editMany: async (edits: readonly { readonly object: string }[]) => {
        edited.push(...edits);
        return edits.map(({ object }) => ({ object, receipt: {} }));
      },
    },
  } as unknown as Pick<Holdfast, "records" | "objects">;
  return { holdfast, created, edited };
}

const quiet = { onProgress: (): void => {} };

describe("importing a sheet of which some is known", () => {
  test("skips what is known", async () => {
    const { holdfast, created, edited } = store();
    const result = await importSamples(holdfast, planOf("skip"), quiet);
    expect(created.map(({ name }) => name)).toEqual(["S-3"]);
    expect(edited).toEqual([]);
    expect(result).toEqual({ created: 1, updated: 0, skipped: 2, refusals: [] });
    expect(countWrites(planOf("skip"))).toBe(1);
  });

  test("brings up to date what differs", async () => {
    const { holdfast, edited } = store();
    const result = await importSamples(holdfast, planOf("update"), quiet);
    expect(edited).toEqual([{ object: "2", kind: "setProperties", properties: { pop: "FIN" } }]);
    expect(result).toEqual({ created: 1, updated: 1, skipped: 1, refusals: [] });
    expect(countWrites(planOf("update"))).toBe(2);
  });

  test("makes all again where that is wanted", async () => {
    const { holdfast, created } = store();
    await importSamples(holdfast, planOf("again"), quiet);
    expect(created).toHaveLength(3);
    expect(countWrites(planOf("again"))).toBe(3);
  });
});

test("an imported sample says where it comes from", async () => {
  const { holdfast, created } = store();
  await importSamples(holdfast, planOf("again"), quiet);
  expect(created[1]).toEqual({
    project: "project-1",
    folder: "/samples",
    parents: true,
    name: "S-2",
    types: ["Sample"],
    tags: ["x"],
    properties: { pop: "FIN" },
    details: { sheet: "run-7.csv", row: 3 },
  });
});

test("a store that refuses the new ones is heard, and nothing known is touched", async () => {
  const { holdfast, edited } = store();
  const full = new HoldfastError({ code: "StorageQuota", message: "The device is full." });
  const refusing = { ...holdfast, records: { createMany: () => Promise.reject(full) } };
  await expect(
    importSamples(refusing as unknown as typeof holdfast, planOf("update"), quiet),
  ).rejects.toBe(full);
  expect(edited).toEqual([]);
});
