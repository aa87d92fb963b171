import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { ServerClock } from "./server-clock.ts";

test("the platform's time does not move when a person sets the device's clock", () => {
  const clock = new VirtualClock();
  const serverClock = new ServerClock(clock);
  expect(serverClock.serverAt()).toBeUndefined();
  serverClock.recall({ version: 1, name: "serverClock", offsetMs: 5_000, seenAt: 0 });
  expect(serverClock.offsetMs()).toBe(5_000);
  const currentTime = clock.now() + 90_000;
  const body = JSON.stringify({ currentTime });
  expect(serverClock.learn({ kind: "response", status: 200, body }, clock.monotonic())).toBe(true);
  clock.jumpWall(-3_600_000);
  expect(serverClock.serverAt()).toBe(currentTime);
  expect(serverClock.offsetMs()).toBe(3_690_000);
});

test.each(["{}", '{"currentTime":"now"}', "<html>", undefined])(
  "no time is learned from %s",
  (body) => {
    const serverClock = new ServerClock(new VirtualClock());
    expect(serverClock.learn({ kind: "response", status: 200, body }, 0)).toBe(false);
    expect(serverClock.serverAt()).toBeUndefined();
  },
);
