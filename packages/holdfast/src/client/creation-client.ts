import type { CreatableClass, LocalKey, ObjectId } from "@holdfast/core";
import type { Creation, CreationInput, ManyOptions } from "../creation.ts";
import type { CreatedHandle } from "../object-handle.ts";
import { type Handle, newHandle } from "./handle.ts";
import { checkList } from "./check-list.ts";
import type { Line } from "./line.ts";

export class CreationClient<Input extends CreationInput, Of extends Handle>
  implements Creation<Input, Of & CreatedHandle>
{
  readonly #line: Line;
  readonly #class: CreatableClass;
  readonly #of: new (
    line: Line,
    key: LocalKey,
    id: ObjectId,
  ) => Of;

  constructor(
    line: Line,
    objectClass: CreatableClass,
    of: new (line: Line, key: LocalKey, id: ObjectId) => Of,
  ) {
    this.#line = line;
    this.#class = objectClass;
    this.#of = of;
  }

  async create(input: Input): Promise<Of & CreatedHandle> {
    const created = await this.#line.send({ kind: "create", class: this.#class, input });
    return newHandle(this.#line, created, this.#of);
  }

  async createMany(
    inputs: readonly Input[],
    options: ManyOptions = {},
  ): Promise<readonly (Of & CreatedHandle)[]> {
    checkList(inputs, "inputs");
    const { createMany } = await import("./create-many.ts");
    const created = await createMany(this.#line, { class: this.#class, inputs }, options);
    return created.map((one) => newHandle(this.#line, one, this.#of));
  }
}
