import { seededRandom, VirtualClock } from "@holdfast/core/testing";
import { CrowdedPlatform } from "./crowded-platform.ts";
import type { Client, ClientParts, Workload } from "./crowd.ts";
import { type Second, Timeline } from "./timeline.ts";

export interface StampedeOptions {
  readonly seed: number;
  readonly clients: number;
  /** Devices of one account. */
  readonly clientsPerAccount: number;
  readonly workload: Workload;
  readonly accountPerSecond: number;
  readonly perSecond: number;
  /** Before everyone reconnects. */
  readonly outageMs: number;
  /** Beyond it a crowd counts as stuck. */
  readonly withinMs: number;
  readonly open: (parts: ClientParts) => Client;
  readonly onProgress: (progress: { readonly drained: number; readonly passedMs: number }) => void;
}

export interface Stampede {
  readonly seconds: readonly Second[];
  /** How long after the reconnect each client had nothing left to do, undefined where it had to the end. */
  readonly drainedMs: readonly (number | undefined)[];
}

/** Everyone hears at one instant that the network is back. */
export async function stampede(options: StampedeOptions): Promise<Stampede> {
  const { seed, clients: count, clientsPerAccount, workload, open, onProgress } = options;
  const clock = new VirtualClock();
  const random = seededRandom(seed);
  const timeline = new Timeline();
  const platform = new CrowdedPlatform({ ...options, clock, timeline });
  const drainedMs = Array.from({ length: count }, (): number | undefined => undefined);
  let drained = 0;
  let backAt = 0;
  const clients = Array.from({ length: count }, (_, number) => {
    const account = Math.floor(number / clientsPerAccount);
    const client = open({ clock, random, platform, number, account, workload });
    void client.drained.then(() => {
      drainedMs[number] = clock.monotonic() - backAt;
      drained += 1;
    });
    return client;
  });
  await runUntil(clock, options.outageMs, () => false);
  backAt = clock.monotonic();
  timeline.begin(backAt);
  platform.isUp = true;
  for (const client of clients) client.online();
  let toldAt = backAt;
  await runUntil(clock, backAt + options.withinMs, () => {
    if (clock.monotonic() - toldAt >= 1_000) {
      toldAt = clock.monotonic();
      onProgress({ drained, passedMs: toldAt - backAt });
    }
    return drained === count;
  });
  return { seconds: timeline.seconds, drainedMs };
}

/** Promises settle between two instants; nothing here waits for anything but the clock. */
async function runUntil(clock: VirtualClock, atMs: number, isOver: () => boolean): Promise<void> {
  await turn();
  while (!isOver()) {
    const waitMs = clock.nextDelayMs;
    if (waitMs === undefined || clock.monotonic() + waitMs > atMs) break;
    clock.fireNext();
    // Whatever is due at the same instant goes with it.
    while (clock.nextDelayMs === 0) clock.fireNext();
    await turn();
  }
  await clock.advance(Math.max(0, isOver() ? 0 : atMs - clock.monotonic()));
}

function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
