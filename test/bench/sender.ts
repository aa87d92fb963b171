import type { Page } from "playwright";
import type { SenderFigures } from "./page/sender-runs.ts";
import type { Setting } from "./page/setting.ts";
import { atMost, type Figures, told } from "./platform/figure.ts";
import { median } from "./ratios.ts";
import { mostAtOnce, mostInOneSecond, requestsOf, surveyToFirstMs } from "./seen-calls.ts";
import type { SeenCall } from "./watched-platform.ts";
import type { WatchedPlatform } from "./watched-process.ts";

type Summary = (page: readonly SenderFigures[], seen: readonly (readonly SeenCall[])[]) => Figures;

/** What is measured of the sender by itself, in the browser, against absolute limits. */
export const senderWorkloads: Readonly<Record<string, Summary>> = {
  queue10000: (page, seen) => ({
    surveyToFirst: atMost(1_000, median(seen.map(surveyToFirstMs)), "ms"),
    longestTask: atMost(50, median(page.map(({ longestTaskMs }) => longestTaskMs)), "ms"),
  }),
  budget: (page, seen) => ({
    // What may leave at once after a quiet time, and a second of the rate.
    mostInOneSecond: atMost(175, Math.max(...seen.map(mostInOneSecond)), "1/s"),
    mostAtOnce: atMost(6, Math.max(...seen.map(mostAtOnce)), ""),
    sent: told(Math.max(...seen.map((calls) => requestsOf(calls).sent)), ""),
    longestTask: atMost(50, median(page.map(({ longestTaskMs }) => longestTaskMs)), "ms"),
  }),
};

/** @param rounds - at most 3: nothing is compared, so there is little to average. */
export async function benchSender(
  name: string,
  {
    page,
    platform,
    rounds,
  }: { readonly page: Page; readonly platform: WatchedPlatform; readonly rounds: number },
): Promise<Figures> {
  // The platform itself takes no time that could be seen to overlap.
  await platform.setLatencyMs(name === "budget" ? 40 : 0);
  const seenByPage: SenderFigures[] = [];
  const seenByPlatform: (readonly SeenCall[])[] = [];
  for (let round = 0; round < Math.min(rounds, 3); round++) {
    const { url: api, user, token, project } = platform;
    const setting: Setting = { api, user, token, project, round };
    seenByPage.push(
      await page.evaluate(([n, at]) => globalThis.runSender(n, at), [name, setting] as const),
    );
    seenByPlatform.push(await platform.seen());
  }
  await platform.setLatencyMs(0);
  const summary = senderWorkloads[name];
  if (summary === undefined) throw new Error(`no such workload: ${name}`);
  return summary(seenByPage, seenByPlatform);
}
