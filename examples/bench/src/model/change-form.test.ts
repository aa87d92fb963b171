import type { OutboxEntry } from "holdfast";
import { describe, expect, test } from "vitest";
import { changeOf, fieldsOf } from "./change-form.ts";

type Operation = OutboxEntry["operation"];

const create = {
  kind: "create",
  class: "record",
  input: {
    name: "S-1",
    folder: "/x",
    parents: false,
    types: ["Sample"],
    tags: ["a", "b"],
    properties: { pop: "GBR" },
    details: '{"n":1.10}',
    hidden: false,
    close: false,
  },
} as unknown as Operation;

describe("changing an operation in a form", () => {
  test("shows the input as a person writes it", () => {
    expect(fieldsOf(create).map(({ text }) => text)).toEqual([
      "S-1",
      "/x",
      "Sample",
      "a, b",
      "pop: GBR",
      '{"n":1.10}',
    ]);
    expect(fieldsOf({ kind: "close" })).toEqual([]);
  });

  test("asks for what was changed, and nothing else", () => {
    const fields = fieldsOf(create);
    expect(changeOf(fields, {})).toEqual({});
    expect(changeOf(fields, { name: "S-1", tags: "a, c ," })).toEqual({ tags: ["a", "c"] });
    expect(changeOf(fields, { name: " S-2 ", details: '{"n":1.20}' })).toEqual({
      name: "S-2",
      detailsText: '{"n":1.20}',
    });
  });

  test("reads properties line by line; a key alone removes", () => {
    const fields = fieldsOf({ kind: "setProperties", properties: { pop: "GBR", sex: null } });
    expect(fields[0]?.text).toBe("pop: GBR\nsex");
    expect(changeOf(fields, { properties: "pop: a: b\n\nsex\n" })).toEqual({
      properties: { pop: "a: b", sex: null },
    });
  });

  test("says what is wrong with details that are no JSON", () => {
    const fields = fieldsOf({ kind: "setDetails", details: "{}" as never });
    expect(() => changeOf(fields, { details: "{" })).toThrow(/not JSON/);
  });
});
