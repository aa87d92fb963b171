import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { Gate } from "./gate.ts";

const never = new AbortController().signal;

test("no more pass than there are connections, and those that wait pass in the order of asking", async () => {
  const gate = new Gate({
    clock: new VirtualClock(),
    connections: 2,
    requestsPerSecond: Infinity,
    burst: 1,
  });
  const passed: number[] = [];
  const releases = [1, 2, 3, 4].map((number) =>
    gate.pass(never).then((release) => {
      passed.push(number);
      return release;
    }),
  );
  const first = await releases[0];
  await releases[1];
  expect(passed).toEqual([1, 2]);
  first?.();
  first?.();
  await releases[2];
  expect(passed).toEqual([1, 2, 3]);
  expect(gate.inFlight).toBe(2);
});

test("after a burst they pass at the rate", async () => {
  const clock = new VirtualClock();
  const gate = new Gate({ clock, connections: 32, requestsPerSecond: 10, burst: 3 });
  const passedAt: number[] = [];
  for (let count = 0; count < 8; count++) {
    void gate.pass(never).then((release) => {
      passedAt.push(clock.monotonic());
      release();
    });
  }
  await clock.advance(2_000);
  expect(passedAt).toEqual([0, 0, 0, 100, 200, 300, 400, 500]);
});

test("a quiet time earns no more than the burst", async () => {
  const clock = new VirtualClock();
  const gate = new Gate({ clock, connections: 32, requestsPerSecond: 10, burst: 3 });
  await clock.advance(60_000);
  let passed = 0;
  for (let count = 0; count < 8; count++) void gate.pass(never).then(() => (passed += 1));
  await clock.advance(50);
  expect(passed).toBe(3);
});

test("who gives up leaves the queue to the others", async () => {
  const gate = new Gate({
    clock: new VirtualClock(),
    connections: 1,
    requestsPerSecond: Infinity,
    burst: 1,
  });
  const release = await gate.pass(never);
  const abort = new AbortController();
  const given = gate.pass(abort.signal);
  const next = gate.pass(never);
  abort.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  release();
  expect(await next).toBeTypeOf("function");
});
