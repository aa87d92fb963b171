import type { Failure, Logger, StorageStatus } from "@holdfast/core";

/** `navigator.storage`, as far as it is used. */
export interface StorageManagerPort {
  persisted(): Promise<boolean>;
  persist(): Promise<boolean>;
}

export interface StoreStatusOptions {
  readonly medium: "disk" | "memory";
  readonly storageManager: StorageManagerPort | undefined;
  readonly logger: Logger;
}

/** How well the store keeps what it is given, told to whoever listens (design §4.3). */
export class StoreStatus {
  readonly #options: StoreStatusOptions;
  readonly #listeners = new Set<(status: StorageStatus) => void>();
  #mode: "persistent" | "best-effort" | "memory";
  /** Of the connection, gone once it works again. */
  #trouble: Failure | undefined;
  /** A row that cannot be read, which stays. */
  #badRow: Failure | undefined;
  #hasAsked = false;
  #told: StorageStatus;

  constructor(options: StoreStatusOptions) {
    this.#options = options;
    this.#mode = options.medium === "memory" ? "memory" : "best-effort";
    this.#told = { mode: this.#mode };
  }

  get current(): StorageStatus {
    return this.#told;
  }

  subscribe(listener: (status: StorageStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  setTrouble(trouble: Failure | undefined): void {
    this.#trouble = trouble;
    this.#tell();
  }

  setBadRow(failure: Failure): void {
    this.#badRow ??= failure;
    this.#tell();
  }

  /** Whether the browser has promised, in an earlier session, not to evict the store. */
  async look(): Promise<void> {
    await this.#ask((manager) => manager.persisted());
  }

  /** Asks the browser not to evict the store: once, at the first durable write (design §11). */
  async askToPersist(): Promise<void> {
    if (this.#hasAsked || this.#mode === "persistent") return;
    this.#hasAsked = true;
    await this.#ask((manager) => manager.persist());
  }

  async #ask(question: (manager: StorageManagerPort) => Promise<boolean>): Promise<void> {
    const { storageManager, medium, logger } = this.#options;
    if (storageManager === undefined || medium === "memory") return;
    try {
      if (await question(storageManager)) this.#mode = "persistent";
    } catch (error) {
      // A browser that will not say keeps the data as well as it did before.
      logger.warn("The browser did not say whether storage is persistent.", { error });
    }
    this.#tell();
  }

  #tell(): void {
    const failure = this.#trouble ?? this.#badRow;
    const status: StorageStatus =
      failure === undefined ? { mode: this.#mode } : { mode: "degraded", failure };
    if (JSON.stringify(status) === JSON.stringify(this.#told)) return;
    this.#told = status;
    for (const listener of [...this.#listeners]) {
      try {
        listener(status);
      } catch (error) {
        this.#options.logger.error("A status listener threw.", { error });
      }
    }
  }
}
