import { type Failure, type Logger, silentLogger } from "@holdfast/core";
import { MortalProcess, VirtualClock } from "@holdfast/core/testing";
import type { Holdfast } from "../holdfast.ts";
import type { HostPorts } from "../host/ports.ts";
import { World } from "../in-thread.test-support.ts";
import { replayStore, type ReplayStoreOptions } from "./replay-store.ts";
import type { StoreAddress } from "./store-tag.ts";

export const token = "token-of-ada";

export const address: StoreAddress = {
  url: "https://platform.test",
  host: "platform.test",
  user: "user-ada",
  name: "holdfast",
};

/** A device whose tabs are closed, on virtual time. */
export class Night implements AsyncDisposable {
  readonly world: World = new World();
  readonly clock: VirtualClock = new VirtualClock();
  /** Paths of what reached the platform, or would have. */
  readonly sent: string[] = [];
  readonly told: string[] = [];
  /** How long each request of the background takes to the platform. */
  latencyMs = 0;
  readonly logger: Logger = {
    ...silentLogger,
    warn: (message, data) => this.told.push(`${message} ${JSON.stringify(data)}`),
    error: (message, data) => this.told.push(`${message} ${JSON.stringify(data)}`),
  };

  /** A tab comes, closes so many samples without a network, and goes. */
  async workOffline(count: number): Promise<void> {
    this.world.setOnline(false);
    const page = await this.page();
    for (let n = 0; n < count; n++) {
      const sample = await page.records.create({ project: this.world.project, name: `S-${n}` });
      await sample.close();
    }
    await this.pass(page.close());
    this.world.setOnline(true);
  }

  async page(): Promise<Holdfast> {
    return await this.pass(this.world.open({ ports: { clock: this.clock } }));
  }

  ports(process: MortalProcess = new MortalProcess()): HostPorts {
    const ports = this.world.ports();
    const { storage } = ports;
    return {
      ...ports,
      logger: this.logger,
      clock: process.clock(this.clock),
      locks: process.locks(ports.locks),
      storage: {
        ...storage,
        open: async (request) => process.store(await storage.open(request)),
      },
      fetch: (request) =>
        process.call(async () => {
          this.sent.push(new URL(request.url).pathname);
          await new Promise<void>((resolve) => this.clock.timer(this.latencyMs, () => resolve()));
          return await ports.fetch(request);
        }),
    };
  }

  replay(
    options: Partial<ReplayStoreOptions> = {},
    ports: HostPorts = this.ports(),
  ): Promise<Failure | undefined> {
    return replayStore(ports, {
      address,
      token: () => token,
      replay: { requestsPerSecond: "unlimited" },
      limits: {},
      withinMs: 120_000,
      ...options,
    });
  }

  /** Lets time pass until the promise is settled. */
  async pass<Value>(promise: Promise<Value>): Promise<Value> {
    let isOver = false;
    const over = (): void => {
      isOver = true;
    };
    promise.then(over, over);
    for (let turn = 0; !isOver && turn < 10_000; turn++) {
      await settle();
      if (!isOver) await this.clock.advance(50, settle);
    }
    if (!isOver) throw new Error("It takes longer than eight minutes.");
    return await promise;
  }

  /** Lets time pass until it holds. */
  async until(holds: () => boolean): Promise<void> {
    for (let turn = 0; !holds() && turn < 10_000; turn++) await this.clock.advance(50, settle);
    if (!holds()) throw new Error("It does not come to hold.");
  }

  async advance(ms: number): Promise<void> {
    await this.clock.advance(ms, settle);
  }

  /** Names and states of what the platform has, in the order of the names. */
  async onPlatform(): Promise<readonly string[]> {
    const objects = await this.world.objects();
    return objects.map(({ name, state }) => `${name} ${state}`).sort((a, b) => (a < b ? -1 : 1));
  }

  /** Effects of creates: one for each object, and no more. */
  creates(): number {
    return this.world.platform.effects.filter(({ route }) => route === "/record/new").length;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.pass(this.world[Symbol.asyncDispose]());
  }
}

export function closed(count: number): readonly string[] {
  return Array.from({ length: count }, (_, n) => `S-${n} closed`);
}

/** Enough turns of the event loop for what does not wait for the clock. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 8; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}
