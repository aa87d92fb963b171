import { settleMicrotasks } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { type Lab, openLab } from "../platform.test-support.ts";
import type { Fault } from "./fault.ts";

/** Starts a create and says how it ended, once the clock has run. */
async function create({ call, clock, project }: Lab, nonce = "n", runMs = 0): Promise<unknown> {
  const outcome = call("/record/new", { project, nonce }).then(
    ({ status, error }) => error ?? status,
    (error: unknown) => error,
  );
  await clock.advance(runMs, settleTasks);
  return await outcome;
}

/** Bodies are read from streams, which take turns of the task queue too. */
async function settleTasks(): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    await settleMicrotasks();
  }
}

test("a cut before the effect rejects as fetch does, and nothing happened", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", "cutBeforeEffect");
  expect(await create(lab)).toBeInstanceOf(TypeError);
  expect(lab.platform.effects).toHaveLength(0);
  expect(lab.platform.requests).toMatchObject([
    { fault: "cutBeforeEffect", status: undefined, answered: false },
  ]);
  expect(await create(lab)).toBe(200);
});

test("a cut after the effect rejects as well, but the record is there, and the nonce finds it", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", "cutAfterEffect");
  expect(await create(lab)).toBeInstanceOf(TypeError);
  expect(lab.platform.requests).toMatchObject([{ status: 200, answered: false }]);
  expect(await create(lab)).toBe(200);
  expect(lab.platform.effects).toHaveLength(1);
});

test("a late call arrives after its caller was cut", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", { kind: "late", afterMs: 5000 });
  expect(await create(lab)).toBeInstanceOf(TypeError);
  await lab.clock.advance(4999, settleTasks);
  expect(lab.platform.effects).toHaveLength(0);
  await lab.clock.advance(1, settleTasks);
  expect(lab.platform.effects).toHaveLength(1);
  expect(lab.platform.requests).toMatchObject([
    { number: 0, copyOf: undefined, answered: false, status: undefined },
    { number: 1, copyOf: 0, answered: false, status: 200 },
  ]);
});

test("whoever hangs on a late call can give up, and the call arrives all the same", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", { kind: "late", afterMs: 5000, caller: "hangs" });
  const controller = new AbortController();
  const waiting = lab.call("/record/new", { project: lab.project }, { signal: controller.signal });
  const outcome = waiting.catch((error: unknown) => error);
  await lab.clock.advance(1000, settleTasks);
  controller.abort(new Error("enough"));
  expect(await outcome).toEqual(new Error("enough"));
  await lab.clock.advance(4000, settleTasks);
  expect(lab.platform.effects).toHaveLength(1);
});

test("whoever hangs on a late call to the end is cut when it has arrived", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", { kind: "late", afterMs: 5000, caller: "hangs" });
  expect(await create(lab, "n", 5000)).toBeInstanceOf(TypeError);
  expect(lab.platform.effects).toHaveLength(1);
});

test("a doubled call takes effect twice where nothing tells the two apart, once with a nonce", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", "double");
  lab.platform.faults.next("/record/new", { kind: "double", afterMs: 100 });
  expect(await create(lab, "")).toBe(200);
  expect(lab.platform.effects).toHaveLength(2);
  expect(await create(lab, "n", 99)).toBe(200);
  expect(lab.platform.requests).toHaveLength(3);
  await lab.clock.advance(1, settleTasks);
  expect(lab.platform.requests.map(({ copyOf }) => copyOf)).toEqual([undefined, 0, undefined, 2]);
  expect(lab.platform.effects).toHaveLength(3);
});

test("a truncated answer breaks off in its body, after the effect", async () => {
  const { platform, project } = openLab();
  platform.faults.next("/record/new", "truncate");
  const response = await platform.fetch("http://x/record/new", {
    method: "POST",
    body: JSON.stringify({ project }),
    headers: { Authorization: "Bearer ada-token", "Content-Type": "application/json" },
  });
  expect(response.status).toBe(200);
  expect(Number(response.headers.get("Content-Length"))).toBeGreaterThan(20);
  await expect(response.text()).rejects.toBeInstanceOf(TypeError);
  expect(platform.effects).toHaveLength(1);
});

test("a silently truncated answer just ends, without a length, and is no JSON", async () => {
  const { platform } = openLab();
  platform.faults.next("whoami", { kind: "truncate", silent: true });
  const response = await platform.fetch("http://x/system/whoami", {
    method: "POST",
    body: "{}",
    headers: { Authorization: "Bearer ada-token", "Content-Type": "application/json" },
  });
  expect(response.headers.get("Content-Length")).toBeNull();
  expect(await response.text()).toBe('{"id":"u');
});

type Turned = readonly [status: number, error: string, retryAfter: string | null];

test.each<[Fault, Turned]>([
  [{ kind: "throttle", retryAfterS: 7 }, [503, "ServiceUnavailable", "7"]],
  [{ kind: "throttle", status: 429, retryAfterS: 7 }, [429, "RateLimitConditional", "7"]],
  [{ kind: "throttle", status: 429 }, [429, "RateLimitConditional", null]],
  [
    { kind: "throttle", retryAfterS: 60, asDate: true },
    [503, "ServiceUnavailable", "Thu, 01 Jan 2026 00:01:00 GMT"],
  ],
  [{ kind: "refuse", error: "PermissionDenied" }, [401, "PermissionDenied", null]],
  [{ kind: "refuse", error: "SpendingLimitExceeded" }, [403, "SpendingLimitExceeded", null]],
  [{ kind: "refuse", error: "InternalError", status: 502 }, [502, "InternalError", null]],
])(
  "%j turns the call away before anything is looked at",
  async (fault, [status, error, retryAfter]) => {
    const { call, platform } = openLab();
    platform.faults.next("*", fault);
    const answer = await call("/no/route", {}, { token: null });
    expect([answer.status, answer.error, answer.headers.get("Retry-After")]).toEqual([
      status,
      error,
      retryAfter,
    ]);
    expect(answer.headers.get("X-Request-ID")).toMatch(/^\d{13}-\d{1,6}$/);
    expect(platform.requests).toMatchObject([{ status, fault: fault.kind, answered: true }]);
  },
);

test("garbage is HTML of somebody in between, before the effect or after it", async () => {
  const { platform, project } = openLab();
  const post = () =>
    platform.fetch("http://x/record/new", {
      method: "POST",
      body: JSON.stringify({ project }),
      headers: { Authorization: "Bearer ada-token", "Content-Type": "application/json" },
    });
  platform.faults.next("new", "garbage");
  const response = await post();
  expect([response.status, response.headers.get("Content-Type")]).toEqual([502, "text/html"]);
  expect(await response.text()).toMatch(/^<html>/);
  expect(platform.effects).toHaveLength(0);
  platform.faults.next("new", { kind: "garbage", status: 504, afterEffect: true });
  expect((await post()).status).toBe(504);
  expect(platform.effects).toHaveLength(1);
});

test("latency takes its time on the platform's clock, half before the effect", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", { kind: "latency", ms: 100 });
  let isAnswered = false;
  const waiting = lab.call("/record/new", { project: lab.project }).then(() => {
    isAnswered = true;
  });
  await lab.clock.advance(49, settleTasks);
  expect(lab.platform.effects).toHaveLength(0);
  await lab.clock.advance(1, settleTasks);
  expect(lab.platform.effects).toHaveLength(1);
  await lab.clock.advance(49, settleTasks);
  expect(isAnswered).toBe(false);
  await lab.clock.advance(1, settleTasks);
  await waiting;
  expect(isAnswered).toBe(true);
});

test("a caller that gives up before its call arrived has done nothing", async () => {
  const lab = openLab();
  lab.platform.faults.next("/record/new", { kind: "latency", ms: 100 });
  const controller = new AbortController();
  const waiting = lab.call("/record/new", { project: lab.project }, { signal: controller.signal });
  const outcome = waiting.catch((error: unknown) => error);
  await lab.clock.advance(10, settleTasks);
  controller.abort(new Error("enough"));
  expect(await outcome).toEqual(new Error("enough"));
  await lab.clock.advance(1000, settleTasks);
  expect(lab.platform.effects).toHaveLength(0);
});

test("a signal that was aborted before sends nothing", async () => {
  const { call, platform } = openLab();
  const signal = AbortSignal.abort(new Error("no"));
  await expect(call("/system/whoami", {}, { signal })).rejects.toThrow("no");
  expect(platform.requests).toHaveLength(0);
});

test("a fault waits for the call its pattern names", async () => {
  const { call, platform, project, newRecord } = openLab();
  const id = await newRecord();
  const patterns = [
    `/${id}/close`,
    "/record-xxxx/close",
    "/class-xxxx/close",
    "close",
    /close$/,
    "*",
  ];
  for (const pattern of patterns) {
    const waiting = platform.faults.next(pattern, { kind: "refuse", error: "OrgExpired" });
    if (pattern !== "*") {
      expect((await call(`/${id}/describe`)).status).toBe(200);
      expect((await call(`/${project}/describe`)).status).toBe(200);
    }
    expect(waiting.hits).toBe(0);
    expect((await call(`/${id}/close`)).error).toBe("OrgExpired");
    expect(waiting.hits).toBe(1);
    expect((await call(`/${id}/close`)).status).toBe(200);
  }
});

test("several faults hit one call each, in the order given; a latency joins another", async () => {
  const { call, platform, clock } = openLab();
  const { faults } = platform;
  faults.next("whoami", { kind: "refuse", error: "OrgExpired" }, 2);
  faults.next("whoami", { kind: "refuse", error: "InvalidState" });
  faults.next("whoami", { kind: "latency", ms: 10 });
  const first = call("/system/whoami");
  await clock.advance(10, settleTasks);
  expect((await first).error).toBe("OrgExpired");
  expect((await call("/system/whoami")).error).toBe("OrgExpired");
  expect((await call("/system/whoami")).error).toBe("InvalidState");
  expect((await call("/system/whoami")).status).toBe(200);
  const cancelled = faults.next("whoami", "cutBeforeEffect");
  cancelled.cancel();
  expect((await call("/system/whoami")).status).toBe(200);
  faults.next("whoami", "cutBeforeEffect");
  faults.clear();
  expect((await call("/system/whoami")).status).toBe(200);
});

test("rates hit their share of calls, the same calls for the same seed, in whatever order they come", async () => {
  const outcomes = async (seed: number, order: readonly number[]) => {
    const lab = openLab({ seed });
    lab.platform.faults.rates([{ rate: 0.3, fault: "cutBeforeEffect", on: "/record/new" }]);
    const byNonce = new Map<number, boolean>();
    for (const nonce of order) byNonce.set(nonce, (await create(lab, `n${nonce}`)) === 200);
    return [...byNonce].sort(([left], [right]) => left - right).map(([, ok]) => ok);
  };
  const numbers = Array.from({ length: 300 }, (_, index) => index);
  const forward = await outcomes(1, numbers);
  const cut = forward.filter((ok) => !ok).length;
  expect(cut).toBeGreaterThan(60);
  expect(cut).toBeLessThan(120);
  expect(await outcomes(1, numbers.toReversed())).toEqual(forward);
  expect(await outcomes(2, numbers)).not.toEqual(forward);
});

test("each attempt at the same call draws anew", async () => {
  const lab = openLab();
  lab.platform.faults.rates([{ rate: 0.5, fault: "cutBeforeEffect" }]);
  const outcomes = new Set<unknown>();
  for (let attempt = 0; attempt < 20; attempt++) outcomes.add((await create(lab)) === 200);
  expect(outcomes).toEqual(new Set([true, false]));
});

test("a drawn latency lies between its bounds", async () => {
  const lab = openLab();
  lab.platform.faults.rates([{ rate: 1, fault: { kind: "latency", ms: 10, maxMs: 50 } }]);
  for (let count = 0; count < 10; count++) {
    const startedAt = lab.clock.now();
    let isAnswered = false;
    const waiting = lab.call("/system/whoami", { count }).then(() => {
      isAnswered = true;
    });
    await settleTasks();
    while (!isAnswered) {
      if (lab.clock.nextDelayMs !== undefined) lab.clock.fireNext();
      await settleTasks();
    }
    await waiting;
    expect(lab.clock.now() - startedAt).toBeGreaterThanOrEqual(10);
    expect(lab.clock.now() - startedAt).toBeLessThanOrEqual(50);
  }
});
