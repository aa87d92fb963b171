import { expect, test } from "vitest";
import { createFacetCounter, type Facets } from "./facets.ts";
import type { Sample } from "./sample.ts";
import { sampleOf } from "./sample.test-support.ts";

function mapOf(samples: readonly Sample[]): ReadonlyMap<string, Sample> {
  return new Map(samples.map((sample) => [sample.key, sample]));
}

function facetsOf(samples: readonly Sample[]): Facets {
  return createFacetCounter().count(mapOf(samples));
}

test("facets count what there is, the most frequent first", () => {
  const facets = facetsOf([
    sampleOf("1", { properties: { pop: "FIN" }, tags: ["x"] }),
    sampleOf("2", { properties: { pop: "GBR", sex: "f" } }),
    sampleOf("3", { properties: { pop: "GBR" }, state: "closed" }),
  ]);
  expect(facets.states).toEqual([
    { value: "open", count: 2 },
    { value: "closed", count: 1 },
  ]);
  expect(facets.properties).toEqual([
    {
      key: "pop",
      count: 3,
      values: [
        { value: "GBR", count: 2 },
        { value: "FIN", count: 1 },
      ],
    },
    { key: "sex", count: 1, values: [{ value: "f", count: 1 }] },
  ]);
  expect(facets.tags).toEqual([{ value: "x", count: 1 }]);
});

test("columns keep their places while few samples differ", () => {
  const properties = { pop: "FIN", super_pop: "EUR", gender: "male" };
  const samples = ["1", "2", "3"].map((name) => sampleOf(name, { properties }));
  const rare = sampleOf("0", { properties: { note: "x", super_pop: "EUR" } });
  expect(facetsOf([rare, ...samples]).properties.map(({ key }) => key)).toEqual([
    "super_pop",
    "pop",
    "gender",
    "note",
  ]);
});

test("a property in which nearly every sample differs offers no values", () => {
  const samples = Array.from({ length: 150 }, (_, index) =>
    sampleOf(`${index}`, { properties: { barcode: `B${index}` } }),
  );
  expect(facetsOf(samples).properties).toEqual([{ key: "barcode", count: 150, values: [] }]);
});

test("what changes, comes and goes is counted as if everything were counted anew", () => {
  const counter = createFacetCounter();
  const first = [
    sampleOf("1", { properties: { pop: "FIN" }, tags: ["x"] }),
    sampleOf("2", { properties: { pop: "GBR" } }),
    sampleOf("3", { properties: { note: "only here" } }),
  ];
  counter.count(mapOf(first));
  const second = [
    sampleOf("1", { properties: { pop: "CEU" }, state: "closed" }),
    ...first.slice(1, 2),
    sampleOf("4", { types: ["Control"] }),
  ];
  expect(counter.count(mapOf(second))).toEqual(facetsOf(second));
});
