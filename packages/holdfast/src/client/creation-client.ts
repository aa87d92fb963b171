import type { CreatableClass } from "@holdfast/core";
import type { Creation, CreationInput, ManyOptions } from "../creation.ts";
import type { CreatedHandle } from "../object-handle.ts";
import { type Created, maxRows } from "../wire.ts";
import { NewHandle } from "./handle.ts";
import { checkList } from "./check-list.ts";
import type { Line } from "./line.ts";

export class CreationClient<Input extends CreationInput> implements Creation<Input> {
  readonly #line: Line;
  readonly #class: CreatableClass;

  constructor(line: Line, objectClass: CreatableClass) {
    this.#line = line;
    this.#class = objectClass;
  }

  async create(input: Input): Promise<CreatedHandle> {
    const created = await this.#line.send({ kind: "create", class: this.#class, input });
    return new NewHandle(this.#line, created);
  }

  async createMany(
    inputs: readonly Input[],
    options: ManyOptions = {},
  ): Promise<readonly CreatedHandle[]> {
    checkList(inputs, "inputs");
    if (inputs.length === 0) return [];
    const batch = this.#line.nextNumber();
    try {
      await this.#stage(batch, inputs, options);
    } catch (error) {
      this.#line.send({ kind: "drop", batch }).catch(() => {});
      throw error;
    }
    const created = await this.#line.rest<Created>(
      await this.#line.send({ kind: "commit", batch }),
    );
    return created.map((one) => new NewHandle(this.#line, one));
  }

  /** One message is copied while the worker reads the one before, never all in one task of the page. */
  async #stage(
    batch: number,
    inputs: readonly Input[],
    { onProgress, signal }: ManyOptions,
  ): Promise<void> {
    let before: Promise<unknown> = Promise.resolve();
    for (let from = 0; from < inputs.length; from += maxRows) {
      signal?.throwIfAborted();
      const part = inputs.slice(from, from + maxRows);
      const sent = this.#line.send({ kind: "stage", batch, class: this.#class, inputs: part });
      // Awaited one round later; until then a refusal is not unhandled.
      sent.catch(() => {});
      await before;
      onProgress?.({ done: from, of: inputs.length });
      before = sent;
    }
    await before;
    signal?.throwIfAborted();
    onProgress?.({ done: inputs.length, of: inputs.length });
  }
}
