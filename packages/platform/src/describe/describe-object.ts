import type { Json } from "@holdfast/core";
import { type FieldSelection, selects } from "../input/describe-input.ts";
import { JsonSource, type Output } from "../json/json-writer.ts";
import { archivalStateOf } from "../world/archival.ts";
import type { Copy, DataObject } from "../world/data-object.ts";
import { type FileState, partJson, sizeOf, sortedParts } from "../world/file-state.ts";
import { sortedEntries } from "../world/world.ts";

interface Field {
  readonly isDefault: boolean;
  /** Undefined where the object has no such field. */
  readonly read: (copy: Copy) => Output | undefined;
}

/** What every data object describes itself by (DO §5.2), in the order of the answer. */
const fields: Readonly<Record<string, Field>> = {
  project: { isDefault: true, read: (copy) => copy.project },
  class: { isDefault: true, read: ({ object }) => object.class },
  sponsored: { isDefault: true, read: () => false },
  name: { isDefault: true, read: (copy) => copy.name },
  types: { isDefault: true, read: ({ object }) => object.types },
  state: { isDefault: true, read: ({ object }) => object.state },
  hidden: { isDefault: true, read: ({ object }) => object.hidden },
  links: { isDefault: true, read: ({ object }) => object.links },
  folder: { isDefault: true, read: (copy) => copy.folder },
  tags: { isDefault: true, read: (copy) => copy.tags },
  created: { isDefault: true, read: ({ object }) => object.created },
  modified: { isDefault: true, read: (copy) => copy.modified },
  createdBy: { isDefault: true, read: ({ object }) => ({ user: object.createdBy }) },
  properties: { isDefault: false, read: (copy) => sortedEntries(copy.properties) },
  // What only files have. The size is known once it is final.
  media: { isDefault: true, read: ({ object }) => object.file?.media },
  size: { isDefault: true, read: ({ object }) => finalSize(object) },
  archivalState: { isDefault: true, read: archivalStateOf },
  parts: { isDefault: false, read: ({ object }) => object.file && partsOf(object.file) },
  details: { isDefault: false, read: ({ object }) => new JsonSource(object.details) },
};

/** The fields asked for. What a class does not have is left out, not an error. */
export function describeObject(copy: Copy, selection: FieldSelection): Output {
  const answer: Record<string, Output | undefined> = { id: copy.object.id };
  for (const [name, read] of readersOf(selection)) answer[name] = read(copy);
  for (const [name, value] of Object.entries(copy.object.own ?? {})) {
    if (selects(selection, name, true)) answer[name] = ownField(copy, name, value);
  }
  return answer;
}

function finalSize({ state, file }: DataObject): number | undefined {
  return file !== undefined && state === "closed" ? sizeOf(file) : undefined;
}

/** By index, which as a key of JSON is text (DO §7.4). */
function partsOf(file: FileState): Output {
  return Object.fromEntries(sortedParts(file).map(([index, part]) => [index, partJson(part)]));
}

type Reader = readonly [name: string, read: Field["read"]];

/** A page describes a thousand objects by one selection: it is worked out once. */
const readers = new WeakMap<FieldSelection, readonly Reader[]>();

function readersOf(selection: FieldSelection): readonly Reader[] {
  const known = readers.get(selection);
  if (known !== undefined) return known;
  const selected = Object.entries(fields)
    .filter(([name, { isDefault }]) => selects(selection, name, isDefault))
    .map(([name, { read }]): Reader => [name, read]);
  readers.set(selection, selected);
  return selected;
}

/** A workflow without a title shows its name as one, which is its id where it was given none (CS §6 [client]). */
function ownField(copy: Copy, name: string, value: Json): Output {
  return copy.object.class === "workflow" && name === "title" && value === null
    ? copy.name
    : (value as Output);
}
