import { describe, expect, test } from "vitest";
import { type OutboxReading, type Progress, progressOf, remember } from "./progress.ts";

/** One reading a second. */
function after(...readings: readonly Omit<OutboxReading, "at">[]): Progress | undefined {
  const memory = readings.reduce<ReturnType<typeof remember> | undefined>(
    (before, reading, index) => remember(before, { at: index * 1_000, ...reading }),
    undefined,
  );
  return memory && progressOf(memory);
}

const idle = { isSending: false, waiting: 0, ended: 100 };

describe("the progress of a replay", () => {
  test("is nothing while nothing has been sent", () => {
    expect(after(idle, { ...idle, waiting: 5 })).toBeUndefined();
  });

  test("counts what was confirmed before sending was first seen", () => {
    expect(after(idle, { isSending: true, waiting: 4, ended: 106 })).toMatchObject({
      done: 6,
      total: 10,
    });
  });

  test("tells the rate over the last seconds", () => {
    const sending = { isSending: true, waiting: 1_000, ended: 100 };
    expect(
      after(
        idle,
        sending,
        { ...sending, waiting: 800, ended: 300 },
        { ...sending, waiting: 600, ended: 500 },
      ),
    ).toMatchObject({ perSecond: 200 });
  });

  test("grows with what is done meanwhile, and never shrinks", () => {
    const sending = { isSending: true, waiting: 10, ended: 100 };
    const grown = { ...sending, waiting: 15 };
    expect(after(idle, sending, grown)).toMatchObject({ total: 10 });
    expect(after(idle, sending, grown, grown)).toMatchObject({ total: 15 });
    expect(after(idle, sending, { ...sending, waiting: 8, ended: 101 })).toMatchObject({
      total: 10,
    });
  });

  test("goes on over an outage, without a rate", () => {
    const sending = { isSending: true, waiting: 10, ended: 100 };
    expect(after(idle, sending, { isSending: false, waiting: 6, ended: 104 })).toMatchObject({
      done: 4,
      total: 10,
      perSecond: undefined,
      isFinished: false,
    });
  });

  test("is finished with an empty outbox, also when the last confirmations show late", () => {
    const sending = { isSending: true, waiting: 10, ended: 100 };
    const finished = { isSending: false, waiting: 0, ended: 108 };
    expect(after(idle, sending, finished)).toMatchObject({ isFinished: true, tookMs: 1_000 });
    expect(after(idle, sending, finished, { ...finished, ended: 110 })).toMatchObject({
      done: 10,
      total: 10,
      tookMs: 1_000,
    });
  });

  test("does not count what is given up afterwards", () => {
    const sending = { isSending: true, waiting: 10, ended: 100 };
    const finished = { isSending: false, waiting: 0, ended: 110 };
    const readings = [idle, sending, finished, finished, finished, { ...finished, ended: 115 }];
    expect(after(...readings)).toMatchObject({ done: 10 });
  });

  test("begins anew with the next run", () => {
    const sending = { isSending: true, waiting: 10, ended: 100 };
    expect(
      after(idle, sending, { ...idle, ended: 110 }, { isSending: true, waiting: 3, ended: 111 }),
    ).toMatchObject({ done: 1, total: 4, isFinished: false });
  });
});
