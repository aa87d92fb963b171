import type { Page } from "playwright";
import { test } from "vitest";
import { finished, Lab, namesFrom } from "./lab.ts";
import { WorkerDebugger } from "./worker-debugger.ts";

/** A loaded machine is slow to start a browser's tabs; nothing here depends on how slow. */
const patient = { timeout: 40_000 };
const breakage = { leaseMs: 2_000, heartbeatMs: 400 };
const names = namesFrom("S", 6);

async function isSender(page: Page): Promise<boolean> {
  return await page.evaluate(() => inPage.isSender());
}

async function work(page: Page, project: string, made: readonly string[]): Promise<void> {
  await page.evaluate(
    async ({ project, made }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, made)),
    { project, made },
  );
}

async function sent(page: Page): Promise<void> {
  await page.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
}

/** Everything in the database but the heartbeats of whoever sends. */
async function rowsOf(page: Page): Promise<string> {
  return await page.evaluate(async () => {
    const done = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("no rows"));
      });
    const [{ name = "" } = {}] = await indexedDB.databases();
    const database = await done(indexedDB.open(name));
    const tables = ["objects", "outbox", "journal", "history", "aliases", "meta"];
    const transaction = database.transaction(tables);
    const rows = await Promise.all(
      tables.map((table) => done(transaction.objectStore(table).getAll())),
    );
    database.close();
    return JSON.stringify(rows, (key, value: unknown) =>
      key === "untilAt" || key === "latest" ? undefined : value,
    );
  });
}

async function epochOf(page: Page): Promise<number> {
  const [, epoch] = /"name":"lease"[^}]*?"epoch":(\d+)/.exec(await rowsOf(page)) ?? [];
  return Number(epoch);
}

const statements: readonly (readonly [string, string, string])[] = [
  ["before it journals", "next = await term.write(journalNext({", "true"],
  [
    "between its journal's commit and fetch",
    'if (dispatch.mayLeave?.() === false) return "withdrawn";',
    'dispatch.path.startsWith("/record")',
  ],
  [
    "between an answer and its ack",
    "const verdict = dispatch.judge(answer);",
    'dispatch.path.startsWith("/record")',
  ],
  ["in its heartbeat, before it is written", "await this.write(renewLease(next.untilAt));", "true"],
];

// Side by side: where the stopped worker holds a transaction, Chromium lets a minute pass before it breaks it off.
test.concurrent.for(statements)(
  "a sender stopped by a debugger %s is replaced, and under its old epoch nothing leaves and nothing is written",
  { timeout: 180_000 },
  async ([, text, condition], { expect }) => {
    await using lab = await Lab.open();
    const { project } = lab;
    const frozen = await lab.tab({ breakage });
    await expect.poll(() => isSender(frozen), patient).toBe(true);
    const debug = await WorkerDebugger.attach(frozen);
    const other = await lab.tab({ breakage });
    const epoch = await epochOf(other);

    const { paused } = await debug.pauseAt(text, condition);
    await work(other, project, names);
    await paused;
    await sent(other);
    // All may have left before the heartbeat in which it was stopped.
    await expect.poll(() => isSender(other), patient).toBe(true);
    expect(await lab.objects()).toMatchObject(names.map(finished));
    expect(await epochOf(other)).toBe(epoch + 1);

    const [requests, rows] = [lab.platform.requests.length, await rowsOf(other)];
    await debug.thaw();
    await expect.poll(() => isSender(frozen), patient).toBe(false);
    expect(lab.platform.requests).toHaveLength(requests);
    expect(await rowsOf(other)).toBe(rows);

    // It writes as any other tab does, and its successor sends.
    await work(frozen, project, ["T-000"]);
    await sent(frozen);
    expect(await lab.objects()).toMatchObject([...names, "T-000"].map(finished));
    expect(await isSender(other)).toBe(true);
    expect([...lab.createsByKey().values()].every((made) => made.length === 1)).toBe(true);
  },
);
