import { expect, test } from "vitest";
import { drawHistory } from "./draw-history.ts";

const histories = Array.from({ length: 60 }, (_, seed) => drawHistory(String(seed)));

test("one history of three gives content to files and has what can go wrong with that", () => {
  const withContent = histories.filter(({ steps }) => steps.some((step) => "bytes" in step));
  expect(withContent.length).toBeGreaterThan(10);
  expect(withContent.length).toBeLessThan(30);
  const steps = withContent.flatMap((history) => history.steps);
  const targets = new Set(steps.map((step) => (step.act === "fault" ? step.on : undefined)));
  expect(targets).toContain("upload");
  expect(targets).toContain("part");
  expect(steps.some(({ act }) => act === "attach")).toBe(true);
  expect(withContent.some(({ settings }) => settings.abandonedAfterMs !== undefined)).toBe(true);
});

test("whatever comes into a history, it begins with a tab", () => {
  expect(histories.map(({ steps }) => steps[0]?.act)).toEqual(histories.map(() => "openTab"));
});
