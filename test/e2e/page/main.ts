import { connectPlatform } from "@holdfast/platform/connect";
import {
  type CreatedHandle,
  type FindQuery,
  type Holdfast,
  HoldfastError,
  openHoldfast,
  type Phase,
} from "holdfast";
import { type BackgroundStatus, registerBackground } from "holdfast/background";
import { filter, firstValueFrom } from "rxjs";
import { allSent } from "../../support/all-sent.ts";
import type { Breakage } from "./breakage.ts";

export interface OpenOptions {
  /** Default: the platform that lives in the page's origin. */
  readonly api?: string;
  readonly user: string;
  readonly token: string;
  readonly isPaused?: boolean;
  /** Default: the package's own worker. */
  readonly breakage?: Breakage;
}

/** What the Node side drives through Playwright. */
export interface InPage {
  open(options: OpenOptions): Promise<Holdfast>;
  /** Creates, annotates and closes records, and resolves once all is stored. */
  work(holdfast: Holdfast, project: string, names: readonly string[]): Promise<void>;
  /** Resolves once the platform was seen to hold all that `work` of this tab made. */
  settled(): Promise<void>;
  /** Resolves once nothing is unsent. */
  sent(holdfast: Holdfast): Promise<void>;
  /** Resolves once the status says so. */
  reaches(phase: Phase): Promise<void>;
  embedded(): ReturnType<typeof connectPlatform>;
  /** Whether this tab's engine is the one that sends. */
  isSender(): Promise<boolean>;
  /** How well the store keeps what it is given, as the status says. */
  storageMode(): Promise<string>;
  /** Keeps the names of every result of a live query in `names`, from the first on. */
  collectNames(query: FindQuery): Promise<void>;
  readonly names: string[];
  /** The code of the failure that a call rejects with, "" where it does not. */
  codeOf(call: () => Promise<unknown> | undefined): Promise<string>;
  /** The worker of this tab asks for the address and does nothing until it is answered. */
  freeze(url: string): void;
  /** Has the open store sent by that service worker, and says what the status says of it then. */
  serveFrom(script: string): Promise<BackgroundStatus>;
  openWith(worker: () => Worker): Promise<Holdfast>;
  startWorker(): Worker;
  /** The worker of this tab ends at once, as if it had crashed. */
  endWorker(): void;
  /** What a test left for its next step in the page. */
  holdfast?: Holdfast;
  rest?: () => Promise<number>;
}

declare global {
  var inPage: InPage;
}

let freezer: BroadcastChannel | undefined;
let worker: Worker | undefined;
const made: CreatedHandle[] = [];

globalThis.inPage = {
  async open({ api, user, token, isPaused = false, breakage }) {
    const holdfast = await openHoldfast({
      api: api ?? (await embedded()).port(),
      user,
      token: () => token,
      paused: isPaused,
      replay: { requestsPerSecond: "unlimited" },
      // A loaded machine takes its time to start a worker.
      handshakeMs: 120_000,
      worker: () => (worker = startWorker(breakage)),
    });
    globalThis.inPage.holdfast = holdfast;
    return holdfast;
  },

  async work(holdfast, project, names) {
    await Promise.all(
      names.map(async (name) => {
        const sample = await holdfast.records.create({ project, name, types: ["Sample"] });
        made.push(sample);
        await sample.addTags(["e2e"]);
        await sample.setProperties({ origin: name });
        await sample.setDetails({ of: name });
        await sample.close();
      }),
    );
  },

  async settled() {
    await Promise.all(made.map(async (sample) => await sample.settled()));
  },

  sent: allSent,

  async reaches(phase) {
    await firstValueFrom(opened().status$.pipe(filter((status) => status.phase === phase)));
  },

  async isSender() {
    const status = await firstValueFrom(opened().status$);
    return status.sender;
  },

  async storageMode() {
    const { storage } = await firstValueFrom(opened().status$);
    return storage.mode;
  },

  async collectNames(query) {
    await new Promise<void>((resolve) => {
      opened()
        .objects.watch(query)
        .subscribe((rows) => {
          globalThis.inPage.names.push(rows.map(({ name }) => name).join());
          resolve();
        });
    });
  },

  names: [],

  async codeOf(call) {
    try {
      await call();
      return "";
    } catch (error) {
      return error instanceof HoldfastError ? error.code : String(error);
    }
  },

  freeze(url) {
    freezer?.postMessage(url);
  },

  async serveFrom(script) {
    const holdfast = opened();
    const registration = await navigator.serviceWorker.register(script, { type: "module" });
    const found = await registerBackground(holdfast, registration);
    const { background } = await firstValueFrom(holdfast.status$);
    if (background.state !== found.state) throw new Error("The status says something else.");
    return background;
  },

  openWith: (worker) =>
    openHoldfast({
      api: "https://platform.test",
      user: "user-eve",
      token: () => "none",
      paused: true,
      worker,
    }),

  startWorker: () => startWorker(undefined),

  endWorker() {
    worker?.terminate();
  },

  embedded,
};

function opened(): Holdfast {
  const { holdfast } = globalThis.inPage;
  if (holdfast === undefined) throw new Error("The store is open.");
  return holdfast;
}

function startWorker(breakage: Breakage | undefined): Worker {
  if (breakage === undefined) {
    return new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" });
  }
  const channelName = `freezer-${crypto.randomUUID()}`;
  freezer = new BroadcastChannel(channelName);
  const name = JSON.stringify({ ...breakage, freezer: channelName });
  return new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name });
}

async function embedded(): ReturnType<typeof connectPlatform> {
  const worker = new SharedWorker(new URL("@holdfast/platform/shared-worker", import.meta.url), {
    type: "module",
    name: "platform",
  });
  return await connectPlatform(worker);
}
