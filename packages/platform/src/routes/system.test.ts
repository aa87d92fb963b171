import { expect, test } from "vitest";
import { openLab } from "../platform.test-support.ts";

test("whoami names the token's user", async () => {
  const { call } = openLab();
  expect((await call("/system/whoami")).body).toEqual({ id: "user-ada" });
  expect((await call("/system/whoami", {}, { token: "vic-token" })).body).toEqual({
    id: "user-vic",
  });
  expect((await call("/system/whoami", { fields: { clientIp: true } })).body).toHaveProperty(
    "clientIp",
  );
});

test("greet works without a token", async () => {
  const { call } = openLab();
  const greeting = await call("/system/greet", { client: "x", version: "1" }, { token: null });
  expect(greeting.body).toEqual({ messages: [], update: { available: false } });
  expect((await call("/system/greet", {}, { token: "wrong" })).status).toBe(200);
});

test("headers come back, but never the token", async () => {
  const { call } = openLab();
  const { body, text } = await call("/system/headers", {}, { headers: { "X-Test": "1" } });
  expect(body).toMatchObject({ "x-test": "1", "content-type": "application/json" });
  expect(text).not.toContain("ada-token");
});

test("comeBackLater tells the platform's time, and refuses until the time given", async () => {
  const { call, clock } = openLab();
  expect((await call("/system/comeBackLater")).body).toEqual({ currentTime: clock.now() });
  const waitUntil = clock.now() + 5000;
  const early = await call("/system/comeBackLater", { waitUntil });
  expect([early.status, early.error, early.headers.get("Retry-After")]).toEqual([
    503,
    "ServiceUnavailable",
    "2",
  ]);
  const silent = await call("/system/comeBackLater", { waitUntil, setRetryAfter: false });
  expect([silent.status, silent.headers.get("Retry-After")]).toEqual([503, null]);
  await clock.advance(5000);
  expect((await call("/system/comeBackLater", { waitUntil })).body).toEqual({
    currentTime: waitUntil,
  });
  expect((await call("/system/comeBackLater", { waitUntil: "now" })).error).toBe("InvalidInput");
});
