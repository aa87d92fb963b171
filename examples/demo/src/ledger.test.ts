import { expect, test } from "vitest";
import { countDuplicates, Ledger, type PlatformObject } from "./ledger.ts";

const object: PlatformObject = {
  id: "record-1",
  name: "a",
  state: "closed",
  types: [],
  tags: ["t"],
  properties: { "demo-number": "7" },
  details: {},
};

function ledgerOf(operation: string, marker: string): Ledger {
  const ledger = new Ledger();
  ledger.resolved({
    operation,
    marker,
    what: "addTags",
    isVisible: ({ tags }) => tags.includes("t"),
  });
  return ledger;
}

test("a call whose effect the platform shows is not lost", () => {
  expect(ledgerOf("operation-1", "7").lost([object], new Set())).toEqual([]);
});

test("a call that still waits is not lost", () => {
  expect(ledgerOf("operation-1", "8").lost([object], new Set(["operation-1"]))).toEqual([]);
});

test("a call that is nowhere is lost", () => {
  expect(ledgerOf("operation-1", "8").lost([object], new Set())).toHaveLength(1);
  expect(ledgerOf("operation-1", "7").lost([{ ...object, tags: [] }], new Set())).toHaveLength(1);
});

test("two objects of one create count as one duplicate, the replica of an answer as none", () => {
  expect(
    countDuplicates([
      { object: "record-1", key: "k" },
      { object: "record-2", key: "k" },
      { object: "record-3", key: "l" },
      { object: "record-3", key: "l" },
      { object: "record-4", key: undefined },
    ]),
  ).toBe(1);
});
