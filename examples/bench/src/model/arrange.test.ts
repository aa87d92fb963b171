import { describe, expect, test } from "vitest";
import { arrange, firstSort, type Sort, toggledSort } from "./arrange.ts";
import type { Sample } from "./sample.ts";
import { sampleOf } from "./sample.test-support.ts";

function mapOf(...samples: readonly Sample[]): ReadonlyMap<string, Sample> {
  return new Map(samples.map((sample) => [sample.key, sample]));
}

function names(samples: readonly Sample[]): string[] {
  return samples.map((sample) => sample.name);
}

describe("the order of the list", () => {
  test("counts numbers in names as numbers", () => {
    const samples = mapOf(sampleOf("S-100"), sampleOf("S-9"), sampleOf("S-10"));
    expect(names(arrange(samples, firstSort, []))).toEqual(["S-9", "S-10", "S-100"]);
  });

  test("puts samples without the property last, and those of one value by name", () => {
    const samples = mapOf(
      sampleOf("S-3"),
      sampleOf("S-2", { properties: { pop: "GBR" } }),
      sampleOf("S-1", { properties: { pop: "GBR" } }),
      sampleOf("S-4", { properties: { pop: "CEU" } }),
    );
    const sort: Sort = { field: { property: "pop" }, descending: false };
    expect(names(arrange(samples, sort, []))).toEqual(["S-4", "S-1", "S-2", "S-3"]);
  });

  test("follows the order before, with what came, went and changed", () => {
    const before = arrange(mapOf(sampleOf("A"), sampleOf("B"), sampleOf("C")), firstSort, []);
    const renamed = { ...sampleOf("A"), name: "D" };
    const after = arrange(mapOf(renamed, sampleOf("C"), sampleOf("BB")), firstSort, before);
    expect(names(after)).toEqual(["BB", "C", "D"]);
  });

  test("is the same whether it was built at once or step by step", () => {
    const all = Array.from({ length: 60 }, (_, index) =>
      sampleOf(`S-${(index * 37) % 60}`, { properties: { pop: `P${(index * 7) % 5}` } }),
    );
    for (const descending of [false, true]) {
      const sort: Sort = { field: { property: "pop" }, descending };
      let stepped: readonly Sample[] = [];
      for (let count = 7; count <= all.length + 7; count += 7) {
        stepped = arrange(mapOf(...all.slice(0, count)), sort, stepped);
      }
      expect(names(stepped)).toEqual(names(arrange(mapOf(...all), sort, [])));
    }
  });

  test("is turned round by a second click on the same heading", () => {
    const byPop = toggledSort(firstSort, { property: "pop" });
    expect(byPop).toEqual({ field: { property: "pop" }, descending: false });
    expect(toggledSort(byPop, { property: "pop" })).toMatchObject({ descending: true });
    expect(toggledSort(byPop, "name")).toEqual({ field: "name", descending: false });
  });
});
