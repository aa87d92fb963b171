import { type Clock, failureOf, type Logger } from "@holdfast/core";
import { collectGarbage, type ContentPorts } from "@holdfast/sync";

export interface HousekeepingPorts extends ContentPorts {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Not while a page opens, and rarely after it: what is left behind is only room. */
const firstAfterMs = 10_000;
const thenEveryMs = 15 * 60_000;

/** Collects the contents that nobody has, from time to time. */
export class Housekeeping {
  readonly #ports: HousekeepingPorts;
  #cancel: () => void;
  #sweeping: Promise<void> = Promise.resolve();

  constructor(ports: HousekeepingPorts) {
    this.#ports = ports;
    this.#cancel = ports.clock.timer(firstAfterMs, () => this.#sweep());
  }

  /** Resolves once nothing is being collected. */
  async close(): Promise<void> {
    this.#cancel();
    await this.#sweeping;
    this.#cancel();
  }

  #sweep(): void {
    const { clock, logger } = this.#ports;
    this.#sweeping = collectGarbage(this.#ports)
      .catch((error: unknown) => {
        if (failureOf(error)?.code === "StorageClosed") return;
        logger.warn("Contents that nobody has could not be collected.", { error });
      })
      .finally(() => {
        this.#cancel = clock.timer(thenEveryMs, () => this.#sweep());
      });
  }
}
