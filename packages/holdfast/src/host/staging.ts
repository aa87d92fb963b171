import {
  type CreateRequest,
  type Failure,
  failureAt,
  failureOf,
  maxObjectsPerWrite,
  parseCreate,
} from "@holdfast/core";
import type { Message, Result } from "../wire.ts";

/** Inputs of all batches that a page has begun and neither committed nor dropped: what they hold in memory. */
const maxStaged = 4 * maxObjectsPerWrite;

export interface StagedCreate {
  readonly request: CreateRequest;
  /** The number under which its content was written. */
  readonly content?: number;
}

/** Inputs of `createMany`, parsed as they come, until the last has come. */
export class Staging {
  readonly #batches = new Map<number, StagedCreate[]>();
  #staged = 0;

  add({ batch, class: objectClass, inputs, contents }: Message<"stage">): Result<null> {
    const requests = this.#batches.get(batch) ?? [];
    if (this.#staged + inputs.length > maxStaged) return { failure: tooManyStaged };
    if (requests.length + inputs.length > maxObjectsPerWrite) return { failure: tooManyInputs };
    this.#batches.set(batch, requests);
    for (const [index, input] of inputs.entries()) {
      try {
        const content = contents?.[index] ?? undefined;
        const request = parseCreate(objectClass, input);
        requests.push(content === undefined ? { request } : { request, content });
        this.#staged += 1;
      } catch (error) {
        const failure = failureOf(error);
        if (failure === undefined) throw error;
        return { failure: failureAt(failure, requests.length) };
      }
    }
    return { value: null };
  }

  take(batch: number): readonly StagedCreate[] {
    const requests = this.#batches.get(batch) ?? [];
    this.#batches.delete(batch);
    this.#staged -= requests.length;
    return requests;
  }
}

const tooManyStaged: Failure = {
  code: "InvalidInput",
  message: `More than ${maxStaged} inputs of createMany are under way; wait for some of the calls.`,
};

const tooManyInputs: Failure = {
  code: "InvalidInput",
  message: `One call of createMany takes at most ${maxObjectsPerWrite} inputs; make several calls.`,
};
