import type { CDPSession, Page } from "playwright";
import { expect, inject, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { finished, Lab, namesFrom } from "./lab.ts";

// What browsers do to a page and its storage, by the levers that Chromium gives.

async function work(page: Page, project: string, names: readonly string[]): Promise<void> {
  await page.evaluate(
    async ({ project, names }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, names)),
    { project, names },
  );
}

async function sent(page: Page): Promise<void> {
  await page.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
}

async function isSender(page: Page): Promise<boolean> {
  return await page.evaluate(() => inPage.isSender());
}

async function originOf(page: Page): Promise<string> {
  return await page.evaluate(() => location.origin);
}

/** Makes a closed file with so many bytes, and says the code with which that is refused, "" where it is not. */
async function keepFile(page: Page, given: { project: string; name: string; bytes: number }) {
  return await page.evaluate(
    ({ project, name, bytes }) =>
      inPage.codeOf(async () => {
        const content = new Blob([Uint8Array.from({ length: bytes }, (_, at) => (at * 7) % 251)]);
        const file = await inPage.holdfast?.files.create({ project, name, content });
        await file?.close();
      }),
    given,
  );
}

async function devtools(page: Page): Promise<CDPSession> {
  return await page.context().newCDPSession(page);
}

test("a tab that the browser freezes is replaced as the sender, and once resumed shows what was done", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const breakage = { leaseMs: 2_000, heartbeatMs: 400 };
  const frozen = await lab.tab({ breakage });
  await expect.poll(() => isSender(frozen)).toBe(true);
  const other = await lab.tab({ breakage });
  const session = await devtools(frozen);
  await session.send("Page.setWebLifecycleState", { state: "frozen" });
  const names = namesFrom("S", 20);
  await work(other, project, names);
  await sent(other);
  expect(await lab.objects()).toMatchObject(names.map(finished));
  await session.send("Page.setWebLifecycleState", { state: "active" });
  await work(frozen, project, ["T-000"]);
  await sent(frozen);
  expect(await lab.objects()).toMatchObject([...names, "T-000"].map(finished));
  const shown = await frozen.evaluate(async () => await inPage.holdfast?.objects.count());
  expect(shown).toBe(21);
  expect([...lab.createsByKey().values()].every((made) => made.length === 1)).toBe(true);
});

test("a full device refuses what it cannot keep, keeps what it has, and goes on once there is room", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const page = await lab.context.newPage();
  await page.goto(inject("labUrl"));
  const session = await devtools(page);
  const origin = await originOf(page);
  // Before the database is used: Chromium remembers for a while how much room there was.
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 2_000_000 });
  await lab.openStore(page, { isPaused: true });
  await work(page, project, ["S-000"]);
  const refused = await page.evaluate(async (project) => {
    const inputs = Array.from({ length: 500 }, (_, index) => ({
      project,
      name: `T-${index}`,
      details: { text: "x".repeat(20_000) },
    }));
    return await inPage.codeOf(() => inPage.holdfast?.records.createMany(inputs));
  }, project);
  expect(refused).toBe("StorageQuota");
  expect(await page.evaluate(async () => await inPage.holdfast?.objects.count())).toBe(1);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await work(page, project, ["S-001"]);
  await page.evaluate(() => inPage.holdfast?.resume());
  await sent(page);
  expect(await lab.objects()).toMatchObject(["S-000", "S-001"].map(finished));
});

test("a replay on a device that is full neither loses nor doubles, and ends once there is room", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const page = await lab.context.newPage();
  await page.goto(inject("labUrl"));
  const session = await devtools(page);
  const origin = await originOf(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 2_000_000 });
  await lab.openStore(page, { isPaused: true });
  const made = await page.evaluate(async (project) => {
    const names: string[] = [];
    // Ever smaller ones, until not even the smallest finds room.
    for (let length = 50_000; length >= 1; length = Math.floor(length / 4)) {
      for (;;) {
        const name = `S-${String(names.length).padStart(4, "0")}`;
        const details = { text: "x".repeat(length) };
        const code = await inPage.codeOf(() =>
          inPage.holdfast?.records.create({ project, name, details, close: true }),
        );
        if (code === "StorageQuota") break;
        if (code !== "") throw new Error(code);
        names.push(name);
      }
    }
    return names;
  }, project);
  expect(made.length).toBeGreaterThan(5);
  await page.evaluate(() => inPage.holdfast?.resume());
  await expect.poll(() => lab.platform.requests.length).toBeGreaterThan(0);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  await sent(page);
  expect((await lab.objects()).map(({ name }) => name)).toEqual(made);
  expect([...lab.createsByKey().values()].map((effects) => effects.length)).toEqual(
    made.map(() => 1),
  );
});

test("content for which there is no room is refused before anything is made, and kept once there is", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const page = await lab.context.newPage();
  await page.goto(inject("labUrl"));
  const session = await devtools(page);
  const origin = await originOf(page);
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 4_000_000 });
  await lab.openStore(page);
  const given = { project, name: "S-000.bin", bytes: 6_000_000 };
  expect(await keepFile(page, given)).toBe("StorageQuota");
  expect(await page.evaluate(async () => await inPage.holdfast?.objects.count())).toBe(0);
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  expect(await keepFile(page, given)).toBe("");
  await sent(page);
  expect(await lab.objects()).toMatchObject([{ name: "S-000.bin" }]);
});

test("content that the browser clears with everything else never reaches the platform in part", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const page = await lab.tab({ isPaused: true });
  expect(await keepFile(page, { project, name: "S-000.bin", bytes: 3_000_000 })).toBe("");
  const session = await devtools(page);
  const origin = await originOf(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  const keepMore = (): Promise<string> =>
    keepFile(page, { project, name: "S-001.bin", bytes: 100_000 });
  await expect.poll(keepMore).toBe("StorageFailed");
  expect(await page.evaluate(() => inPage.storageMode())).toBe("degraded");
  await page.reload();
  await lab.openStore(page);
  expect(await keepFile(page, { project, name: "S-002.bin", bytes: 100_000 })).toBe("");
  await sent(page);
  expect(await lab.objects()).toMatchObject([{ name: "S-002.bin" }]);
});

test("data that the browser clears under an open page is told, and never passes for saved", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const page = await lab.tab({ isPaused: true });
  await work(page, project, ["S-000"]);
  const session = await devtools(page);
  const origin = await originOf(page);
  await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
  const create = (): Promise<string> =>
    page.evaluate(
      (project) => inPage.codeOf(() => inPage.holdfast?.records.create({ project, name: "S-001" })),
      project,
    );
  await expect.poll(create).toBe("StorageFailed");
  expect(await page.evaluate(() => inPage.storageMode())).toBe("degraded");
  // Reloaded, as the message says, it begins with nothing, and works.
  await page.reload();
  await lab.openStore(page);
  await work(page, project, ["S-002"]);
  await sent(page);
  expect(await lab.objects()).toMatchObject(["S-002"].map(finished));
});

test("an old tab that does not let go blocks an upgrade, which says so, and opens once it is gone", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const first = await lab.tab({ isPaused: true });
  await work(first, project, ["S-000"]);
  const name = await first.evaluate(async () => (await indexedDB.databases())[0]?.name ?? "");
  await first.close();
  // A tab of an older release, whose connection hears no versionchange.
  const old = await lab.context.newPage();
  await old.goto(first.url());
  await old.evaluate(async (name) => {
    const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("not opened"));
      });
    const open = await done(indexedDB.open(name));
    open.onversionchange = () => undefined;
    Object.assign(globalThis, { open });
  }, name);
  const page = await lab.context.newPage();
  await page.goto(first.url());
  const blocked = await page.evaluate(async (name) => {
    const opening = indexedDB.open(name, 10_000);
    return await new Promise<boolean>((resolve) => {
      opening.onblocked = () => resolve(true);
      opening.onsuccess = () => resolve(false);
      opening.onerror = () => resolve(false);
      opening.onupgradeneeded = () => opening.transaction?.abort();
    });
  }, name);
  expect(blocked).toBe(true);
  const opened = lab.openStore(page);
  await old.close();
  await opened;
  await sent(page);
  expect(await lab.objects()).toMatchObject(["S-000"].map(finished));
});

test("in a private window everything works, and nothing of it is left behind", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  await using browser = await launchChromium();
  const open = async (): Promise<Page> => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(inject("labUrl"));
    return page;
  };
  const page = await open();
  await lab.openStore(page);
  await work(page, project, ["S-000"]);
  expect(await keepFile(page, { project, name: "S-001.bin", bytes: 3_000_000 })).toBe("");
  await sent(page);
  expect(await lab.objects()).toMatchObject([finished("S-000"), { name: "S-001.bin" }]);
  expect(await page.evaluate(() => inPage.storageMode())).toBe("best-effort");
  await page.context().close();
  const next = await open();
  expect(await next.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});
