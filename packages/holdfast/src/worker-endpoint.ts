import { type Failure, failureOf, type Locks } from "@holdfast/core";
import { type Host, type HostPorts, openHost } from "./host.ts";
import type { HostLimits } from "./host/ports.ts";
import { pushLogger } from "./host/push-logger.ts";
import type { HostEndpoint, OpeningPorts } from "./host-endpoint.ts";
import { type Message, type Opening, type Push, type Result, wireVersion } from "./wire.ts";

export interface EndpointPorts {
  readonly locks: Locks;
  /** The host's ports; `api` is the embedded platform's port, where there is one. */
  readonly hostPorts: (api: MessagePort | undefined) => Omit<HostPorts, "logger">;
  readonly limits?: HostLimits;
}

/** The worker's end of the wire, for one page and one store. */
export class WorkerEndpoint implements HostEndpoint {
  readonly #ports: EndpointPorts;
  #host: Host | undefined;

  constructor(ports: EndpointPorts) {
    this.#ports = ports;
  }

  async open(opening: Opening, { life, pushes, api }: OpeningPorts): Promise<Result<null>> {
    const push = (said: Push): void => pushes.postMessage(said);
    await this.#holdLife(life);
    push({ push: "hello", wire: wireVersion });
    if (opening.wire !== wireVersion) return { failure: otherRelease(opening.wire) };
    try {
      const { wire: _, ...options } = opening;
      this.#host = await openHost(
        { ...this.#ports.hostPorts(api), logger: pushLogger(push) },
        { ...options, limits: this.#ports.limits ?? {}, onPush: push },
      );
      return { value: null };
    } catch (error) {
      const failure = failureOf(error);
      if (failure !== undefined) return { failure };
      const what = error instanceof Error ? error.message : String(error);
      return { failure: { code: "StorageFailed", message: `The store did not open: ${what}` } };
    }
  }

  async call(messages: readonly Message[]): Promise<readonly Result[]> {
    const host = this.#host;
    if (host === undefined) return messages.map(() => ({ failure: notOpen }));
    return await host.call(messages);
  }

  async close(): Promise<null> {
    await this.#host?.close();
    return null;
  }

  /** Held until the worker's agent is gone, by which the page notices its end. */
  async #holdLife(name: string): Promise<void> {
    await new Promise<void>((resolve) => {
      void this.#ports.locks.request(name, {}, () => {
        resolve();
        return new Promise<never>(() => {});
      });
    });
  }
}

const notOpen: Failure = { code: "StorageClosed", message: "The store is not open yet." };

function otherRelease(found: number): Failure {
  return {
    code: "NewerVersion",
    message: `The page speaks version ${found} of the wire, this worker ${wireVersion}: load both from one release.`,
    found,
  };
}
