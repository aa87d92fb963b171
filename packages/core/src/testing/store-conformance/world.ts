import { HoldfastError } from "../../failure.ts";
import { equalJson, type Json } from "../../json.ts";
import type { CommitNotice, Put, Store, Write } from "../../store.ts";

/** One database and the stores (tabs) opened on it. */
export interface StoreWorld {
  /**
   * Opens one more store on the same database.
   * @param options - `hearsBroadcasts` false: every broadcast of others is lost on the way to it.
   */
  open(options?: { readonly hearsBroadcasts?: boolean }): Promise<Store>;
  /** Closes what is still open and removes the database. */
  close(): Promise<void>;
}

export interface ConformanceCase {
  readonly name: string;
  run(world: StoreWorld): Promise<void>;
}

/** Undefined properties count as absent, as they do for JSON. */
export function expectEqual(actual: unknown, expected: unknown, what: string = "value"): void {
  // Megabytes of text are compared as they are; only what differs is looked at as JSON.
  if (equalJson(actual as Json, expected as Json)) return;
  const [left, right] = [toJson(actual), toJson(expected)];
  if (!equalJson(left, right)) {
    throw new Error(`${what}: expected ${shorten(right)}, got ${shorten(left)}`);
  }
}

/** The failure code the promise rejects with; a bug where it resolves or rejects with anything else. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof HoldfastError) return error.failure.code;
    throw error;
  }
  throw new Error("expected a rejection, but the promise resolved");
}

export function put(store: Store, ...puts: readonly Put[]): Promise<void> {
  return store.write(putting(...puts));
}

export function putting(...puts: readonly Put[]): Write<void> {
  return { durability: "relaxed", reads: {}, decide: () => ({ puts, result: undefined }) };
}

/** The notices of a store from now on, and how to wait for one. */
export function listen(store: Store): {
  readonly notices: readonly CommitNotice[];
  next(origin: CommitNotice["origin"]): Promise<CommitNotice>;
} {
  const notices: CommitNotice[] = [];
  let taken = 0;
  let wake = (): void => {};
  store.onCommit((notice) => {
    notices.push(notice);
    wake();
  });
  return {
    notices,
    async next(origin) {
      for (;;) {
        while (taken < notices.length) {
          const notice = notices[taken++] as CommitNotice;
          if (notice.origin === origin) return notice;
        }
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value ?? null)) as Json;
}

function shorten(value: Json): string {
  const text = JSON.stringify(value);
  return text.length > 2_000 ? `${text.slice(0, 2_000)}… (${text.length} characters)` : text;
}
