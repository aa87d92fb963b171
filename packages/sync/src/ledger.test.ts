import type { LocalKey, OutboxRow } from "@holdfast/core";
import { expect, test } from "vitest";
import { Ledger } from "./ledger.ts";

const lane = "p/one" as LocalKey;
const row = { lane } as OutboxRow;
const parkedRow = { lane, parked: { at: 0 } } as OutboxRow;

test("a scan and what is committed later add up", () => {
  const ledger = new Ledger();
  ledger.beginScan();
  for (const scanned of [row, row, parkedRow]) ledger.scanned(scanned);
  ledger.endScan();
  expect(ledger).toMatchObject({ pending: 3, parked: 1 });
  ledger.tell(lane, { pending: 2, parked: 1 }, false);
  expect(ledger).toMatchObject({ pending: 2, parked: 1 });
  ledger.tell(lane, { pending: 0, parked: 0 }, false);
  expect(ledger).toMatchObject({ pending: 0, parked: 0 });
});

test("what is committed during a scan wins over what the scan still finds", () => {
  const ledger = new Ledger();
  ledger.beginScan();
  ledger.scanned(row);
  ledger.tell(lane, { pending: 1, parked: 0 }, true);
  ledger.scanned(row);
  ledger.endScan();
  expect(ledger.pending).toBe(1);
});

test("another scan begins anew", () => {
  const ledger = new Ledger();
  ledger.tell(lane, { pending: 5, parked: 5 }, false);
  ledger.beginScan();
  ledger.scanned(row);
  ledger.endScan();
  expect(ledger).toMatchObject({ pending: 1, parked: 0 });
});
