import type { Clock } from "@holdfast/core";
import { systemClock } from "./clock.ts";
import type { NetworkState } from "./in-page/network-switch.ts";
import {
  connectMessage,
  type FromHost,
  type RemoteControl,
  type RemoteMethod,
  type ToHost,
} from "./in-page/wire.ts";

export type { NetworkState } from "./in-page/network-switch.ts";
export type { PlatformInfo, RemoteControl, ResetOptions } from "./in-page/wire.ts";

/** The network switch of the origin: what one page sets, all of them see. */
export interface Network {
  readonly state: NetworkState;
  /** Resolves once the state is saved and in force. */
  set(state: NetworkState): Promise<void>;
  /** Called with every new state, whoever set it. The function returned ends it. */
  subscribe(listener: (state: NetworkState) => void): () => void;
}

/** What a page holds of the platform of its origin. */
export interface PlatformConnection extends Omit<RemoteControl, "setNetwork"> {
  readonly network: Network;
  /** A fresh port to hand to the worker that runs the engine, which speaks through it with `fetchOverPort`. */
  port(): MessagePort;
  /** Lets go of the platform, which lives on. */
  close(): void;
}

export interface ConnectOptions {
  /** How long a silent worker is waited for. Default 10,000. */
  readonly deadlineMs?: number;
  readonly clock?: Clock;
}

/**
 * Connects a page to the platform of its origin.
 *
 * @param worker - a SharedWorker that runs `@holdfast/platform/shared-worker` or a port to one, or an active service
 * worker that runs `@holdfast/platform/service-worker`. A connection to a service worker ends whenever the browser ends
 * the worker, and what is asked then rejects: connect again where it is needed. Calls by `fetch` wake it up
 * by themselves.
 * @throws Error where the worker does not load, cannot open its world or does not answer in time.
 */
export async function connectPlatform(
  worker: SharedWorker | ServiceWorker | MessagePort,
  { deadlineMs = 10_000, clock = systemClock }: ConnectOptions = {},
): Promise<PlatformConnection> {
  const port = portTo(worker);
  const connection = new Connection(port);
  let cancel: () => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    cancel = clock.timer(deadlineMs, () =>
      reject(new Error(`the platform's worker did not answer within ${deadlineMs} ms`)),
    );
    if ("port" in worker) {
      worker.onerror = () => reject(new Error("the platform's worker could not be loaded"));
    }
  });
  try {
    await Promise.race([connection.greeted, failed]);
  } catch (error) {
    connection.close();
    throw error;
  } finally {
    cancel();
  }
  return connection.toPublic();
}

function portTo(worker: SharedWorker | ServiceWorker | MessagePort): MessagePort {
  if ("port" in worker) return worker.port;
  if (!("scriptURL" in worker)) return worker;
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(connectMessage, [port2]);
  return port1;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: Error) => void;
}

class Connection {
  readonly greeted: Promise<void>;
  readonly #port: MessagePort;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners = new Set<(state: NetworkState) => void>();
  #network: NetworkState = "online";
  #lastId = 0;
  #isEnded = false;

  constructor(port: MessagePort) {
    this.#port = port;
    port.addEventListener("close", () => this.#end("the platform's worker has ended"));
    this.greeted = new Promise((resolve, reject) => {
      port.onmessage = ({ data }: MessageEvent<FromHost>) => {
        if (data.type === "hello") {
          this.#network = data.network;
          resolve();
        } else if (data.type === "unable") {
          reject(new Error(`the platform's world could not be opened: ${data.message}`));
        } else {
          this.#receive(data);
        }
      };
    });
  }

  close(): void {
    this.#port.close();
    this.#end("the connection to the platform was closed");
    this.#listeners.clear();
  }

  toPublic(): PlatformConnection {
    const remote = <Method extends RemoteMethod>(method: Method): RemoteControl[Method] =>
      ((...args: readonly unknown[]) => this.#call(method, args)) as RemoteControl[Method];
    const networkState = (): NetworkState => this.#network;
    return {
      network: {
        get state() {
          return networkState();
        },
        set: remote("setNetwork"),
        subscribe: (listener) => {
          this.#listeners.add(listener);
          return () => {
            this.#listeners.delete(listener);
          };
        },
      },
      port: () => {
        const { port1, port2 } = new MessageChannel();
        this.#send({ type: "transport", port: port2 }, [port2]);
        return port1;
      },
      close: () => this.close(),
      info: remote("info"),
      act: remote("act"),
      passTime: remote("passTime"),
      reset: remote("reset"),
      setLevel: remote("setLevel"),
      setFlags: remote("setFlags"),
      addUser: remote("addUser"),
      addProject: remote("addProject"),
      addDatabase: remote("addDatabase"),
      addToken: remote("addToken"),
      revokeToken: remote("revokeToken"),
      nextFault: remote("nextFault"),
      faultRates: remote("faultRates"),
      clearFaults: remote("clearFaults"),
      effects: remote("effects"),
      requests: remote("requests"),
      snapshot: remote("snapshot"),
      restore: remote("restore"),
    };
  }

  #call(method: RemoteMethod, args: readonly unknown[]): Promise<unknown> {
    if (this.#isEnded) return Promise.reject(new Error("the connection to the platform has ended"));
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ type: "call", id, method, args });
    });
  }

  #end(reason: string): void {
    this.#isEnded = true;
    for (const { reject } of this.#waiting.values()) reject(new Error(reason));
    this.#waiting.clear();
  }

  #receive(message: Exclude<FromHost, { type: "hello" | "unable" }>): void {
    if (message.type === "network") {
      this.#network = message.state;
      for (const listener of [...this.#listeners]) listener(message.state);
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.type === "result") waiting?.resolve(message.value);
    else waiting?.reject(Object.assign(new Error(message.message), { code: message.code }));
  }

  #send(message: ToHost, transfer: Transferable[] = []): void {
    this.#port.postMessage(message, transfer);
  }
}
