import { VirtualClock } from "@holdfast/core/testing";
import { of, throttleTime, timer } from "rxjs";
import { expect, test } from "vitest";
import { clockScheduler } from "./clock-scheduler.ts";

test("operators of RxJS take the virtual clock", async () => {
  const clock = new VirtualClock();
  const ticks: number[] = [];
  const subscription = timer(100, 50, clockScheduler(clock)).subscribe((tick) => ticks.push(tick));
  await clock.advance(220);
  expect(ticks).toEqual([0, 1, 2]);
  subscription.unsubscribe();
  expect(clock.nextDelayMs).toBeUndefined();
  const throttled: string[] = [];
  of("a", "b")
    .pipe(throttleTime(10, clockScheduler(clock), { leading: true, trailing: true }))
    .subscribe((value) => throttled.push(value));
  await clock.advance(10);
  expect(throttled).toEqual(["a", "b"]);
});
