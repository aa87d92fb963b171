import { describe, expect, test } from "vitest";
import { describeRow, referencesOfRow } from "./description.ts";
import type { ObjectId, ProvisionalId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import {
  sampleObject,
  sampleProvisionalId,
  sampleRealId,
  sampleState,
} from "../testing/sample-rows.ts";

const [own, target, unknown] = [1, 2, 3].map((n) => sampleProvisionalId(n)) as [
  ObjectId,
  ObjectId,
  ObjectId,
];
const realIdOf = (id: ProvisionalId): ObjectId | undefined =>
  (id as ObjectId) === target ? sampleRealId(2) : undefined;

describe("what an app sees", () => {
  test("of an unsent object is its view, under its provisional id", () => {
    const { created, modified } = sampleState();
    expect(
      describeRow(
        sampleObject(1, { name: null, types: ["A"] }, { pending: 2, parked: 1 }),
        realIdOf,
      ),
    ).toEqual({
      key: sampleObject(1).key,
      id: own,
      isProvisional: true,
      project: sampleObject(1).project,
      class: "record",
      name: own,
      folder: "/",
      state: "open",
      hidden: false,
      types: ["A"],
      tags: [],
      properties: {},
      details: {},
      links: [],
      created,
      modified,
      createdBy: { user: "user-ada" },
      pending: 2,
      parked: 1,
    });
  });

  test("of a known one carries its real id, which is its name where it has none", () => {
    const row = sampleObject(1, { name: null }, { realId: sampleRealId(1) });
    expect(describeRow(row, realIdOf)).toMatchObject({
      key: row.key,
      id: sampleRealId(1),
      name: sampleRealId(1),
      isProvisional: false,
    });
    const pulled = sampleObject(1, {}, { id: sampleRealId(4) });
    expect(describeRow(pulled, realIdOf)).toMatchObject({
      id: sampleRealId(4),
      isProvisional: false,
    });
  });

  test("has real ids wherever they are known, in details, links and property values", () => {
    const row = sampleObject(1, {
      details: JSON.stringify({
        a: { $dnanexus_link: target },
        [target]: [unknown, `${target} `],
      }) as JsonText,
      links: [target, unknown, sampleRealId(9)],
      properties: { to: target, note: "x" },
    });
    expect(describeRow(row, realIdOf)).toMatchObject({
      details: {
        a: { $dnanexus_link: sampleRealId(2) },
        [sampleRealId(2)]: [unknown, `${target} `],
      },
      links: [sampleRealId(2), unknown, sampleRealId(9)],
      properties: { to: sampleRealId(2), note: "x" },
    });
    expect(referencesOfRow(row)).toEqual([target, unknown]);
  });

  test("has the text of details where a number would lose digits, and only there", () => {
    const details = `{"n":12345678901234567890,"to":"${target}"}` as JsonText;
    expect(describeRow(sampleObject(1, { details }), realIdOf).detailsText).toBe(
      `{"n":12345678901234567890,"to":"${sampleRealId(2)}"}`,
    );
    expect(
      describeRow(sampleObject(1, { details: '{"n":1.50}' as JsonText }), realIdOf),
    ).not.toHaveProperty("detailsText");
  });
});
