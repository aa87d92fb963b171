import {
  type FindQuery,
  isObjectId,
  isProvisionalId,
  type ObjectId,
  type Store,
} from "@holdfast/core";

/**
 * The query with every name of the objects it asks links to: details written before an object had its real id name
 * it by the provisional one, for ever (design §4.8).
 */
export async function withEveryName(store: Store, query: FindQuery): Promise<FindQuery> {
  if (query.link === undefined) return query;
  const given = typeof query.link === "string" ? [query.link] : query.link;
  const names = new Set<string>(given);
  const local = given.filter(isProvisionalId);
  const real = given.filter((id): id is ObjectId => isObjectId(id) && !isProvisionalId(id));
  for (const alias of await store.get("aliases", local))
    if (alias !== undefined) names.add(alias.id);
  for (const alias of await store.aliasesOf(real)) if (alias !== undefined) names.add(alias.local);
  return { ...query, link: [...names] };
}
