import { setTimeout as delay } from "node:timers/promises";
import type { MortalBrowser } from "./mortal-browser.ts";
import type { MortalWorld, Started } from "./mortal-world.ts";
import type { BulkPlan, Plan, ReplayPlan } from "./plan.ts";

/** Nothing here takes so long, on however loaded a machine. */
const hangsAfterMs = 180_000;

export interface Kill {
  readonly plan: Plan;
  /** What its objects' names begin with. */
  readonly name: string;
  /** Whether what earlier kills have left is sent before; else this one comes upon it. */
  readonly isSent: boolean;
}

/** Starts a browser, compares what is there, does the work of a plan, and kills it in the middle. */
export async function startAndKill(
  world: MortalWorld,
  { plan, name, isSent }: Kill,
): Promise<void> {
  await inTime(async () => {
    const started = await world.start();
    if (isSent) await world.sendAll(started.page);
    if (plan.during === "replay") await killInReplay(world, { started, plan, name });
    else await killInBulk(world, { started, plan, name });
    await started.browser.gone();
  });
}

/** Starts a browser once more, and lets it send everything. */
export async function startAndEnd(world: MortalWorld): Promise<void> {
  await inTime(async () => {
    const { browser, page } = await world.start();
    await world.sendAll(page);
    await browser.context.close();
  });
}

interface Work<Of extends Plan> {
  readonly started: Started;
  readonly plan: Of;
  readonly name: string;
}

async function killInReplay(
  world: MortalWorld,
  { started: { browser, page }, plan, name }: Work<ReplayPlan>,
): Promise<void> {
  const given = { project: world.project, names: namesFrom(name, plan.objects) };
  await page.evaluate(({ project, names }) => inKills.make(project, names), given);
  if (plan.isMade) await world.sendAll(page);
  await page.evaluate(({ names }) => inKills.change(names), given);

  const killed = Promise.withResolvers<void>();
  let left = plan.atRequest;
  world.onRequest = async (path, serve) => {
    if (!path.startsWith("/record")) return await serve();
    await delay(plan.latencyMs);
    const isLast = --left === 0;
    if (isLast && plan.side === "before") {
      killed.resolve(killNow(world, browser));
      throw new Error("Nobody is there any more.");
    }
    const response = await serve();
    if (isLast) killed.resolve(killNow(world, browser));
    return response;
  };
  await page.evaluate(() => inKills.resume()).catch(endedWith(browser));
  await killed.promise;
}

async function killInBulk(
  world: MortalWorld,
  { started: { browser, page }, plan, name }: Work<BulkPlan>,
): Promise<void> {
  if (plan.isSending) await page.evaluate(() => inKills.resume());
  const begins = Promise.withResolvers<void>();
  let receipts = 0;
  world.onTold = () => {
    receipts += 1;
    if (receipts >= plan.afterReceipts) begins.resolve();
  };
  if (plan.afterReceipts === 0) begins.resolve();
  const groups = plan.groups.map((size, at) => world.group(namesFrom(`${name}-group-${at}`, size)));
  const names = namesFrom(name, plan.objects);
  const work = page
    .evaluate((given) => inKills.bulk(given), { project: world.project, names, groups })
    .catch(endedWith(browser));
  // Where all is done before, it dies idle.
  await Promise.race([begins.promise, work]);
  await delay(plan.waitMs);
  killNow(world, browser);
  await work;
}

function killNow(world: MortalWorld, browser: MortalBrowser): void {
  world.onRequest = undefined;
  world.onTold = undefined;
  browser.kill();
}

/** A call of the page ends with the browser, where that was killed; any other error is one. */
function endedWith(browser: MortalBrowser): (error: unknown) => void {
  return (error) => {
    if (!browser.isKilled) throw error;
  };
}

async function inTime(work: () => Promise<void>): Promise<void> {
  const over = new AbortController();
  const hang = async (): Promise<never> => {
    await delay(hangsAfterMs, undefined, { signal: over.signal });
    throw new Error(`nothing happened for ${hangsAfterMs / 1_000} s`);
  };
  try {
    await Promise.race([work(), hang()]);
  } finally {
    over.abort();
  }
}

function namesFrom(prefix: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}
