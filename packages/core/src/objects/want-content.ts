import type { ContentRow } from "../content.ts";
import type { ObjectRow } from "../data-object.ts";
import type { Failure, PlatformErrorType } from "../failure.ts";
import { type ContentName, isProvisionalId, type LocalKey, newContentName } from "../ids.ts";
import { isListed } from "../matching/is-listed.ts";
import type { EpochMs, Random } from "../ports.ts";
import type { Decision, Delete, Put, Rows, Write } from "../store.ts";

export interface WantContentInput {
  readonly key: LocalKey;
  /** Keep it on this device for good, or, with `false`, no longer; `false` also ends a fetching. Default: as it is. */
  readonly keepOffline?: boolean;
  /** Device time. */
  readonly at: EpochMs;
  readonly random: Random;
}

/** What a device has of a file's content once somebody has asked for it. */
export type WantedContent =
  | { readonly kind: "here"; readonly content: ContentName }
  /** The sender hears of it by the row. */
  | { readonly kind: "fetching"; readonly content: ContentName }
  /** And nobody wants it. */
  | { readonly kind: "absent" };

/**
 * Asks for a file's content on this device: where it is not here, and the platform may have it, the file is marked as being
 * fetched, also when that was refused before. A wish to keep it offline lasts, and is strict.
 *
 * @returns a write that is refused with `ResourceNotFound`, `InvalidType` for what is no file, and `InvalidState` for content
 *   that only a platform could have which does not know the file.
 */
export function wantContent(input: WantContentInput): Write<WantedContent> {
  const { key, keepOffline } = input;
  return {
    durability: keepOffline === undefined ? "relaxed" : "strict",
    reads: { objects: [key] },
    decide(rows) {
      const row = rows.object(key);
      if (row === undefined || !isListed(row)) return refusal("ResourceNotFound", key, "is gone");
      if (row.class !== "file") return refusal("InvalidType", key, "is no file: it has no content");
      if (keepOffline === false) return letGo(row);
      const wished: ObjectRow = keepOffline === true ? { ...row, keepOffline } : row;
      if (row.content !== undefined) {
        return { puts: putsOf(row, wished), result: { kind: "here", content: row.content } };
      }
      // What is kept offline is fetched once the platform has it.
      if (row.realId === undefined && isProvisionalId(row.id) && keepOffline === undefined) {
        return refusal("InvalidState", key, "has no content yet: attach it first");
      }
      return fetch(row, wished, { ...input, rows });
    },
  };
}

function fetch(
  row: ObjectRow,
  wished: ObjectRow,
  { at, random, rows }: WantContentInput & { readonly rows: Rows },
): Decision<WantedContent> {
  if (row.fetching !== undefined) {
    const { refused, ...fetching } = row.fetching;
    const { content } = fetching;
    const next: ObjectRow = refused === undefined ? wished : { ...wished, fetching };
    return { puts: putsOf(row, next), result: { kind: "fetching", content } };
  }
  const content = newContentName(random, `fetch:${rows.nextSequence()}`);
  const kept: ContentRow = {
    version: 1,
    name: content,
    file: row.key,
    origin: "platform",
    state: "writing",
    parts: [],
    madeAt: at,
    usedAt: at,
  };
  return {
    puts: [
      { table: "objects", row: { ...wished, fetching: { content } } },
      { table: "contents", row: kept },
    ],
    result: { kind: "fetching", content },
  };
}

/** What is here stays until its room is needed. */
function letGo(row: ObjectRow): Decision<WantedContent> {
  const { keepOffline, fetching, ...rest } = row;
  const isChanged = keepOffline !== undefined || fetching !== undefined;
  const deletes: readonly Delete[] =
    fetching === undefined ? [] : [{ table: "contents", key: fetching.content }];
  return {
    puts: isChanged ? [{ table: "objects", row: rest }] : [],
    deletes,
    result: row.content === undefined ? { kind: "absent" } : { kind: "here", content: row.content },
  };
}

function putsOf(row: ObjectRow, next: ObjectRow): readonly Put[] {
  const isSame = row.keepOffline === next.keepOffline && row.fetching === next.fetching;
  return isSame ? [] : [{ table: "objects", row: next }];
}

function refusal(
  code: PlatformErrorType,
  object: LocalKey,
  what: string,
): { readonly failure: Failure } {
  return { failure: { code, message: `${object} ${what}.`, object } };
}
