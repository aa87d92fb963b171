import type { Page } from "playwright";
import { test } from "vitest";
import { finished, Lab, namesFrom } from "./lab.ts";
import { WorkerDebugger } from "./worker-debugger.ts";

/** A loaded machine is slow to start a browser's tabs; nothing here depends on how slow. */
const patient = { timeout: 40_000 };
/** Long enough that a loaded machine does not depose the sender before the debugger stops it. */
const breakage = { leaseMs: 6_000, heartbeatMs: 400 };
const frozenToken = "token-of-the-frozen";

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

async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => await inPage.settled());
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

/** Where a tab holds a transaction, Chromium lets a minute pass before it breaks it off; no browser freezes one that does. */
const holdsNone = "openTransactions === 0";
const statements: readonly (readonly [string, string, string])[] = [
  // What was planned was read a moment ago, in a transaction that has not ended.
  ["before it journals", "next = await term.write(journalNext({", "openTransactions === 1"],
  [
    "between its journal's commit and fetch",
    'if (dispatch.mayLeave?.() === false) return "withdrawn";',
    `${holdsNone} && dispatch.path.startsWith("/record")`,
  ],
  [
    "between an answer and its ack",
    "const verdict = dispatch.judge(answer);",
    `${holdsNone} && dispatch.path.startsWith("/record")`,
  ],
  [
    "in its heartbeat, before it is written",
    "await this.write(renewLease(next.untilAt));",
    holdsNone,
  ],
];

test.concurrent.for(statements)(
  "a sender stopped by a debugger %s is replaced, and under its old epoch nothing leaves and nothing is written",
  { timeout: 180_000 },
  async ([, text, condition], { expect }) => {
    await using lab = await Lab.open();
    const { project } = lab;
    await lab.platform.control.addToken("user-ada", frozenToken);
    const frozen = await lab.tab({ breakage, token: frozenToken });
    await expect.poll(() => isSender(frozen), patient).toBe(true);
    const debug = await WorkerDebugger.attach(frozen);
    const other = await lab.tab({ breakage });
    const epoch = await epochOf(other);

    await debug.pauseAt(text, condition);
    let made: string[] = [];
    for (let round = 0; !debug.isPaused; round += 1) {
      const names = namesFrom(`S-${round}`, 6);
      await work(other, project, names);
      made = [...made, ...names];
    }
    // All may have left before the heartbeat in which it was stopped.
    await expect.poll(() => isSender(other), patient).toBe(true);
    expect(await epochOf(other)).toBe(epoch + 1);
    await work(other, project, ["R-000"]);
    await settled(other);
    made = ["R-000", ...made].sort();
    expect(await lab.objects()).toMatchObject(made.map(finished));

    const [requests, rows] = [lab.requestsUnder(frozenToken), await rowsOf(other)];
    await debug.thaw();
    await expect.poll(() => isSender(frozen), patient).toBe(false);
    expect(lab.requestsUnder(frozenToken)).toBe(requests);
    expect(await rowsOf(other)).toBe(rows);

    // It writes as any other tab does, and its successor sends.
    await work(frozen, project, ["T-000"]);
    await settled(frozen);
    expect(await lab.objects()).toMatchObject([...made, "T-000"].map(finished));
    expect(await isSender(other)).toBe(true);
    expect(lab.requestsUnder(frozenToken)).toBe(requests);
    expect([...lab.createsByKey().values()].every((creates) => creates.length === 1)).toBe(true);
  },
);
