import { type Clock, type Failure, HoldfastError } from "@holdfast/core";
import { type Remote, transfer, wrap } from "comlink";
import type { HostEndpoint } from "../host-endpoint.ts";
import { type Message, type Opening, type Push, type Result, wireVersion } from "../wire.ts";
import type { Transport, TransportListener } from "./transport.ts";

export interface WorkerTransportOptions {
  readonly worker: Worker;
  readonly opening: Opening;
  /** The embedded platform's port, handed on to the worker. */
  readonly api?: MessagePort;
  readonly handshakeMs: number;
  readonly clock: Clock;
  readonly locks: Pick<LockManager, "request">;
  /** Draws the name of the lock by which the worker's end is noticed. */
  readonly uniqueName: string;
  readonly signal?: AbortSignal;
}

/**
 * Opens the store in the worker.
 * @throws HoldfastError `WorkerUnreachable` when the worker does not load or says nothing in time,
 *   `NewerVersion` when it is of another release, or why the store did not open. The worker is ended then.
 */
export async function openWorkerTransport(options: WorkerTransportOptions): Promise<Transport> {
  const transport = new WorkerTransport(options);
  try {
    await transport.open();
  } catch (error) {
    transport.end();
    throw error;
  }
  return transport;
}

/**
 * A worker that dies says nothing, and Comlink would wait for it for ever. So the listener hears `onLost` when the
 * worker errs, or when the Web Lock that it holds as long as it lives becomes free.
 */
class WorkerTransport implements Transport {
  readonly #options: WorkerTransportOptions;
  readonly #remote: Remote<HostEndpoint>;
  readonly #pushes: MessageChannel = new MessageChannel();
  readonly #ended: AbortController = new AbortController();
  readonly #lost: Promise<never>;
  #giveUp!: (reason: unknown) => void;
  #early: Push[] = [];
  #listener: TransportListener | undefined;
  #isOver = false;
  #failure: Failure | undefined;

  constructor(options: WorkerTransportOptions) {
    this.#options = options;
    this.#remote = wrap<HostEndpoint>(options.worker);
    this.#lost = new Promise((_, reject) => {
      this.#giveUp = reject;
    });
    this.#lost.catch(() => {});
  }

  async open(): Promise<void> {
    const { worker, opening, api, clock, handshakeMs, uniqueName, signal } = this.#options;
    signal?.throwIfAborted();
    const onAbort = (): void => this.#giveUp(signal?.reason);
    signal?.addEventListener("abort", onAbort, { once: true });
    const { signal: ended } = this.#ended;
    worker.addEventListener("error", (event) => this.#onError(event), { signal: ended });
    worker.addEventListener("messageerror", () => this.#onGarbled(), { signal: ended });
    const { port1, port2 } = this.#pushes;
    const hello = new Promise<number>((resolve) => {
      port1.addEventListener("message", ({ data }: MessageEvent<Push>) => {
        if (data.push === "hello") resolve(data.wire);
        else this.#onPush(data);
      });
    });
    port1.addEventListener("messageerror", () => this.#onGarbled());
    port1.start();
    const cancelTimer = clock.timer(handshakeMs, () =>
      this.#lose(
        unreachable(`The worker said nothing for ${handshakeMs} ms; is its address right?`),
      ),
    );
    try {
      const ports = { life: uniqueName, pushes: port2 };
      const opened = this.#remote.open(
        opening,
        api === undefined ? transfer(ports, [port2]) : transfer({ ...ports, api }, [port2, api]),
      );
      opened.catch(() => {});
      const wire = await Promise.race([hello, this.#lost]);
      cancelTimer();
      if (wire !== wireVersion) throw new HoldfastError(otherRelease(wire));
      void this.#watchLife();
      const result = await Promise.race([opened, this.#lost]);
      if ("failure" in result) throw new HoldfastError(result.failure);
    } finally {
      cancelTimer();
      signal?.removeEventListener("abort", onAbort);
    }
  }

  call(messages: readonly Message[]): Promise<readonly Result[]> {
    return this.#remote.call(messages);
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const push of this.#early) listener.onPush(push);
    this.#early = [];
    if (this.#failure !== undefined) listener.onLost(this.#failure);
  }

  async close(): Promise<void> {
    try {
      await Promise.race([this.#remote.close(), this.#lost]);
    } finally {
      this.end();
    }
  }

  end(): void {
    this.#isOver = true;
    this.#ended.abort();
    this.#pushes.port1.close();
    this.#options.worker.terminate();
  }

  #onPush(push: Push): void {
    if (this.#listener === undefined) this.#early.push(push);
    else this.#listener.onPush(push);
  }

  /** A script that does not load gives a plain event, an uncaught error one with a message. */
  #onError(event: Event | ErrorEvent): void {
    const what = "message" in event && event.message !== "" ? `: ${event.message}` : ".";
    this.#lose(unreachable(`The worker failed to load or met an error that nothing caught${what}`));
  }

  #onGarbled(): void {
    this.#lose(unreachable("A message between page and worker could not be read."));
  }

  /** Granted only when the worker's agent is gone, whatever ended it. */
  async #watchLife(): Promise<void> {
    const { locks, uniqueName } = this.#options;
    try {
      await locks.request(uniqueName, { signal: this.#ended.signal }, () => {
        this.#lose(unreachable("The worker has ended; open the store again."));
      });
    } catch {
      // Ended by us.
    }
  }

  #lose(failure: Failure): void {
    if (this.#isOver) return;
    this.#failure = failure;
    this.end();
    this.#giveUp(new HoldfastError(failure));
    this.#listener?.onLost(failure);
  }
}

function unreachable(message: string): Failure {
  return { code: "WorkerUnreachable", message };
}

function otherRelease(found: number): Failure {
  return {
    code: "NewerVersion",
    message: `The worker speaks version ${found} of the wire, this page ${wireVersion}: load both from one release.`,
    found,
  };
}
