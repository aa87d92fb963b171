import { storeClosed, toStorageFailure } from "../storage-failure.ts";

/** To what can be closed: nothing is begun after that, and what fails before it fails as a storage does. */
export class Access {
  #isClosed = false;

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
  }

  /** @throws HoldfastError `StorageClosed`. */
  assertOpen(): void {
    if (this.#isClosed) throw storeClosed();
  }

  /** @throws HoldfastError `StorageClosed`, also where it was closed meanwhile, `StorageQuota`, `StorageFailed`. */
  async use<Result>(work: () => Promise<Result>): Promise<Result> {
    this.assertOpen();
    try {
      return await work();
    } catch (error) {
      this.assertOpen();
      throw toStorageFailure(error);
    }
  }
}
