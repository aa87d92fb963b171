import { type Failure, failureOf, fromLocalKey, type LocalKey, type Store } from "@holdfast/core";
import type { Engine } from "@holdfast/sync";
import type { Push } from "../wire.ts";
import { parseLocalKey } from "./object-keys.ts";

export interface SeekingPorts {
  readonly store: Pick<Store, "checkForChanges">;
  readonly engine: Pick<Engine, "seek">;
  readonly push: (push: Push) => void;
}

/** Objects that one page has asked the platform for, by the page's own numbers. */
export class Seeking {
  readonly #ports: SeekingPorts;
  readonly #stops = new Map<number, AbortController>();

  constructor(ports: SeekingPorts) {
    this.#ports = ports;
  }

  begin(wait: number, object: LocalKey): void {
    const stop = new AbortController();
    this.#stops.set(wait, stop);
    void this.#seek(object, stop.signal).then((failure) => {
      if (!this.#stops.delete(wait)) return;
      const reached = { wait, ...(failure === undefined ? {} : { failure }) };
      this.#ports.push({ push: "reached", waits: [reached] });
    });
  }

  end(wait: number): void {
    this.#stops.get(wait)?.abort(new Error("Nobody waits for it any more."));
    this.#stops.delete(wait);
  }

  close(): void {
    for (const wait of [...this.#stops.keys()]) this.end(wait);
  }

  /** @returns why it is not here. */
  async #seek(object: LocalKey, signal: AbortSignal): Promise<Failure | undefined> {
    const { engine, store } = this.#ports;
    const key = parseLocalKey(object);
    if (key === undefined) {
      return {
        code: "InvalidInput",
        message: "Name an object by its id, and the project it is in.",
      };
    }
    try {
      await engine.seek(fromLocalKey(key), signal);
      // Another tab may have written it: this one hears of that before the page reads.
      await store.checkForChanges();
      return undefined;
    } catch (error) {
      const message = `${object} could not be asked for. Try it later.`;
      return failureOf(error) ?? { code: "Unreachable", message };
    }
  }
}
