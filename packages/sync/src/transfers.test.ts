import type { LocalKey } from "@holdfast/core";
import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { isTransfers, maxTransfersTold, noTransfers, TransferBoard } from "./transfers.ts";

const file = "project-1/file-1" as LocalKey;

test("a transfer tells what has moved and what is confirmed, and ends", () => {
  const board = new TransferBoard(new VirtualClock());
  const report = board.begin({ file, direction: "upload", size: 100 });
  report.start();
  report.move(60);
  report.move(60);
  report.confirm(50);
  expect(board.transfers.files).toEqual([
    { file, direction: "upload", size: 100, moved: 120, confirmed: 50 },
  ]);
  report.end();
  expect(board.transfers).toEqual(noTransfers);
  report.move(60);
  expect(board.transfers).toEqual(noTransfers);
});

test("the rate is that of the last ten seconds, and tells how long the rest takes", async () => {
  const clock = new VirtualClock();
  const board = new TransferBoard(clock);
  const report = board.begin({ file, direction: "upload", size: 30_000 });
  expect(board.transfers.total).not.toHaveProperty("leftMs");
  for (let second = 0; second < 20; second++) {
    report.move(1_000);
    report.confirm((second + 1) * 1_000);
    await clock.advance(1_000);
  }
  expect(board.transfers.total).toMatchObject({ bytesPerSecond: 1_000, leftMs: 10_000 });
  await clock.advance(10_001);
  expect(board.transfers.total.bytesPerSecond).toBe(0);
});

test("what moves is told of before all that waits for its turn", () => {
  const board = new TransferBoard(new VirtualClock());
  const begin = (n: number) =>
    board.begin({ file: `project-1/file-${n}` as LocalKey, direction: "upload", size: 2 });
  const reports = Array.from({ length: maxTransfersTold + 5 }, (_, n) => begin(n));
  reports[maxTransfersTold + 3]?.start();
  reports[1]?.start();
  const told = board.transfers.files.map((transfer) => transfer.file);
  expect(told.slice(0, 3)).toEqual([maxTransfersTold + 3, 1, 0].map((n) => `project-1/file-${n}`));
  reports[1]?.end();
  expect(board.transfers.total.files).toBe(maxTransfersTold + 4);
});

test("the total counts the files that are too many to be told", () => {
  const board = new TransferBoard(new VirtualClock());
  for (let count = 0; count < maxTransfersTold + 5; count++) {
    board.begin({ file, direction: "download", size: 2 });
  }
  expect(board.transfers.files).toHaveLength(maxTransfersTold);
  expect(board.transfers.total).toMatchObject({ files: maxTransfersTold + 5, size: 210 });
});

test("what another tab tells is believed only in its shape", () => {
  const board = new TransferBoard(new VirtualClock());
  board.begin({ file, direction: "download", size: 2 });
  expect(isTransfers(structuredClone(board.transfers))).toBe(true);
  expect(isTransfers({ ...board.transfers, files: [{ file }] })).toBe(false);
  expect(isTransfers({ files: [] })).toBe(false);
  expect(isTransfers(null)).toBe(false);
});
