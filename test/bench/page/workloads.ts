import { contentWorkloads } from "./content-workloads.ts";
import { RawStore, rawRows } from "./raw-store.ts";
import { replayWorkloads } from "./replay-workloads.ts";
import { uploadWorkloads } from "./upload-workloads.ts";
import { samples, type Setting, timed, withHoldfast, type Workload } from "./setting.ts";

const AWAITED_WRITES = 200;
const WRITES_AT_ONCE = 1000;
const BULK = 10_000;

export const workloads: Readonly<Record<string, Workload>> = {
  /** One strict write at a time, object and outbox row, each awaited. */
  writeAwaited: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const inputs = samples(setting.project, AWAITED_WRITES);
        return timed(async () => {
          for (const input of inputs) await holdfast.records.create(input);
        });
      }),
    limit: (setting) =>
      withRaw(setting, async (raw) => {
        const rows = rawSamples(setting.project, AWAITED_WRITES);
        return timed(async () => {
          for (const row of rows) await raw.put([row], "strict");
        });
      }),
  },

  /** 1,000 calls without waiting between them: ours strict, the limit relaxed, a transaction each. */
  writesAtOnce: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const inputs = samples(setting.project, WRITES_AT_ONCE);
        return timed(() => Promise.all(inputs.map((input) => holdfast.records.create(input))));
      }),
    limit: (setting) =>
      withRaw(setting, async (raw) => {
        const rows = rawSamples(setting.project, WRITES_AT_ONCE);
        return timed(() => Promise.all(rows.map((row) => raw.put([row], "relaxed"))));
      }),
  },

  /** 10,000 creates from the page: ours all or nothing in one call, the limit in one transaction. */
  bulkLoad: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const inputs = samples(setting.project, BULK);
        return timed(() => holdfast.records.createMany(inputs));
      }),
    limit: (setting) =>
      withRaw(setting, async (raw) => {
        const rows = rawSamples(setting.project, BULK);
        return timed(() => raw.put(rows, "relaxed"));
      }),
  },

  ...contentWorkloads,
  ...replayWorkloads,
  ...uploadWorkloads,
};

function rawSamples(project: string, count: number): ReturnType<typeof rawRows>[] {
  return Array.from({ length: count }, (_, index) => rawRows(project, index));
}

async function withRaw(
  setting: Setting,
  work: (raw: RawStore) => Promise<number>,
): Promise<number> {
  const raw = await RawStore.open(`raw-${setting.round}`);
  try {
    return await work(raw);
  } finally {
    await raw.remove();
  }
}
