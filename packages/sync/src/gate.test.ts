import { VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { Gate, type GateOptions } from "./gate.ts";

const never = new AbortController().signal;
const sent = { left: true };

function openGate(options: Partial<GateOptions> = {}): Gate {
  return new Gate({
    clock: new VirtualClock(),
    connections: 6,
    partConnections: 4,
    requestsPerSecond: Infinity,
    burst: 1,
    ...options,
  });
}

/** Calls that pass within so long, each answered at once. */
async function passedWithin(gate: Gate, clock: VirtualClock, ms: number): Promise<number> {
  const abort = new AbortController();
  let passed = 0;
  const next = async (): Promise<void> => {
    for (;;) {
      const release = await gate.pass(abort.signal);
      passed += 1;
      // Answered a moment later, or a budget without a limit would never end.
      await new Promise<void>((resolve) => clock.timer(1, resolve));
      release(sent);
      gate.speedUp();
    }
  };
  const running = next().catch(() => undefined);
  await clock.advance(ms);
  abort.abort(new Error("enough"));
  await clock.advance(1);
  await running;
  return passed;
}

test("no more pass than there are connections, and those that wait pass in the order of asking", async () => {
  const gate = openGate({ connections: 2 });
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
  first?.(sent);
  first?.(sent);
  await releases[2];
  expect(passed).toEqual([1, 2, 3]);
  expect(gate.inFlight).toBe(2);
});

test("after a burst they pass at the rate", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock, connections: 32, requestsPerSecond: 10, burst: 3 });
  const passedAt: number[] = [];
  for (let count = 0; count < 8; count++) {
    void gate.pass(never).then((release) => {
      passedAt.push(clock.monotonic());
      release(sent);
    });
  }
  await clock.advance(2_000);
  expect(passedAt).toEqual([0, 0, 0, 100, 200, 300, 400, 500]);
});

test("a quiet time earns no more than the burst", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock, connections: 32, requestsPerSecond: 10, burst: 3 });
  await clock.advance(60_000);
  let passed = 0;
  for (let count = 0; count < 8; count++) void gate.pass(never).then(() => (passed += 1));
  await clock.advance(50);
  expect(passed).toBe(3);
});

test("who gives up leaves the queue to the others", async () => {
  const gate = openGate({ connections: 1 });
  const release = await gate.pass(never);
  const abort = new AbortController();
  const given = gate.pass(abort.signal);
  const next = gate.pass(never);
  abort.abort(new Error("enough"));
  await expect(given).rejects.toThrow("enough");
  release(sent);
  expect(await next).toBeTypeOf("function");
});

test("what did not leave costs no budget", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock, requestsPerSecond: 1, burst: 1 });
  (await gate.pass(never))({ left: false });
  (await gate.pass(never))(sent);
  let passed = false;
  void gate.pass(never).then(() => (passed = true));
  await clock.advance(900);
  expect(passed).toBe(false);
  await clock.advance(100);
  expect(passed).toBe(true);
});

test("parts take four of the connections at most and none of the budget, and hold no call up", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock, requestsPerSecond: 1, burst: 1 });
  const passed: string[] = [];
  const releases = Array.from({ length: 6 }, (_, index) =>
    gate.pass(never, "part").then((release) => {
      passed.push(`part ${index}`);
      return release;
    }),
  );
  for (let index = 0; index < 2; index++) {
    void gate.pass(never).then(() => passed.push(`call ${index}`));
  }
  await clock.advance(0);
  expect(passed).toEqual(["part 0", "part 1", "part 2", "part 3", "call 0"]);
  (await releases[0])?.(sent);
  await clock.advance(0);
  expect(passed.slice(5)).toEqual(["part 4"]);
  await clock.advance(1_000);
  expect(passed.slice(6)).toEqual(["call 1"]);
  expect(gate.inFlight).toBe(6);
});

test("each moment of refusals halves the rate, and answers bring it back", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock, requestsPerSecond: 100, burst: 1 });
  await clock.advance(5_000);
  gate.slowDown();
  gate.slowDown();
  expect(gate.requestsPerSecond).toBe(50);
  await clock.advance(1_000);
  gate.slowDown();
  expect(gate.requestsPerSecond).toBe(25);
  expect(await passedWithin(gate, clock, 1_000)).toBeLessThanOrEqual(32);
  await passedWithin(gate, clock, 60_000);
  expect(gate.requestsPerSecond).toBe(100);
});

test("after an overload calls begin at one in a second, double each second, and then grow steadily", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock, requestsPerSecond: 128, burst: 20 });
  await clock.advance(5_000);
  gate.startSlowly();
  const seconds: number[] = [];
  for (let second = 0; second < 8; second++) seconds.push(await passedWithin(gate, clock, 1_000));
  expect(seconds[0]).toBeLessThanOrEqual(3);
  expect(seconds[3]).toBeLessThanOrEqual(16);
  expect(seconds[7]).toBeGreaterThan(40);
  expect(gate.requestsPerSecond).toBeLessThan(90);
});

test("a limit that is switched off is off again some time after an overload", async () => {
  const clock = new VirtualClock();
  const gate = openGate({ clock });
  gate.startSlowly();
  expect(gate.requestsPerSecond).toBe(1);
  for (let answered = 0; answered < 200_000 && gate.requestsPerSecond < Infinity; answered++) {
    gate.speedUp();
  }
  expect(gate.requestsPerSecond).toBe(Infinity);
});
