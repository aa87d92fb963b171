/** Whose token it is, and for which API host. */
export interface TokenOwner {
  readonly user: string;
  /** Without a slash at the end. */
  readonly api: string;
}

const cacheName = "sample-bench:token";

/**
 * The token that a person has let this browser keep, so that it can be had without a tab; `undefined` where there is
 * none. The bench has no server to ask for one: an app that has should ask that, and keep nothing.
 */
export async function keptToken(owner: TokenOwner): Promise<string | undefined> {
  const cache = await caches.open(cacheName);
  const found = await cache.match(addressOf(owner));
  return await found?.text();
}

export async function keepToken(owner: TokenOwner, token: string): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.put(addressOf(owner), new Response(token));
}

export async function forgetToken(owner: TokenOwner): Promise<void> {
  const cache = await caches.open(cacheName);
  await cache.delete(addressOf(owner));
}

/** A key of the cache; nothing is fetched from it. */
function addressOf({ user, api }: TokenOwner): string {
  return `/kept-token?${new URLSearchParams({ api, user })}`;
}
