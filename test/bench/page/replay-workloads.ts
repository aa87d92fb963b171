import type { Holdfast, ObjectHandle } from "holdfast";
import {
  CONNECTIONS,
  inParallel,
  post,
  type RunOptions,
  samples,
  type Setting,
  timed,
  withHoldfast,
  type Workload,
} from "./setting.ts";

const REQUESTS = 1000;
/** Fewer, since the limit makes them one after the other on a slow server. */
const SLOW_REQUESTS = 600;

interface CloseOptions extends RunOptions {
  readonly count: number;
  readonly poisoned?: number;
}

/** Each from `resume()` to the last `acked`, survey included. */
export const replayWorkloads: Readonly<Record<string, Workload>> = {
  /** Closes of records the platform knows. */
  replay: {
    ours: (setting) => closeAll(setting, { count: REQUESTS }),
    limit: (setting) => bareCloses(setting, REQUESTS, CONNECTIONS),
  },

  /** Records made, edited three times and closed offline, against a bare create of each with all of that in it. */
  replayCreated: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const made = await holdfast.records.createMany(samples(setting.project, REQUESTS));
        await inParallel([...made.entries()], made.length, async ([index, handle]) => {
          await handle.setProperties({ checked: "yes", sex: null });
          await handle.addTags(["done"]);
          await handle.rename(`S-${index}-done`);
          await handle.close();
        });
        const ms = await timed(() => resumeUntilAcked(holdfast, made));
        // What is looked at again after a close counts, too.
        await Promise.all(made.map((handle) => handle.settled()));
        return ms;
      }),
    limit: (setting) => {
      const inputs = samples(setting.project, REQUESTS).map(({ properties, tags, ...input }) => ({
        ...input,
        properties: { ...properties, checked: "yes" },
        tags: [...(tags ?? []), "done"],
        close: true,
      }));
      return timed(() =>
        inParallel(inputs, CONNECTIONS, (input) => post(setting, "/record/new", input)),
      );
    },
  },

  /** Closes on a server that takes 20 ms for each call, against one bare call at a time. */
  replayLanes: {
    ours: (setting) => closeAll(setting, { count: SLOW_REQUESTS }),
    limit: (setting) => bareCloses(setting, SLOW_REQUESTS, 1),
  },

  /** Closes of which the platform refuses one for ever, against our own replay without it: until all others are acked. */
  replayPoisoned: {
    ours: (setting) => closeAll(setting, { count: REQUESTS, poisoned: REQUESTS >> 1 }),
    limit: (setting) => closeAll(setting, { count: REQUESTS }),
  },
};

/** Of a store that is opened again, so that the platform is surveyed. `poisoned` is the one that is refused. */
export async function closeAll(
  setting: Setting,
  { count, poisoned, ...options }: CloseOptions,
): Promise<number> {
  const made = await withHoldfast(
    setting,
    async (holdfast) => {
      const handles = await holdfast.records.createMany(samples(setting.project, count));
      await resumeUntilAcked(holdfast, handles);
      return handles;
    },
    { end: "close" },
  );
  const bad = poisoned === undefined ? undefined : made[poisoned];
  if (bad !== undefined) await globalThis.refuseCalls(`/${bad.id}/close`);
  return await withHoldfast(
    setting,
    async (holdfast) => {
      const closes = await holdfast.objects.closeMany(made.map((handle) => handle.key));
      return await timed(async () => {
        await holdfast.resume();
        await Promise.all(
          closes.map(async (close, index) => {
            if ("failure" in close) throw new Error(close.failure.message);
            if (index !== poisoned) await close.receipt.acked();
          }),
        );
      });
    },
    options,
  );
}

async function resumeUntilAcked(holdfast: Holdfast, made: readonly ObjectHandle[]): Promise<void> {
  await holdfast.resume();
  await Promise.all(made.map((handle) => handle.acked()));
}

async function bareCloses(setting: Setting, count: number, connections: number): Promise<number> {
  const ids = await inParallel(samples(setting.project, count), CONNECTIONS, (input) =>
    post(setting, "/record/new", input),
  );
  return timed(() => inParallel(ids, connections, (id) => post(setting, `/${id}/close`, {})));
}
