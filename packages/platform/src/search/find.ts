import { invalidInput } from "../api-error.ts";
import type { Copy } from "../world/data-object.ts";
import type { Before } from "../world/past.ts";
import {
  compareInOrder,
  type ObjectIndex,
  type SortKey,
  sortKeyOf,
} from "../world/object-index.ts";
import type { Project } from "../world/project.ts";
import { candidatesOf, smallest } from "./condition.ts";
import type { Cursor, FindInput } from "./find-input.ts";
import { matches } from "./match.ts";
import type { PropertyLeaf } from "./property-condition.ts";

export interface Page {
  readonly results: readonly Copy[];
  /** The first result of the next page; null on the last one. */
  readonly next: Cursor | null;
}

/** What a search that lags sees in a project: what there is now, but for what has changed since. */
interface Seen {
  readonly index: ObjectIndex;
  readonly before: Before;
}

/**
 * One page of a search through the projects in the order given.
 *
 * @param past - By project, what the search does not know yet, as it was.
 */
export function find(
  projects: readonly Project[],
  input: FindInput,
  past: ReadonlyMap<string, Before>,
): Page {
  const results: Copy[] = [];
  const first = firstProject(projects, input.starting);
  for (const [index, project] of projects.slice(first).entries()) {
    const seen = { index: project.index, before: past.get(project.id) ?? noPast };
    const from = index === 0 ? placeOf(project, seen, input.starting) : undefined;
    for (const copy of matchesIn(seen, input, from)) {
      if (results.length === input.limit) {
        return { results, next: { project: copy.project, id: copy.object.id } };
      }
      results.push(copy);
    }
  }
  return { results, next: null };
}

const noPast: Before = new Map();

function firstProject(projects: readonly Project[], cursor: Cursor | undefined): number {
  if (cursor === undefined) return 0;
  const index = projects.findIndex((project) => project.id === cursor.project);
  if (index === -1) throw strangeCursor();
  return index;
}

/** Where the cursor's object is seen; where it stood last if it is gone [assumed, CS §5.2]. */
function placeOf(
  { removed }: Project,
  { index, before }: Seen,
  cursor: Cursor | undefined,
): SortKey | undefined {
  if (cursor === undefined) return undefined;
  const copy = before.get(cursor.id) ?? index.get(cursor.id);
  const place = copy === undefined ? removed.get(cursor.id) : sortKeyOf(copy);
  if (place === undefined) throw strangeCursor();
  return place;
}

function strangeCursor(): Error {
  return invalidInput(
    'expected key "starting" of input to be "next" of the page before, unchanged',
  );
}

/** In order, either from the few that an index names or by walking the order until the page is full. */
function* matchesIn(
  { index, before }: Seen,
  input: FindInput,
  from: SortKey | undefined,
): Generator<Copy> {
  const few = fewCandidates(index, input);
  const now = few === undefined ? walk(index, input, from) : sorted(few, input, from);
  yield* before.size === 0 ? now : withPast(now, before, { input, from });
}

interface Part {
  readonly input: FindInput;
  readonly from: SortKey | undefined;
}

/** In order, too: what has changed since stands where it stood. */
function* withPast(now: Iterable<Copy>, before: Before, { input, from }: Part): Generator<Copy> {
  const { order } = input;
  const there = [...before.values()].filter((copy) => copy !== undefined);
  const earlier = sorted(there, input, from);
  let place = 0;
  for (const copy of now) {
    if (before.has(copy.object.id)) continue;
    for (let next = earlier[place]; next !== undefined; next = earlier[place]) {
      if (compareInOrder(order, sortKeyOf(next), sortKeyOf(copy)) > 0) break;
      yield next;
      place += 1;
    }
    yield copy;
  }
  yield* earlier.slice(place);
}

/**
 * The smallest set that an index has for what is asked. Sorting it costs its size; walking the order costs what lies
 * between a page's worth of hits, so a large set is worth less than no set.
 */
function fewCandidates(index: ObjectIndex, input: FindInput): ReadonlySet<Copy> | undefined {
  const { ids, name, type, tags, properties, link, scope } = input;
  const candidates = smallest([
    ids && found(index, ids),
    name?.exact === undefined ? undefined : index.named(name.exact),
    type && candidatesOf(type, (leaf) => index.withType(leaf)),
    tags && candidatesOf(tags, (leaf) => index.withTag(leaf)),
    properties && candidatesOf(properties, (leaf) => withProperty(index, leaf)),
    link === undefined ? undefined : index.leadingTo(link),
    scope?.recurse === false ? index.inFolder(scope.folder) : undefined,
  ]);
  if (candidates === undefined) return undefined;
  return candidates.size ** 2 <= (input.limit + 1) * index.size ? candidates : undefined;
}

function found(index: ObjectIndex, ids: ReadonlySet<string>): ReadonlySet<Copy> {
  return new Set([...ids].map((id) => index.get(id)).filter((copy) => copy !== undefined));
}

function withProperty(index: ObjectIndex, leaf: PropertyLeaf): ReadonlySet<Copy> | undefined {
  if (leaf.wants === false) return undefined;
  return typeof leaf.wants === "string"
    ? index.withProperty(leaf.key, leaf.wants)
    : index.withProperty(leaf.key);
}

/** Those of a few that match, in order. */
function sorted(
  copies: Iterable<Copy>,
  input: FindInput,
  from: SortKey | undefined,
): readonly Copy[] {
  const { order } = input;
  return [...copies]
    .filter((copy) => matches(copy, input))
    .map((copy) => ({ copy, key: sortKeyOf(copy) }))
    .filter(({ key }) => from === undefined || compareInOrder(order, key, from) >= 0)
    .sort((left, right) => compareInOrder(order, left.key, right.key))
    .map(({ copy }) => copy);
}

/** Those that match, down the order; a range over the very field it is sorted by says where to begin and where to stop. */
function* walk(index: ObjectIndex, input: FindInput, from: SortKey | undefined): Generator<Copy> {
  const { order, modified, created } = input;
  const range = order === "modified" ? modified : created;
  const [first, last] =
    order === "createdAscending" ? [range.after, range.before] : [range.before, range.after];
  const top: SortKey = { id: "", modified: first, created: first };
  const begin = from === undefined || compareInOrder(order, from, top) < 0 ? top : from;
  const end: SortKey = { id: afterAnyId, modified: last, created: last };
  for (const run of index.ordered(order, begin)) {
    for (const entry of run) {
      if (compareInOrder(order, entry, end) > 0) return;
      if (entry.copy !== undefined && matches(entry.copy, input)) yield entry.copy;
    }
  }
}

/** Ids are ASCII: this comes after each of them. */
const afterAnyId = "\uffff";
