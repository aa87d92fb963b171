import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProvisionalId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import type { JournalRow } from "../journal.ts";
import type { Operation, OutboxRow } from "../operation.ts";
import { planLane } from "./plan.ts";
import { expectationOf, toJournalRow } from "./request-body.ts";
import { createInput } from "../objects/rules.test-support.ts";
import { emptyInput } from "../settling/replay.test-support.ts";
import {
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
} from "../testing/sample-rows.ts";

const own = sampleProvisionalId(1);
const other = sampleProvisionalId(2) as ProvisionalId;
const stamp = {
  number: 9,
  epoch: 3,
  firstAttempt: { wallAt: 1, monotonicAt: 2, process: "test" },
};

function journalled(operation: Operation): JournalRow {
  const isCreate = operation.kind === "create";
  const row: OutboxRow = sampleOutbox(1, sampleKey(1), {
    operation,
    ...(isCreate ? { create: { nonce: "the nonce", key: "the key" } } : undefined),
  });
  const object = sampleObject(1, {}, isCreate ? {} : { realId: sampleRealId(1) });
  const [planned] = planLane([row], object);
  if (planned === undefined) throw new Error("nothing was planned");
  return toJournalRow(planned, { object, realIdOf: () => sampleRealId(2) }, stamp);
}

const project = sampleProject();
const at = `/${sampleRealId(1)}`;

describe("a journalled request", () => {
  test("of a create says no more than is given, with its key and nonce", () => {
    expect(journalled({ kind: "create", class: "record", input: emptyInput })).toEqual({
      version: 1,
      number: 9,
      path: "/record/new",
      body: `{"project":"${project}","folder":"/","properties":{".holdfast-key":"the key"},"nonce":"the nonce"}`,
      nonce: "the nonce",
      key: "the key",
      lane: sampleKey(1),
      operations: [1],
      epoch: 3,
      firstAttempt: stamp.firstAttempt,
    });
  });

  test("of a create says all that is given, and keeps every digit of its details", () => {
    const { body } = journalled({
      kind: "create",
      class: "record",
      input: {
        name: 'n"1',
        folder: "/a",
        parents: true,
        types: ["T"],
        tags: ["t"],
        properties: { of: other },
        details:
          `{ "big": 12345678901234567890.10, "to": {"$dnanexus_link": "${other}"} }` as JsonText,
        hidden: true,
        close: true,
      },
    });
    expect(body).toBe(
      `{"project":"${project}","name":"n\\"1","folder":"/a","parents":true,"types":["T"],"tags":["t"],` +
        `"properties":{"of":"${sampleRealId(2)}",".holdfast-key":"the key"},` +
        `"details":{ "big": 12345678901234567890.10, "to": {"$dnanexus_link": "${sampleRealId(2)}"} },` +
        `"hidden":true,"close":true,"nonce":"the nonce"}`,
    );
    expect(() => JSON.parse(body) as unknown).not.toThrow();
  });

  test.each([
    [{ kind: "addTypes", types: ["T"] }, "addTypes", '{"types":["T"]}'],
    [{ kind: "removeTypes", types: ["T"] }, "removeTypes", '{"types":["T"]}'],
    [{ kind: "setDetails", details: '[1.0, "x"]' as JsonText }, "setDetails", '[1.0, "x"]'],
    [
      { kind: "setDetails", details: `["${own}"]` as JsonText },
      "setDetails",
      `["${sampleRealId(1)}"]`,
    ],
    [{ kind: "setVisibility", hidden: false }, "setVisibility", '{"hidden":false}'],
    [{ kind: "rename", name: "n" }, "rename", `{"project":"${project}","name":"n"}`],
    [
      { kind: "setProperties", properties: { a: null, b: other, c: own } },
      "setProperties",
      `{"project":"${project}","properties":{"a":null,"b":"${sampleRealId(2)}","c":"${sampleRealId(1)}"}}`,
    ],
    [{ kind: "addTags", tags: ["t"] }, "addTags", `{"project":"${project}","tags":["t"]}`],
    [{ kind: "removeTags", tags: ["t"] }, "removeTags", `{"project":"${project}","tags":["t"]}`],
    [{ kind: "close" }, "close", "{}"],
  ] as const)("of %o has the platform's route and input", (operation, method, body) => {
    const row = journalled(operation);
    expect(row).toMatchObject({ path: `${at}/${method}`, body });
    expect(row).not.toHaveProperty("nonce");
    expect(expectationOf(row)).toEqual({ method, class: "record", id: sampleRealId(1) });
  });

  test("never leaves with a provisional id", () => {
    const row = sampleOutbox(1, sampleKey(1), {
      operation: { kind: "rename", name: `for ${other}` },
    });
    const object = sampleObject(1, {}, { realId: sampleRealId(1) });
    const [planned] = planLane([row], object);
    const context = { object, realIdOf: () => undefined };
    expect(() => planned && toJournalRow(planned, context, stamp)).toThrow("no provisional id");
    const unnamed = { object: sampleObject(1), realIdOf: () => undefined };
    expect(() => planned && toJournalRow(planned, unnamed, stamp)).toThrow("has a real id");
  });

  test("is the same bytes every time, and says what the operation said", () => {
    fc.assert(
      fc.property(createInput, (given) => {
        const operation: Operation = { kind: "create", class: "record", input: given };
        const { body } = journalled(operation);
        expect(journalled(operation).body).toBe(body);
        const sent = JSON.parse(body) as Record<string, unknown>;
        expect({
          hidden: false,
          close: false,
          types: [],
          tags: [],
          details: {},
          ...sent,
        }).toMatchObject({
          folder: given.folder,
          hidden: given.hidden,
          close: given.close,
          details: JSON.parse(given.details) as unknown,
        });
      }),
    );
  });
});

test("a route that is none of ours is a bug", () => {
  for (const path of [
    "/",
    "/record/close",
    "/project-1/describe",
    `${at}/remove`,
    `${at}/move`,
    "/project-000000000000000000000001/close",
    "/applett/new",
  ]) {
    expect(() => expectationOf({ path, body: "{}", lane: sampleKey(1) })).toThrow(
      "Broken invariant",
    );
  }
  expect(expectationOf({ path: "/file/new", body: "{}", lane: sampleKey(1) })).toEqual({
    method: "new",
    class: "file",
  });
});
