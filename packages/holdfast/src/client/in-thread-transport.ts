import type { Host } from "../host.ts";
import type { Message, Push, Result } from "../wire.ts";
import type { Transport, TransportListener } from "./transport.ts";

/** No thread between page and host, and yet only copies of plain data pass, as through a port. */
export class InThreadTransport implements Transport {
  readonly #host: Host;
  #listener: TransportListener | undefined;
  #early: Push[] = [];

  /** @param open - opens the host, given where its pushes go. */
  static async open(open: (onPush: (push: Push) => void) => Promise<Host>): Promise<Transport> {
    let transport: InThreadTransport | undefined;
    const early: Push[] = [];
    const host = await open((push) => {
      const copy = structuredClone(push);
      if (transport === undefined) early.push(copy);
      else queueMicrotask(() => transport?.push(copy));
    });
    transport = new InThreadTransport(host, early);
    return transport;
  }

  constructor(host: Host, early: Push[]) {
    this.#host = host;
    this.#early = early;
  }

  async call(messages: readonly Message[]): Promise<readonly Result[]> {
    return structuredClone(await this.#host.call(structuredClone(messages)));
  }

  listen(listener: TransportListener): void {
    this.#listener = listener;
    for (const push of this.#early) listener.onPush(push);
    this.#early = [];
  }

  close(): Promise<void> {
    return this.#host.close();
  }

  push(push: Push): void {
    if (this.#listener === undefined) this.#early.push(push);
    else this.#listener.onPush(push);
  }
}
