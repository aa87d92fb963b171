import { MortalProcess } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import { when } from "../in-thread.test-support.ts";
import { address, closed, Night, token } from "./background.test-support.ts";

test("what a closed tab has left is sent without one, once", async () => {
  await using night = new Night();
  await night.workOffline(5);
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(await night.onPlatform()).toEqual(closed(5));
  expect(night.creates()).toBe(5);

  const sent = night.sent.length;
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(night.sent).toHaveLength(sent);
  const page = await night.page();
  expect(await night.pass(page.outbox.list())).toEqual([]);
});

test("a store that is not there is not made", async () => {
  await using night = new Night();
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(await night.world.indexedDB.databases()).toEqual([]);
  expect(night.sent).toEqual([]);
});

test("without a token nothing is sent, and the end says so", async () => {
  await using night = new Night();
  await night.workOffline(1);
  const ending = await night.pass(night.replay({ token: () => undefined }));
  expect(ending).toMatchObject({ code: "NeedsAuth" });
  expect(night.sent).toEqual([]);
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(await night.onPlatform()).toEqual(closed(1));
});

test("with a token of somebody else nothing but whoami is sent", async () => {
  await using night = new Night();
  await night.workOffline(1);
  await night.pass(night.world.platform.control.addToken("user-bob", "token-of-bob"));
  const ending = await night.pass(night.replay({ token: () => "token-of-bob" }));
  expect(ending).toMatchObject({ code: "NeedsAuth" });
  expect(new Set(night.sent)).toEqual(new Set(["/system/whoami"]));
  expect(await night.onPlatform()).toEqual([]);
});

test("a platform that does not answer is given up before the time is, and nothing is lost", async () => {
  await using night = new Night();
  await night.workOffline(2);
  night.world.setOnline(false);
  const beganAt = night.clock.monotonic();
  expect(await night.pass(night.replay())).toMatchObject({ code: "Unreachable" });
  expect(night.clock.monotonic() - beganAt).toBeLessThan(32_000);
  night.world.setOnline(true);
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(await night.onPlatform()).toEqual(closed(2));
});

test("it ends when its time is up, whatever is left, and goes on another time", async () => {
  await using night = new Night();
  await night.workOffline(30);
  night.latencyMs = 1_000;
  const ending = await night.pass(night.replay({ withinMs: 6_000 }));
  expect(ending).toMatchObject({ code: "Unreachable" });
  expect(night.creates()).toBeGreaterThan(0);
  expect(night.creates()).toBeLessThan(30);
  night.latencyMs = 0;
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(await night.onPlatform()).toHaveLength(30);
  expect(night.creates()).toBe(30);
});

test("killed at any moment it has lost and doubled nothing", { timeout: 60_000 }, async () => {
  for (const moment of ["before", "after"] as const) {
    for (let calls = 1; calls <= 40; calls += 4) {
      await using night = new Night();
      await night.workOffline(3);
      const process = new MortalProcess();
      process.killAtCall(calls, moment);
      void night.replay({}, night.ports(process)).catch(() => {});
      await night.advance(3_000);
      process.kill();
      expect(await night.pass(night.replay())).toBeUndefined();
      expect(await night.onPlatform(), `${moment} ${calls}`).toEqual(closed(3));
      expect(night.creates(), `${moment} ${calls}`).toBe(3);
    }
  }
});

test("a page that is there sends, and the background only waits for it", async () => {
  await using night = new Night();
  await night.workOffline(4);
  const page = await night.page();
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(night.sent).toEqual([]);
  expect(await night.onPlatform()).toEqual(closed(4));
  expect(await night.pass(when(page.status$, ({ phase }) => phase === "idle"))).toMatchObject({
    sender: true,
  });
});

test("a page that comes meanwhile is let in to send", async () => {
  await using night = new Night();
  await night.workOffline(30);
  night.latencyMs = 500;
  const replay = night.replay();
  await night.until(() => night.creates() > 0);
  expect(night.creates()).toBeLessThan(30);
  const page = await night.page();
  await night.pass(when(page.status$, ({ sender }) => sender));
  const sent = night.sent.length;
  expect(await night.pass(replay)).toBeUndefined();
  expect(night.sent).toHaveLength(sent);
  expect(await night.onPlatform()).toHaveLength(30);
  expect(night.creates()).toBe(30);
});

test("who signs out does not wait for it, and no trace is left", async () => {
  await using night = new Night();
  await night.workOffline(2);
  const silent = { ...night.ports(), fetch: () => new Promise<Response>(() => {}) };
  const replay = night.replay({}, silent);
  await night.advance(1_000);
  const page = await night.page();
  const beganAt = night.clock.monotonic();
  await night.pass(page.signOut({ force: true }));
  expect(await night.pass(replay)).toBeUndefined();
  expect(night.clock.monotonic() - beganAt).toBeLessThan(1_000);
  expect(await night.world.indexedDB.databases()).toEqual([]);
});

test("a pause of a page holds for the background too", async () => {
  await using night = new Night();
  await night.workOffline(1);
  const page = await night.pass(night.world.open({ paused: true, ports: { clock: night.clock } }));
  await night.pass(when(page.status$, ({ sender }) => sender));
  expect(await night.pass(night.replay())).toBeUndefined();
  expect(night.sent).toEqual([]);
  expect(await night.onPlatform()).toEqual([]);
});

test("a token is in no row, no log and no failure, also where the app's own error holds one", async () => {
  await using night = new Night();
  await night.workOffline(2);
  const failing = await night.pass(
    night.replay({ token: () => Promise.reject(new Error(`401 for ${token}`)) }),
  );
  expect(failing).toMatchObject({ code: "Unreachable" });
  const process = new MortalProcess();
  process.killAtCall(20, "after");
  void night.replay({}, night.ports(process)).catch(() => {});
  await night.advance(5_000);
  const rows = await everyRow(night);
  expect(rows.length).toBeGreaterThan(5);
  expect(JSON.stringify([rows, night.told, failing])).not.toContain(token);
  process.kill();
});

async function everyRow(night: Night): Promise<readonly unknown[]> {
  const name = `${address.name}:${address.host}:${address.user}`;
  const database = await asked(night.world.indexedDB.open(name));
  const tables = [...database.objectStoreNames];
  const transaction = database.transaction(tables);
  const rows = await Promise.all(
    tables.map((table) => asked(transaction.objectStore(table).getAll())),
  );
  database.close();
  return rows.flat();
}

function asked<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error("It can be read."));
  });
}
