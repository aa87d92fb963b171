import { expect, test } from "vitest";
import {
  breachesOfConvergence,
  breachesOfGroups,
  breachesOfReceipt,
  breachesOfView,
  Happened,
} from "./breaches.ts";
import { afterStep, type Happening, type Progress, type Step } from "./facts.ts";

const made = { id: "record-1", made: { name: "S-1", key: "key-1" } };

function shown(name: string, step: Step): Progress {
  return afterStep(name, step);
}

function happened(...happenings: readonly Happening[]): { platform: Happened; breaches: string[] } {
  const platform = new Happened();
  return { platform, breaches: happenings.flatMap((one) => platform.add(one)) };
}

test("what was stored and is not shown as far as that is a breach", () => {
  const told = [{ what: "stored", name: "S-1", step: 2 } as const];
  expect(breachesOfView(told, [shown("S-1", 2)])).toEqual([]);
  expect(breachesOfView(told, [shown("S-1", 4)])).toEqual([]);
  expect(breachesOfView(told, [])).toEqual(["S-1: stored and lost"]);
  expect(breachesOfView(told, [shown("S-1", 1)])).toHaveLength(1);
  expect(breachesOfView(told, [shown("S-1", 2), shown("S-1", 2)])).toEqual([
    "S-1 is in the view twice",
  ]);
  const group = [{ what: "storedAll", names: ["S-1", "S-2"] } as const];
  expect(breachesOfView(group, [shown("S-1", 0)])).toHaveLength(1);
});

test("half a group is a breach, whether or not its receipt came", () => {
  const group = [["S-1", "S-2"]];
  expect(breachesOfGroups(group, [])).toEqual([]);
  expect(breachesOfGroups(group, [shown("S-1", 0), shown("S-2", 0)])).toEqual([]);
  expect(breachesOfGroups(group, [shown("S-1", 0)])).toHaveLength(1);
});

test("a receipt before its fact is a breach", () => {
  const acked = { what: "acked", name: "S-1" } as const;
  const settled = { what: "settled", name: "S-1" } as const;
  expect(breachesOfReceipt(acked, happened().platform)).toHaveLength(1);
  expect(breachesOfReceipt(acked, happened(made).platform)).toEqual([]);
  expect(breachesOfReceipt(settled, happened(made).platform)).toHaveLength(1);
  const closed = happened(made, { id: "record-1", state: "closed" }).platform;
  expect(breachesOfReceipt(settled, closed)).toEqual([]);
});

test("an object made twice, changed backwards or after its close is a breach", () => {
  const closed = { id: "record-1", state: "closed" };
  expect(happened(made, { id: "record-1", details: 2 }, closed).breaches).toEqual([]);
  expect(happened(made, { ...made, id: "record-2" }).breaches).toEqual([
    "S-1 was made 2 times",
    "S-1: its key was there already",
  ]);
  const back = { id: "record-1", properties: 1 };
  expect(happened(made, { ...back, properties: 3 }, back).breaches).toHaveLength(1);
  expect(happened(made, closed, { id: "record-1", details: 2 }).breaches).toHaveLength(1);
  expect(happened(closed).breaches).toHaveLength(1);
});

test("a view that is not the platform is a breach once all is sent", () => {
  const { platform } = happened(made);
  expect(breachesOfConvergence([shown("S-1", 0)], platform)).toEqual([]);
  expect(breachesOfConvergence([shown("S-1", 1)], platform)).toHaveLength(1);
  expect(breachesOfConvergence([], platform)).toHaveLength(1);
  expect(breachesOfConvergence([shown("S-1", 0), shown("S-2", 0)], platform)).toHaveLength(1);
});
