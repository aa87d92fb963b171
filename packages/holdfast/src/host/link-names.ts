import {
  type FindQuery,
  isObjectId,
  isProvisionalId,
  type ObjectId,
  type ObjectRow,
  type Store,
} from "@holdfast/core";

/**
 * The query with every name of the objects it asks links to: details written before an object had its real id name
 * it by the provisional one, for ever (design §4.8).
 */
export async function withEveryName(store: Store, query: FindQuery): Promise<FindQuery> {
  const given = linksOf(query);
  if (given.length === 0) return query;
  const names = new Set<string>(given);
  const local = given.filter(isProvisionalId);
  const real = given.filter((id): id is ObjectId => isObjectId(id) && !isProvisionalId(id));
  for (const alias of await store.get("aliases", local))
    if (alias !== undefined) names.add(alias.id);
  for (const alias of await store.aliasesOf(real)) if (alias !== undefined) names.add(alias.local);
  return withNames(query, names);
}

/** The same, of what the rows say: a row names its object by both ids once the real one is known. */
export function withNamesOf(rows: Iterable<ObjectRow | undefined>, query: FindQuery): FindQuery {
  const given = linksOf(query);
  if (given.length === 0) return query;
  const names = new Set<string>(given);
  for (const row of rows) {
    if (row?.realId === undefined) continue;
    if (names.has(row.id) || names.has(row.realId)) names.add(row.id).add(row.realId);
  }
  return withNames(query, names);
}

function linksOf({ link = [] }: FindQuery): readonly string[] {
  return typeof link === "string" ? [link] : link;
}

/** The very query where it has these names already. */
function withNames(query: FindQuery, names: ReadonlySet<string>): FindQuery {
  if (names.size === new Set(linksOf(query)).size) return query;
  return { ...query, link: [...names] };
}
