import { silentLogger } from "@holdfast/core";
import { LocalLocks, VirtualClock } from "@holdfast/core/testing";
import { expose } from "comlink";
import { expect, test } from "vitest";
import type { HostEndpoint } from "../host-endpoint.ts";
import { codeOf, World } from "../in-thread.test-support.ts";
import { type Opening, wireVersion } from "../wire.ts";
import { WorkerEndpoint } from "../worker-endpoint.ts";
import { Client } from "./client.ts";
import { Line } from "./line.ts";
import { openWorkerTransport, type WorkerTransportOptions } from "./worker-transport.ts";

/** A worker in this very thread: what it says and hears goes through a real port. */
class FakeWorker extends EventTarget {
  readonly locks = new LocalLocks();
  readonly inside: MessagePort;
  isTerminated = false;
  /** What kills it, letting go of its locks. */
  readonly #lives: (() => void)[] = [];
  readonly #port: MessagePort;

  constructor() {
    super();
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    this.inside = port2;
    port1.onmessage = ({ data }) => this.dispatchEvent(new MessageEvent("message", { data }));
    port2.start();
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    this.#port.postMessage(message, transfer);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port.close();
    for (const end of this.#lives) end();
  }

  /** Web Locks as the worker holds them: its end lets go. */
  heldLocks(): { request: WorkerEndpointLocks } {
    return {
      request: (name, options, callback) =>
        this.locks.request(name, options, (held) =>
          Promise.race([
            callback(held),
            new Promise<never>((resolve) => this.#lives.push(resolve as () => void)),
          ]),
        ),
    };
  }
}

type WorkerEndpointLocks = LocalLocks["request"];

const opening: Opening = {
  wire: wireVersion,
  url: "https://platform.test",
  host: "platform.test",
  user: "user-ada",
  name: "holdfast",
  replay: {},
  paused: true,
  visible: true,
  parked: {},
  onDetailsConflict: "park",
};

function serve(worker: FakeWorker, world: World): void {
  const ports = world.ports();
  expose(
    new WorkerEndpoint({ locks: worker.heldLocks(), hostPorts: () => ports }),
    worker.inside as never,
  );
}

function optionsFor(
  worker: FakeWorker,
  change: Partial<WorkerTransportOptions> = {},
): WorkerTransportOptions {
  return {
    worker: worker as unknown as Worker,
    opening,
    handshakeMs: 10_000,
    clock: new VirtualClock(),
    locks: {
      request: ((name: string, options: { signal?: AbortSignal }, callback: () => void) =>
        worker.locks.request(name, options, async () => callback())) as LockManager["request"],
    },
    uniqueName: "life",
    ...change,
  };
}

function clientOf(transport: Awaited<ReturnType<typeof openWorkerTransport>>): Client {
  const ports = { transport, clock: new VirtualClock(), logger: silentLogger };
  return new Client({ line: new Line(ports, () => "token-of-ada") });
}

test("a store is opened, written and closed through a worker's port", async () => {
  await using world = new World();
  const worker = new FakeWorker();
  serve(worker, world);
  const holdfast = clientOf(await openWorkerTransport(optionsFor(worker)));
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  expect(await sample.describe()).toMatchObject({ name: "S-1", pending: 1 });
  await holdfast.close();
  expect(worker.isTerminated).toBe(true);
});

test("a worker that says nothing in time is ended as unreachable", async () => {
  const worker = new FakeWorker();
  const clock = new VirtualClock();
  const opened = codeOf(openWorkerTransport(optionsFor(worker, { clock })));
  await clock.advance(10_000);
  expect(await opened).toBe("WorkerUnreachable");
  expect(worker.isTerminated).toBe(true);
});

test("a worker that fails to load is unreachable at once", async () => {
  const worker = new FakeWorker();
  const opened = codeOf(openWorkerTransport(optionsFor(worker)));
  worker.dispatchEvent(new Event("error"));
  expect(await opened).toBe("WorkerUnreachable");
});

test("page and worker of different releases refuse each other", async () => {
  await using world = new World();
  const page = new FakeWorker();
  serve(page, world);
  const older = { ...opening, wire: wireVersion - 1 };
  expect(await codeOf(openWorkerTransport(optionsFor(page, { opening: older })))).toBe(
    "NewerVersion",
  );

  const worker = new FakeWorker();
  const endpoint: Partial<HostEndpoint> = {
    open: async (_opening, { pushes }) => {
      pushes.postMessage({ push: "hello", wire: wireVersion + 1 });
      return { value: null };
    },
  };
  expose(endpoint, worker.inside as never);
  expect(await codeOf(openWorkerTransport(optionsFor(worker)))).toBe("NewerVersion");
});

test("an opening that is given up ends the worker and rejects with the signal's reason", async () => {
  const worker = new FakeWorker();
  const abort = new AbortController();
  const opened = openWorkerTransport(optionsFor(worker, { signal: abort.signal }));
  abort.abort(new Error("never mind"));
  await expect(opened).rejects.toThrow("never mind");
  expect(worker.isTerminated).toBe(true);
});

test("why the store did not open reaches the page", async () => {
  await using world = new World();
  const worker = new FakeWorker();
  const ports = world.ports();
  const storage = { ...ports.storage, open: () => Promise.reject(new Error("no disk")) };
  expose(
    new WorkerEndpoint({ locks: worker.heldLocks(), hostPorts: () => ({ ...ports, storage }) }),
    worker.inside as never,
  );
  expect(await codeOf(openWorkerTransport(optionsFor(worker)))).toBe("StorageFailed");
});

test.for([
  ["is killed", (worker: FakeWorker) => worker.terminate()],
  ["errs", (worker: FakeWorker) => worker.dispatchEvent(new Event("error"))],
  ["garbles", (worker: FakeWorker) => worker.dispatchEvent(new Event("messageerror"))],
] as const)("calls end as unreachable when the worker %s", async ([, end]) => {
  await using world = new World();
  const worker = new FakeWorker();
  serve(worker, world);
  const holdfast = clientOf(await openWorkerTransport(optionsFor(worker)));
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  const acked = codeOf(sample.acked());
  end(worker);
  expect(await acked).toBe("WorkerUnreachable");
  expect(await codeOf(holdfast.objects.count())).toBe("WorkerUnreachable");
  await holdfast.close();
});
