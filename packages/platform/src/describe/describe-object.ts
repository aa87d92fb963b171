import { type FieldSelection, selects } from "../input/describe-input.ts";
import { JsonSource, type Output } from "../json/json-writer.ts";
import type { Copy } from "../world/data-object.ts";
import { sortedEntries } from "../world/world.ts";

interface Field {
  readonly isDefault: boolean;
  readonly read: (copy: Copy) => Output;
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
  details: { isDefault: false, read: ({ object }) => new JsonSource(object.details) },
};

/** The fields asked for. What a class does not have is left out, not an error. */
export function describeObject(copy: Copy, selection: FieldSelection): Output {
  const answer: Record<string, Output> = { id: copy.object.id };
  for (const [name, read] of readersOf(selection)) answer[name] = read(copy);
  return answer;
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
