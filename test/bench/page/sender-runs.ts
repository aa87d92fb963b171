import { samples, type Setting, withHoldfast } from "./setting.ts";
import { closeAll } from "./replay-workloads.ts";

export interface SenderFigures {
  /** The longest that the page's main thread was not free, as far as the browser reports it (from 50 ms). */
  readonly longestTaskMs: number;
}

const QUEUED = 10_000;
/** What must be sent before the run ends. */
const HEARD = 500;
const CLOSES = 1000;

/** What is told of the sender by itself: the platform has seen when what arrived. */
export const senderRuns: Readonly<Record<string, (setting: Setting) => Promise<SenderFigures>>> = {
  /** 10,000 creates in the outbox when the store is opened, until some of them are on the platform. */
  queue10000: async (setting) => {
    const made = await withHoldfast(
      setting,
      (holdfast) => holdfast.records.createMany(samples(setting.project, QUEUED)),
      { end: "close" },
    );
    return await withHoldfast(setting, async (holdfast) => {
      await globalThis.watchPlatform();
      return await watchingTasks(async () => {
        await holdfast.resume();
        const first = made.slice(0, HEARD).map(({ key }) => holdfast.objects.handle(key));
        await Promise.all(first.map((handle) => handle.acked()));
        await holdfast.pause();
      });
    });
  },

  /** 1,000 closes at the default budget. */
  budget: (setting) => watchingTasks(() => closeAll(setting, { count: CLOSES, replay: {} })),
};

async function watchingTasks(work: () => Promise<unknown>): Promise<SenderFigures> {
  let longestTaskMs = 0;
  const note = (entries: readonly PerformanceEntry[]): void => {
    for (const { duration } of entries) longestTaskMs = Math.max(longestTaskMs, duration);
  };
  const observer = new PerformanceObserver((list) => note(list.getEntries()));
  observer.observe({ type: "longtask" });
  try {
    await work();
    note(observer.takeRecords());
    return { longestTaskMs };
  } finally {
    observer.disconnect();
  }
}
