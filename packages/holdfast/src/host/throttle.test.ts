import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { Throttle } from "./throttle.ts";

test("the first call runs at once, the next ones together when the time has come", async () => {
  const clock = new VirtualClock();
  const runs: number[] = [];
  const throttle = new Throttle(clock, 100, async () => {
    runs.push(clock.monotonic());
  });
  throttle.call();
  throttle.call();
  throttle.call();
  await clock.advance(250);
  expect(runs).toEqual([0, 100]);
  throttle.call();
  expect(runs).toEqual([0, 100, 250]);
});

test("work is never run beside itself", async () => {
  const clock = new VirtualClock();
  let end = (): void => {};
  let running = 0;
  let runs = 0;
  const throttle = new Throttle(clock, 0, async () => {
    running += 1;
    runs += 1;
    expect(running).toBe(1);
    await new Promise<void>((resolve) => {
      end = resolve;
    });
    running -= 1;
  });
  throttle.call();
  throttle.call();
  await clock.advance(10);
  expect(runs).toBe(1);
  end();
  await clock.advance(10);
  expect(runs).toBe(2);
});

test("after closing nothing runs any more", async () => {
  const clock = new VirtualClock();
  let runs = 0;
  const throttle = new Throttle(clock, 100, async () => {
    runs += 1;
  });
  throttle.call();
  throttle.call();
  throttle.close();
  throttle.call();
  await clock.advance(1_000);
  expect(runs).toBe(1);
});
