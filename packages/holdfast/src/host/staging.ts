import {
  type CreateRequest,
  type Failure,
  failureAt,
  failureOf,
  maxObjectsPerWrite,
  parseCreate,
} from "@holdfast/core";
import type { RecordInput } from "../records.ts";
import type { Result } from "../wire.ts";

/** Batches that a page has begun and neither committed nor dropped; more is a leak in the app. */
const maxBatches = 8;

/** Inputs of `createMany`, parsed as they come, until the last has come. */
export class Staging {
  readonly #batches = new Map<number, CreateRequest[]>();

  add(batch: number, inputs: readonly RecordInput[]): Result<null> {
    const requests = this.#batches.get(batch) ?? [];
    if (!this.#batches.has(batch) && this.#batches.size >= maxBatches) {
      return { failure: tooManyBatches };
    }
    if (requests.length + inputs.length > maxObjectsPerWrite) return { failure: tooManyInputs };
    this.#batches.set(batch, requests);
    for (const input of inputs) {
      try {
        requests.push(parseCreate("record", input));
      } catch (error) {
        const failure = failureOf(error);
        if (failure === undefined) throw error;
        return { failure: failureAt(failure, requests.length) };
      }
    }
    return { value: null };
  }

  take(batch: number): readonly CreateRequest[] {
    const requests = this.#batches.get(batch) ?? [];
    this.#batches.delete(batch);
    return requests;
  }
}

const tooManyBatches: Failure = {
  code: "InvalidInput",
  message: `More than ${maxBatches} calls of createMany are under way; wait for some of them.`,
};

const tooManyInputs: Failure = {
  code: "InvalidInput",
  message: `One call of createMany takes at most ${maxObjectsPerWrite} inputs; make several calls.`,
};
