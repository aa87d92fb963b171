import { HoldfastError } from "@holdfast/core";
import { checkStoreName } from "../check-options.ts";
import { type PlatformAddress, toPlatformAddress } from "../platform-address.ts";

/** Which store a service worker shall open: all of it that has to be known before the database is open. */
export interface StoreAddress extends Pick<PlatformAddress, "url" | "host"> {
  readonly user: string;
  /** First part of the names of database, lock and channels. */
  readonly name: string;
}

/** The version of what follows it. A service worker of another release leaves tags of versions it does not know. */
const prefix = "holdfast:1:";

/**
 * The store as a tag of Background Sync. The browser keeps the tags it is asked for, across restarts and until they
 * are served: they are the directory of the stores that have something to send. Holds no secret.
 */
export function tagOf({ url, user, name }: Omit<StoreAddress, "host">): string {
  return `${prefix}${JSON.stringify({ api: url, user, name })}`;
}

/** `undefined` for a tag of the app's own, or one that nobody of this release has written. */
export function parseTag(tag: string): StoreAddress | undefined {
  if (!tag.startsWith(prefix)) return undefined;
  try {
    const parsed = JSON.parse(tag.slice(prefix.length)) as Readonly<Record<string, unknown>> | null;
    const { api, user, name } = parsed ?? {};
    if (typeof api !== "string" || typeof user !== "string" || typeof name !== "string") {
      return undefined;
    }
    checkStoreName({ name, user });
    const { url, host } = toPlatformAddress(api);
    return { url, host, user, name };
  } catch (error) {
    if (error instanceof HoldfastError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
