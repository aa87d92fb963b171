import type { CreatableClass } from "@holdfast/core";
import type { ManyOptions } from "../creation.ts";
import type { FileInput } from "../files.ts";
import { type Created, maxRows } from "../wire.ts";
import type { PlainInputs } from "./keep-content.ts";
import type { Line } from "./line.ts";

export interface Creations extends PlainInputs {
  readonly class: CreatableClass;
}

/** Crosses to the host in messages of at most 500 inputs, and is written there in one transaction. */
export async function createMany(
  line: Line,
  creations: Creations,
  options: ManyOptions,
): Promise<readonly Created[]> {
  if (creations.inputs.length === 0) return [];
  const plain = await withoutContents(line, creations, options);
  const batch = line.nextNumber();
  try {
    await stage(line, { ...plain, batch }, options);
  } catch (error) {
    line.send({ kind: "drop", batch }).catch(() => {});
    throw error;
  }
  return await line.rest<Created>(await line.send({ kind: "commit", batch }));
}

async function withoutContents(
  line: Line,
  creations: Creations,
  options: ManyOptions,
): Promise<Creations> {
  const hasContents =
    creations.class === "file" &&
    creations.inputs.some((input: FileInput) => input?.content !== undefined);
  if (!hasContents) return creations;
  const { keepContents } = await import("./keep-content.ts");
  return { class: "file", ...(await keepContents(line, creations.inputs, options)) };
}

/** One message is copied while the worker reads the one before, never all in one task of the page. */
async function stage(
  line: Line,
  { class: objectClass, inputs, contents, batch }: Creations & { readonly batch: number },
  { onProgress, signal }: ManyOptions,
): Promise<void> {
  let before: Promise<unknown> = Promise.resolve();
  for (let from = 0; from < inputs.length; from += maxRows) {
    signal?.throwIfAborted();
    const to = from + maxRows;
    const sent = line.send({
      ...{ kind: "stage", batch, class: objectClass, inputs: inputs.slice(from, to) },
      ...(contents && { contents: contents.slice(from, to) }),
    });
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
