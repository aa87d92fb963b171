import {
  describeViolation,
  drawShortHistory,
  everyCrashPoint,
  type Failure,
  search,
} from "@holdfast/simulator";
import { expect, test } from "vitest";
import { realStorage } from "./real-storage.ts";

/** `HISTORIES=2000 FROM=500` plays others; `npm run simulate` as many as one likes. */
const { HISTORIES = "60", FROM = "0" } = process.env;
const timeout = 600_000;

test("no history breaks a promise", { timeout }, async () => {
  const { report, failures } = await search({ seeds: seeds(Number(HISTORIES)) });
  expect(failures.map(told)).toEqual([]);
  expect(report.parked, "only what must be refused is parked").toBe(report.justified);
});

test("nor over the real storage", { timeout }, async () => {
  const { failures } = await search({
    seeds: seeds(Math.ceil(Number(HISTORIES) / 10)),
    storage: realStorage,
  });
  expect(failures.map(told)).toEqual([]);
});

test("nor with a death at every single call of a short one", { timeout }, async () => {
  const { calls, plays, failures } = await everyCrashPoint(drawShortHistory("3"));
  expect(failures.map(told)).toEqual([]);
  expect(calls).toBeGreaterThan(50);
  expect(plays).toBeGreaterThan(100);
});

function seeds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => String(Number(FROM) + index));
}

function told({ history, violation }: Failure): string {
  return `seed ${history.seed}: ${describeViolation(violation)}`;
}
