import { describe, expect, test } from "vitest";
import {
  countConditions,
  type Filter,
  isFiltering,
  noFilter,
  termsOf,
  toPredicate,
} from "./filter.ts";
import type { Sample } from "./sample.ts";
import { sampleOf } from "./sample.test-support.ts";

const samples: readonly Sample[] = [
  sampleOf("HG00096", { properties: { pop: "GBR", gender: "male" }, tags: ["urgent"] }),
  sampleOf("HG00097", { properties: { pop: "GBR", gender: "female" }, state: "closed" }),
  sampleOf("NA12878", { properties: { pop: "CEU", note: "" }, types: ["Control"], pending: 1 }),
];

function found(filter: Partial<Filter>, sending: ReadonlySet<string> = new Set()): string[] {
  const predicate = toPredicate({ ...noFilter, ...filter }, sending);
  return samples.filter((sample) => predicate(sample)).map((sample) => sample.name);
}

describe("searching by words", () => {
  test.each([
    ["", ["HG00096", "HG00097", "NA12878"]],
    ["hg0", ["HG00096", "HG00097"]],
    ["hg0 female", ["HG00097"]],
    ["urgent", ["HG00096"]],
    ["record-na12878", ["NA12878"]],
    ["pop:ceu", ["NA12878"]],
    ["POP:gbr gender:male", ["HG00096", "HG00097"]],
    ['gender:"male"', ["HG00096", "HG00097"]],
    ["state:closed", ["HG00097"]],
    ["type:control", ["NA12878"]],
    ["tag:urg", ["HG00096"]],
    ["nowhere:1", []],
    ["pop:", []],
  ])("%j finds what holds all of them", (text, names) => {
    expect(found({ text })).toEqual(names);
  });

  test("a word in quotation marks keeps its spaces", () => {
    expect(termsOf('"left arm" tissue:"fresh blood" x')).toEqual([
      { key: undefined, value: "left arm" },
      { key: "tissue", value: "fresh blood" },
      { key: undefined, value: "x" },
    ]);
  });

  test("an open quotation mark does not hide what is being typed", () => {
    expect(termsOf('tissue:"fresh bl')).toEqual([{ key: "tissue", value: "fresh bl" }]);
  });
});

describe("filtering by conditions", () => {
  test("state, type and tag are exact", () => {
    expect(found({ state: "open" })).toEqual(["HG00096", "NA12878"]);
    expect(found({ type: "Sample" })).toEqual(["HG00096", "HG00097"]);
    expect(found({ tag: "urg" })).toEqual([]);
  });

  test("a property is asked for its value, an empty one too, or for being there", () => {
    expect(found({ property: { key: "pop", value: "GBR" } })).toEqual(["HG00096", "HG00097"]);
    expect(found({ property: { key: "note", value: "" } })).toEqual(["NA12878"]);
    expect(found({ property: { key: "gender", value: undefined } })).toEqual([
      "HG00096",
      "HG00097",
    ]);
  });

  test("a property of everything built in is not there", () => {
    expect(found({ property: { key: "toString", value: undefined } })).toEqual([]);
  });

  test("how far the changes have come follows what is being sent", () => {
    expect(found({ keeping: "stored" })).toEqual(["NA12878"]);
    expect(found({ keeping: "sent" }, new Set(["NA12878"]))).toEqual(["NA12878"]);
    expect(found({ keeping: "confirmed" })).toEqual(["HG00096", "HG00097"]);
  });

  test("conditions are counted without the words", () => {
    const filter = { ...noFilter, text: "a", state: "open", tag: "x" };
    expect(countConditions(filter)).toBe(2);
    expect(isFiltering(filter)).toBe(true);
    expect(isFiltering({ ...noFilter, text: " " })).toBe(false);
  });
});
