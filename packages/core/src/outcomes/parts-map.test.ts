import { expect, test } from "vitest";
import { contentOfDescribe, fromPartsMap } from "./parts-map.ts";

const md5 = "d41d8cd98f00b204e9800998ecf8427e";
const closed = { project: "project-1", state: "closed" };

test("parts come in the order of their numbers, and one without a state is complete", () => {
  expect(
    fromPartsMap({
      "10": { size: 1, md5, state: "pending" },
      "9": { size: 2, md5 },
    }),
  ).toEqual([
    { index: 9, size: 2, md5, state: "complete" },
    { index: 10, size: 1, md5, state: "pending" },
  ]);
});

test.each([
  ["no map", null],
  ["an index that is none", { "01": { size: 1, md5 } }],
  ["a part that is none", { "1": "complete" }],
  ["a state that nobody knows", { "1": { size: 1, md5, state: "lost" } }],
])("%s is no parts map", (_, parts) => {
  expect(fromPartsMap(parts)).toBeUndefined();
});

test("a closed file tells what its content is made of", () => {
  const parts = { "1": { size: 5, md5 }, "3": { size: 1, md5, state: "complete" } };
  expect(contentOfDescribe({ ...closed, size: 6, parts })?.parts).toEqual([
    { index: 1, size: 5, md5 },
    { index: 3, size: 1, md5 },
  ]);
  expect(contentOfDescribe({ ...closed, size: 0, parts: {} })?.parts).toEqual([]);
});

test("content that lies elsewhere is one part", () => {
  expect(contentOfDescribe({ ...closed, size: 9, md5, parts: {} })?.parts).toEqual([
    { index: 1, size: 9, md5 },
  ]);
});

test.each([
  ["of a file that is not closed", { state: "open", parts: { "1": { size: 5, md5 } } }],
  ["with a part that has no MD5", { parts: { "1": { size: 5 } } }],
  ["with a part that is not complete", { parts: { "1": { size: 5, md5, state: "pending" } } }],
  ["elsewhere without an MD5", { size: 9, parts: {} }],
])("content %s has no parts that could be verified", (_, body) => {
  expect(contentOfDescribe({ ...closed, ...body })).toMatchObject({ parts: undefined });
});

test("what is no describe answer tells nothing", () => {
  expect(contentOfDescribe({ state: "closed", parts: {} })).toBeUndefined();
  expect(contentOfDescribe({ ...closed, parts: [] })).toBeUndefined();
});
