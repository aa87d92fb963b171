import type { LocalKey, ProvisionalId } from "@holdfast/core";
import { expect, test } from "vitest";
import { LaneBoard } from "./lane-board.ts";

const [one, two, three] = ["p/one", "p/two", "p/three"] as unknown as [
  LocalKey,
  LocalKey,
  LocalKey,
];
const id = "record-hold" as ProvisionalId;
const anyLane = (): boolean => true;

function boardOf(...ready: readonly LocalKey[]): LaneBoard {
  const board = new LaneBoard(() => undefined);
  for (const key of ready) board.touch(key, { survey: false });
  return board;
}

test("lanes are taken in the order in which they were heard of", () => {
  const board = boardOf(one, two, three);
  expect(board.takeReady(2, anyLane)).toEqual([one, two]);
  expect(board.takeReady(2, anyLane)).toEqual([three]);
});

test("a lane that may not go stays, and those behind it go", () => {
  const board = boardOf(one, two);
  expect(board.takeReady(5, (key) => key !== one)).toEqual([two]);
  expect(board.stageOf(one)).toBe("ready");
});

test("a lane is surveyed before it is ready where its work is older than the connection", () => {
  const board = boardOf();
  board.touch(one, { survey: true });
  board.touch(one, { survey: false });
  expect(board.takeReady(1, anyLane)).toEqual([]);
  expect(board.takeUnsurveyed(1)).toEqual([one]);
  board.setReady(one);
  expect(board.takeReady(1, anyLane)).toEqual([one]);
});

test("what is committed to a lane while it is planned keeps it from being idle", () => {
  const board = boardOf(one);
  board.takeReady(1, anyLane);
  board.touch(one, { survey: false });
  board.setIdle(one);
  expect(board.stageOf(one)).toBe("ready");
  board.takeReady(1, anyLane);
  board.setIdle(one);
  expect(board.stageOf(one)).toBeUndefined();
  expect(board.size).toBe(0);
});

test("a lane that waits for an id goes on when it is known", () => {
  const board = boardOf(one, two);
  board.takeReady(2, anyLane);
  board.setWaiting(one, [id]);
  board.setWaiting(two, [id]);
  expect(board.isActive(() => false)).toBe(false);
  board.announce(id);
  expect(board.takeReady(5, anyLane)).toEqual([one, two]);
});

test("a lane that waits is planned again when something is committed to it", () => {
  const board = boardOf(one);
  board.takeReady(1, anyLane);
  board.setWaiting(one, [id]);
  board.touch(one, { survey: false });
  expect(board.stageOf(one)).toBe("ready");
  board.announce(id);
  expect(board.takeReady(2, anyLane)).toEqual([one]);
});

test("a reconnect surveys again what is not on its way", () => {
  const board = boardOf(one, two, three);
  board.takeReady(2, anyLane);
  board.setCarrying(one);
  board.setWaiting(two, [id]);
  board.surveyAgain();
  expect([one, two, three].map((key) => board.stageOf(key))).toEqual([
    "carrying",
    "unsurveyed",
    "unsurveyed",
  ]);
});

test("the loops are rung when something is there for them", () => {
  let rings = 0;
  const board = new LaneBoard(() => (rings += 1));
  board.touch(one, { survey: true });
  board.takeUnsurveyed(1);
  expect(rings).toBe(1);
  board.setReady(one);
  expect(rings).toBe(2);
});

test("a lane that stops being active rings, since the phase may change with it", () => {
  let rings = 0;
  const board = new LaneBoard(() => {
    rings += 1;
  });
  for (const key of [one, two]) board.touch(key, { survey: false });
  board.takeReady(2, anyLane);
  rings = 0;
  board.setWaiting(one, [id]);
  board.setIdle(two);
  expect(board.isActive(() => false)).toBe(false);
  expect(rings).toBe(2);
});
