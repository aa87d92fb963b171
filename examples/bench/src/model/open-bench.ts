import {
  type FindQuery,
  type Holdfast,
  type HoldfastStatus,
  openHoldfast,
  type OutboxPage,
  type ParkedPage,
} from "holdfast";
import { firstValueFrom } from "rxjs";
import { sendInBackground } from "./background.ts";
import type { Bench } from "./bench.ts";
import { after, every, monotonic, pacedPaint } from "./environment.ts";
import { createHistoryTail } from "./history-tail.ts";
import type { Host } from "./host.ts";
import { createNotices, type Notices } from "./notices.ts";
import { openObservableSource } from "./observable-source.ts";
import { openPresence } from "./presence.ts";
import { type Progress, type ProgressMemory, progressOf, remember } from "./progress.ts";
import { openSampleSource } from "./sample-source.ts";
import { createSource, type Source } from "./source.ts";
import { errorWords } from "./words.ts";

/** More records than these would want a list that asks for pages. */
const maxSamples = 50_000;

/** While thousands change, the list is drawn a few times a second: nobody reads faster. */
const paintEveryMs = 200;

const noPending: OutboxPage = { entries: [], total: 0 };
const noParked: ParkedPage = { entries: [], total: 0, reasons: [], damaged: [] };

/** Opens the store on this device. Needs no network: what is stored is shown at once. */
export async function openBench(host: Host): Promise<Bench> {
  const notices = createNotices(after);
  const holdfast = await openHoldfast({
    name: "sample-bench",
    user: host.user,
    worker: () =>
      new Worker(new URL("./holdfast-worker.ts", import.meta.url), {
        type: "module",
        name: "holdfast",
      }),
    ...reachOf(host),
  });
  // The first word comes at once, also offline: the page is drawn when there is something to say.
  const firstStatus = await firstValueFrom(holdfast.status$);
  return joined({ holdfast, host, notices, firstStatus });
}

interface Parts {
  readonly holdfast: Holdfast;
  readonly host: Host;
  readonly notices: Notices;
  readonly firstStatus: HoldfastStatus;
}

/** The platform of one's own has no budget to keep: there is nobody to share it with. */
function reachOf(host: Host): Pick<Parameters<typeof openHoldfast>[0], "api" | "token" | "replay"> {
  if (host.kind === "remote") return { api: host.remote.api, token: host.token.ask };
  const { port, token } = host.platform;
  return { api: port, token, replay: { requestsPerSecond: "unlimited" } };
}

function joined({ holdfast, host, notices, firstStatus }: Parts): Bench {
  // A stream that ends with an error is a bug of ours; the person can only reload.
  const onError = (error: unknown): void =>
    notices.tell("bad", `${errorWords(error)} Reload this tab; what was stored is still here.`);
  const query: FindQuery = {
    class: "record",
    visibility: "visible",
    scope: { project: host.project, folder: "/", recurse: true },
    limit: maxSamples,
  };
  const samples = openSampleSource(
    holdfast.objects.differences(query),
    pacedPaint(paintEveryMs),
    onError,
  );
  const status = openObservableSource(holdfast.status$, firstStatus, onError);
  const pending = openObservableSource(holdfast.outbox.pending$, noPending, onError);
  const parked = openObservableSource(holdfast.outbox.parked$, noParked, onError);
  const tabs = openPresence(every);
  // Without it unsent work waits for a tab, and the status line says so.
  sendInBackground(holdfast, host).catch(onError);
  const stopHinting = hintOfNetwork(holdfast, host, status);
  return {
    holdfast,
    host,
    samples,
    status,
    pending,
    parked,
    sending: sendingOf(pending, status),
    progress: progressSource(status),
    history: createHistoryTail(holdfast.history),
    tabs,
    hasToken: host.kind === "remote" ? host.token : createSource(true),
    async giveToken(given) {
      if (host.kind === "remote") await host.token.give(given);
      await holdfast.resume();
      await sendInBackground(holdfast, host);
    },
    notices,
    async close() {
      stopHinting();
      for (const source of [samples, status, pending, parked, tabs]) source.close();
      await holdfast.close();
      if (host.kind === "embedded") host.platform.close();
    },
  };
}

/** The switch is back on: no reason to wait for the next try. A real network tells the engine by itself. */
function hintOfNetwork(holdfast: Holdfast, host: Host, status: Source<HoldfastStatus>): () => void {
  if (host.kind !== "embedded") return () => {};
  const { network } = host.platform;
  return network.subscribe(() => {
    const { phase, sender } = status.get();
    if (network.get() === "offline" || phase !== "offline" || sender !== true) return;
    // One that cannot be given is no loss: the engine tries again in its own time.
    holdfast.resume().catch(() => undefined);
  });
}

/**
 * What has left while nothing is sent is only unanswered. The same set for as long as its members are the same: rows
 * compare it.
 */
function sendingOf(
  pending: Source<OutboxPage>,
  status: Source<HoldfastStatus>,
): Source<ReadonlySet<string>> {
  const source = createSource<ReadonlySet<string>>(new Set());
  function look(): void {
    const isSending = status.get().phase === "replaying";
    const entries = pending.get().entries.filter((entry) => isSending && entry.state === "sending");
    const keys = new Set<string>(entries.map((entry) => entry.object));
    const before = source.get();
    if (keys.size !== before.size || [...keys].some((key) => !before.has(key))) source.set(keys);
  }
  pending.subscribe(look);
  status.subscribe(look);
  return source;
}

function progressSource(status: Source<HoldfastStatus>): Source<Progress | undefined> {
  const source = createSource<Progress | undefined>(undefined);
  let memory: ProgressMemory | undefined;
  status.subscribe(() => {
    const current = status.get();
    memory = remember(memory, {
      at: monotonic(),
      isSending: current.phase === "replaying",
      waiting: current.counts.waiting,
      ended: current.counts.ended,
    });
    source.set(progressOf(memory));
  });
  return source;
}
