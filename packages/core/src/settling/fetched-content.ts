import { assert } from "../assert.ts";
import { type ContentPart, type ContentRow, sizeOfParts } from "../content.ts";
import type { ObjectRow } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import type { ContentName, LocalKey } from "../ids.ts";
import { isListed } from "../matching/is-listed.ts";
import type { EpochMs } from "../ports.ts";
import type { Rows, Write } from "../store.ts";

/** The content that a file is fetching. */
export interface Fetched {
  readonly epoch: number;
  readonly file: LocalKey;
  readonly content: ContentName;
}

/**
 * Keeps in the rows which parts are here by now, once their bytes are durable. Relaxed: a lost one is fetched again. Fenced.
 *
 * @returns false where nobody wants the content any more; its row is gone then.
 */
export function keepFetchedParts(fetched: Fetched, parts: readonly ContentPart[]): Write<boolean> {
  const { content } = fetched;
  return whileFetching(fetched, (object, row) => ({
    object: { ...object, fetching: { content, bytes: sizeOfParts(parts) } },
    content: { ...row, parts },
  }));
}

/** All parts are here and verified: from now on it is the file's content. @returns as {@link keepFetchedParts}. */
export function finishFetching(
  fetched: Fetched,
  { parts, at }: { readonly parts: readonly ContentPart[]; readonly at: EpochMs },
): Write<boolean> {
  return whileFetching(fetched, (object, row) => ({
    object: withContent(object, row.name),
    content: { ...row, parts, state: "whole", isOnPlatform: true, usedAt: at },
  }));
}

/** There is none to be had, for now. @returns as {@link keepFetchedParts}. */
export function refuseFetching(fetched: Fetched, refused: Failure): Write<boolean> {
  return whileFetching(fetched, (object, { name }) => ({
    object: { ...object, fetching: { ...object.fetching, content: name, refused } },
  }));
}

/** Lets go of the row where nobody wants the content any more. @returns as {@link keepFetchedParts}. */
export function dropUnlessFetching(fetched: Fetched): Write<boolean> {
  return whileFetching(fetched, () => ({}));
}

function withContent({ fetching, ...object }: ObjectRow, content: ContentName): ObjectRow {
  assert(fetching?.content === content, "a file gets the content that it is fetching");
  return { ...object, content };
}

function whileFetching(
  { epoch, file, content }: Fetched,
  change: (
    object: ObjectRow,
    row: ContentRow,
  ) => { readonly object?: ObjectRow; readonly content?: ContentRow },
): Write<boolean> {
  return {
    durability: "relaxed",
    reads: { objects: [file], contents: [content] },
    fence: epoch,
    decide(rows) {
      const [object, row] = [rows.object(file), rows.content(content)];
      if (object?.fetching?.content !== content) return dropped(rows, content);
      // What is being removed may come back; who fetches it then finds what is here by now.
      if (row === undefined || !isFetching(object, row)) return { result: false };
      const next = change(object, row);
      return {
        puts: [
          ...(next.object === undefined ? [] : [{ table: "objects" as const, row: next.object }]),
          ...(next.content === undefined
            ? []
            : [{ table: "contents" as const, row: next.content }]),
        ],
        result: true,
      };
    },
  };
}

/** Whether the row's bytes are on their way for this object, as it stands now. */
export function isFetching(
  object: ObjectRow | undefined,
  { name, origin, state }: ContentRow,
): object is ObjectRow {
  if (object === undefined || !isListed(object)) return false;
  return origin === "platform" && state === "writing" && object.fetching?.content === name;
}

function dropped(
  rows: Rows,
  content: ContentName,
): {
  readonly deletes: readonly { readonly table: "contents"; readonly key: ContentName }[];
  readonly result: false;
} {
  const isLeft = rows.content(content)?.state === "writing";
  return { deletes: isLeft ? [{ table: "contents", key: content }] : [], result: false };
}
