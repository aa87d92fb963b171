import { expect, test } from "vitest";
import { openLab } from "../platform.test-support.ts";
import { readFaults } from "./read-faults.ts";

test("faults are read by name or in full", () => {
  const file = {
    next: [
      { on: "/record/new", fault: "cutAfterEffect" },
      { on: "*", fault: { kind: "latency", ms: 5 }, times: 3 },
    ],
    rates: [
      { rate: 0.5, fault: { kind: "skew", ms: -60_000 } },
      { rate: 0.1, fault: { kind: "searchLag", ms: 2000 } },
    ],
  };
  const faults = readFaults(file);
  expect(faults.next).toEqual([{ ...file.next[0], times: 1 }, file.next[1]]);
  expect(faults.rates).toEqual(file.rates);
  expect(readFaults({})).toEqual({ next: [], rates: [] });
});

test.each([
  [[], "faults: must be a hash"],
  [{ later: [] }, "faults.later: is not known"],
  [{ next: [{ on: 1, fault: "double" }] }, "faults.next[0].on: must be a string"],
  [{ next: [{ on: "*", fault: "fire" }] }, "faults.next[0].fault: must be one of"],
  [{ next: [{ on: "*", fault: { kind: "latency" } }] }, "faults.next[0].fault.ms"],
  [
    { next: [{ on: "*", fault: { kind: "double", ms: 1 } }] },
    "faults.next[0].fault.ms: is not known",
  ],
  [{ rates: [{ rate: 2, fault: "double" }] }, "faults.rates[0].rate: must be a number from 0 to 1"],
  [
    { rates: [{ rate: 1, fault: { kind: "throttle", status: 500 } }] },
    "faults.rates[0].fault.status: must be 429",
  ],
  [
    { rates: [{ rate: 1, fault: { kind: "refuse", error: "No" } }] },
    "faults.rates[0].fault.error: is no type",
  ],
])("%j is refused by its path", (file, problem) => {
  expect(() => readFaults(file)).toThrow(problem);
});

test("a skewed clock shows in Date and nowhere else", async () => {
  const { call, clock, platform } = openLab();
  platform.faults.next("/system/whoami", { kind: "skew", ms: -3_600_000 });
  const answer = await call("/system/whoami");
  expect(answer.headers.get("Date")).toBe(new Date(clock.now() - 3_600_000).toUTCString());
  expect(answer.body).toEqual({ id: "user-ada" });
  expect((await call("/system/comeBackLater")).body).toEqual({ currentTime: clock.now() });
});
