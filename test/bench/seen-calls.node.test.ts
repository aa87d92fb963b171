import { expect, test } from "vitest";
import { mostAtOnce, mostInOneSecond, requestsOf, surveyToFirstMs } from "./seen-calls.ts";
import type { SeenCall } from "./watched-platform.ts";

function call(path: string, fromMs: number, toMs: number): SeenCall {
  return { method: "POST", path, fromMs, toMs };
}

const record = `/record-${"0".repeat(24)}/close`;

test("requests are counted by what they call, preflights apart", () => {
  const seen = [
    { ...call(record, 0, 1), method: "OPTIONS" },
    call(record, 1, 2),
    call("/system/whoami", 0, 1),
    call(record, 3, 4),
  ];
  expect(requestsOf(seen)).toEqual({
    sent: 3,
    preflights: 1,
    calls: { "/record-xxxx/close": 2, "/system/whoami": 1 },
  });
});

test("the busiest second may begin at any call", () => {
  const seen = [0, 900, 950, 1_000, 1_899, 1_900].map((at) => call(record, at, at + 1));
  expect(mostInOneSecond(seen)).toBe(4);
});

test("calls that end when others begin were not made at once", () => {
  const seen = [call(record, 0, 10), call(record, 5, 20), call(record, 10, 30)];
  expect(mostAtOnce(seen)).toBe(2);
});

test("the first operation is timed from the last answer of the survey before it", () => {
  const seen = [
    call("/system/whoami", 0, 10),
    call("/record/new", 95, 120),
    call("/system/describeDataObjects", 20, 60),
    call("/project-xxxx/describe", 100, 110),
  ];
  expect(surveyToFirstMs(seen)).toBe(35);
});
