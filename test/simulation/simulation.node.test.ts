import { describeViolation, search } from "@holdfast/simulator";
import { expect, test } from "vitest";

/** `HISTORIES=2000 FROM=500` plays others; `npm run simulate` as many as one likes. */
const { HISTORIES = "60", FROM = "0" } = process.env;
const seeds = Array.from({ length: Number(HISTORIES) }, (_, index) => String(Number(FROM) + index));

test("no history breaks a promise", { timeout: 120_000 }, async () => {
  const { report, failures } = await search({ seeds });
  const told = failures.map(
    ({ history, violation }) => `seed ${history.seed}: ${describeViolation(violation)}`,
  );
  expect(told).toEqual([]);
  expect(report.parked, "only what must be refused is parked").toBe(report.justified);
});
