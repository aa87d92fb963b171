import { type Holdfast, openHoldfast } from "holdfast";
import { RawStore, rawRows } from "./raw-store.ts";
import { sampleInput } from "./sample.ts";

/** What the Node side tells the page. */
export interface Setting {
  /** The platform, on another origin. */
  readonly api: string;
  readonly user: string;
  readonly token: string;
  readonly project: string;
  readonly round: number;
}

/** Each side answers its wall time in milliseconds for the same work. */
export interface Workload {
  ours(setting: Setting): Promise<number>;
  limit(setting: Setting): Promise<number>;
}

const AWAITED_WRITES = 200;
const WRITES_AT_ONCE = 1000;
const BULK = 10_000;
const CLOSES = 1000;
const CONNECTIONS = 6;

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

  /** 1,000 closes of records the platform knows: from `resume()` to the last `acked`, survey included. */
  replay: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const made = await holdfast.records.createMany(samples(setting.project, CLOSES));
        await holdfast.resume();
        await Promise.all(made.map((handle) => handle.acked()));
        await holdfast.pause();
        const closes = await holdfast.objects.closeMany(made.map((handle) => handle.key));
        return timed(async () => {
          await holdfast.resume();
          await Promise.all(
            closes.map((close) => {
              if ("failure" in close) throw new Error(close.failure.message);
              return close.receipt.acked();
            }),
          );
        });
      }),
    limit: async (setting) => {
      const ids = await inParallel(samples(setting.project, CLOSES), CONNECTIONS, (input) =>
        post(setting, "/record/new", input),
      );
      return timed(() => inParallel(ids, CONNECTIONS, (id) => post(setting, `/${id}/close`, {})));
    },
  },
};

function samples(project: string, count: number): ReturnType<typeof sampleInput>[] {
  return Array.from({ length: count }, (_, index) => sampleInput(project, index));
}

function rawSamples(project: string, count: number): ReturnType<typeof rawRows>[] {
  return Array.from({ length: count }, (_, index) => rawRows(project, index));
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function withHoldfast(
  setting: Setting,
  work: (holdfast: Holdfast) => Promise<number>,
): Promise<number> {
  const holdfast = await openHoldfast({
    api: setting.api,
    user: setting.user,
    token: () => setting.token,
    name: `bench-${setting.round}`,
    worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
    replay: { requestsPerSecond: "unlimited", connections: CONNECTIONS },
    paused: true,
  });
  try {
    return await work(holdfast);
  } finally {
    await holdfast.signOut({ force: true });
  }
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

async function post(setting: Setting, path: string, body: unknown): Promise<string> {
  const response = await fetch(`${setting.api}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${setting.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { readonly id?: string };
  if (!response.ok || answer.id === undefined) throw new Error(`${path}: ${response.status}`);
  return answer.id;
}

async function inParallel<Item, Result>(
  items: readonly Item[],
  connections: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = [...items.entries()].values();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: connections }, worker));
  return results;
}
