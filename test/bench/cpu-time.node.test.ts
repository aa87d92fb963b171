import { expect, test } from "vitest";
import { parseStat } from "./cpu-time.ts";

test("a process is read whatever its name is", () => {
  const stat = "77 (a b) (c) S 42 77 77 0 -1 4194304 100 0 0 0 250 50 9 9 20 0 1 0 100 1 1";
  expect(parseStat(77, stat)).toEqual({ pid: 77, parent: 42, ms: 3_000 });
});
