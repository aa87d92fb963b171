import { type Holdfast, openHoldfast, type ReplayOptions } from "holdfast";
import { sampleInput } from "./sample.ts";

declare global {
  /** Of the Node side: from here on it counts what reaches the platform. */
  var watchPlatform: () => Promise<void>;
  /** What it counts ends here. */
  var workIsDone: () => Promise<void>;
  /** Refuses every call of that path, for ever. */
  var refuseCalls: (path: string) => Promise<void>;
}

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

export const CONNECTIONS = 6;

export interface RunOptions {
  /** Default: no budget, so that the connections are the limit. */
  readonly replay?: ReplayOptions;
  /** Whether what it stored goes. Default `signOut`: yes. */
  readonly end?: "signOut" | "close";
}

const unlimited: ReplayOptions = { requestsPerSecond: "unlimited", connections: CONNECTIONS };

export function samples(project: string, count: number): ReturnType<typeof sampleInput>[] {
  return Array.from({ length: count }, (_, index) => sampleInput(project, index));
}

export async function timed(work: () => Promise<unknown>): Promise<number> {
  await globalThis.watchPlatform();
  const startedAt = performance.now();
  await work();
  const ms = performance.now() - startedAt;
  await globalThis.workIsDone();
  return ms;
}

export async function withHoldfast<Result>(
  setting: Setting,
  work: (holdfast: Holdfast) => Promise<Result>,
  { replay = unlimited, end = "signOut" }: RunOptions = {},
): Promise<Result> {
  const holdfast = await openHoldfast({
    api: setting.api,
    user: setting.user,
    token: () => setting.token,
    name: `bench-${setting.round}`,
    worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
    replay,
    paused: true,
  });
  try {
    return await work(holdfast);
  } finally {
    if (end === "signOut") await holdfast.signOut({ force: true });
    else await holdfast.close();
  }
}

export async function post(setting: Setting, path: string, body: unknown): Promise<string> {
  const response = await fetch(`${setting.api}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${setting.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = (await response.json()) as { readonly id?: string };
  if (!response.ok || answer.id === undefined) throw new Error(`${path}: ${response.status}`);
  return answer.id;
}

export async function inParallel<Item, Result>(
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
