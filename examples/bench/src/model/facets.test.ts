import { expect, test } from "vitest";
import { facetsOf } from "./facets.ts";
import { sampleOf } from "./sample.test-support.ts";

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

test("a property in which nearly every sample differs offers no values", () => {
  const samples = Array.from({ length: 150 }, (_, index) =>
    sampleOf(`${index}`, { properties: { barcode: `B${index}` } }),
  );
  expect(facetsOf(samples).properties).toEqual([{ key: "barcode", count: 150, values: [] }]);
});
