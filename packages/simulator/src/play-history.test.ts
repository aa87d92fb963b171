import { expect, test } from "vitest";
import { drawHistory } from "./draw-history.ts";
import { playHistory } from "./play-history.ts";

test("the same seed gives the same history", () => {
  expect(drawHistory("one")).toEqual(drawHistory("one"));
  expect(drawHistory("one")).not.toEqual(drawHistory("other"));
});

test("the same history comes to the same end", async () => {
  for (const seed of ["1", "2", "3"]) {
    const history = drawHistory(seed);
    const play = () => playHistory(history, undefined, { isDigested: true });
    const [first, second] = [await play(), await play()];
    expect(first.digest).toMatch(/^[0-9a-f]{16}$/);
    expect(second).toEqual(first);
  }
});
