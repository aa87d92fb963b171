import type { Failure, HistoryRow, ObjectRow, OutboxRow } from "@holdfast/core";
import {
  sampleHistory,
  sampleKey,
  sampleObject,
  sampleOutbox,
  sampleState,
} from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { type Standing, standingOfAck, standingOfClose } from "./settlement.ts";

const key = sampleKey(1);
const reason: Failure = { code: "PermissionDenied", message: "not yours" };
const parked = { parked: { reason, at: 0 } };
const waiting = sampleOutbox(5, key);
const { id } = waiting;

test.for<[string, OutboxRow | undefined, HistoryRow | undefined, string]>([
  ["in the outbox waits", waiting, undefined, "waiting"],
  ["that is parked says so", { ...waiting, ...parked }, undefined, "Parked"],
  ["in the history is reached", undefined, sampleHistory(5), "reached"],
  ["found done is reached", undefined, sampleHistory(5, { outcome: "found" }), "reached"],
  ["given up says so", undefined, sampleHistory(5, { outcome: "discarded" }), "Discarded"],
  ["nobody ever made says so", undefined, undefined, "ResourceNotFound"],
])("an operation %s", ([, outbox, history, expected]) => {
  expect(toText(standingOfAck(id, outbox, history))).toBe(expected);
});

test("a parked standing carries the operation and the reason", () => {
  expect(standingOfAck(id, { ...waiting, ...parked }, undefined)).toMatchObject({
    operation: id,
    reason,
  });
});

const open = sampleObject(1);
const closing = sampleObject(1, { state: "closed" }, { pending: 1, base: sampleState() });
const closed = sampleObject(1, { state: "closed" });
const edit = sampleOutbox(4, key, { operation: { kind: "addTags", tags: ["a"] } });
const fixed = sampleOutbox(4, key, { operation: { kind: "addTypes", types: ["A"] } });
const create = sampleOutbox(3, key, {
  operation: { kind: "create", class: "record", input: {} as never },
});

test.for<[string, ObjectRow | undefined, readonly OutboxRow[], HistoryRow | undefined, string]>([
  ["closed on the platform is reached", closed, [], undefined, "reached"],
  [
    "closed by us and not looked at yet waits",
    { ...closed, unsettled: true },
    [],
    undefined,
    "waiting",
  ],
  [
    "closed with what somebody changed says so",
    { ...closed, closedWithForeignChange: ["details"] },
    [],
    undefined,
    "ClosedWithForeignChange",
  ],
  ["nobody closes is not closing", open, [], undefined, "NotClosing"],
  ["with a close under way waits", closing, [waiting], undefined, "waiting"],
  ["whose close is parked says so", open, [{ ...waiting, ...parked }], undefined, "Parked"],
  [
    "with a parked create says so",
    closing,
    [{ ...create, ...parked }, waiting],
    undefined,
    "Parked",
  ],
  [
    "with a parked fixed-field edit says so",
    closing,
    [{ ...fixed, ...parked }, waiting],
    undefined,
    "Parked",
  ],
  [
    "with a parked free-field edit waits",
    closing,
    [{ ...edit, ...parked }, waiting],
    undefined,
    "waiting",
  ],
  [
    "whose close was given up says so",
    open,
    [],
    sampleHistory(5, { outcome: "discarded" }),
    "Discarded",
  ],
  ["that is gone is removed", undefined, [], undefined, "Removed"],
  [
    "whose create was given up says so",
    undefined,
    [],
    sampleHistory(5, { outcome: "discarded" }),
    "Discarded",
  ],
  [
    "closed with an edit pending is reached",
    { ...closed, pending: 1, base: closed.view },
    [edit],
    undefined,
    "reached",
  ],
  ["that is closing waits", sampleObject(1, { state: "closing" }), [], undefined, "waiting"],
  [
    "that was cleaned up is removed",
    sampleObject(1, { state: "abandoned" }),
    [],
    undefined,
    "Removed",
  ],
])("an object %s", ([, row, lane, history, expected]) => {
  const standing = standingOfClose({
    key,
    row,
    lane,
    ...(history === undefined ? {} : { history }),
  });
  expect(toText(standing)).toBe(expected);
});

test("a row read before the ack of its close is looked at again", () => {
  const standing = standingOfClose({
    key,
    row: open,
    lane: [],
    close: id,
    history: sampleHistory(5),
  });
  expect(standing).toBe("waiting");
});

function toText(standing: Standing): string {
  return typeof standing === "string" ? standing : standing.code;
}
