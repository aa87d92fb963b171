import type { ContentRow } from "../content.ts";
import type { ObjectRow } from "../data-object.ts";
import { type ContentName, newContentName } from "../ids.ts";
import type { EpochMs, Random } from "../ports.ts";
import type { Delete, Put, Write } from "../store.ts";
import { isEvictable } from "./evictable.ts";

/** A name that no other content has, drawn before its lock can be held. Relaxed. */
export function nameContent(random: Random): Write<ContentName> {
  return {
    durability: "relaxed",
    reads: {},
    decide: (rows) => ({ result: newContentName(random, `attach:${rows.nextSequence()}`) }),
  };
}

/** Before the first byte of new content: the row without which bytes are garbage. Strict, under the Web Lock of the name. */
export function beginContent({
  name,
  at,
}: {
  readonly name: ContentName;
  readonly at: EpochMs;
}): Write<null> {
  const row: ContentRow = {
    version: 1,
    name,
    origin: "device",
    state: "writing",
    parts: [],
    madeAt: at,
    usedAt: at,
  };
  return {
    durability: "strict",
    reads: {},
    decide: () => ({ puts: [{ table: "contents", row }], result: null }),
  };
}

/** Whether nothing but a writer, if there is one, holds the content: no file has it, or is fetching it. */
export function isGarbage(
  { name }: Pick<ContentRow, "name">,
  file: ObjectRow | undefined,
): boolean {
  return file?.content !== name && file?.fetching?.content !== name;
}

/**
 * Forgets content that no file has; its bytes go after that. For who holds the Web Lock of the name. Relaxed.
 * @returns whether it is, or was, forgotten.
 */
export function dropGarbage({ name, file }: Pick<ContentRow, "name" | "file">): Write<boolean> {
  return {
    durability: "relaxed",
    reads: { contents: [name], objects: file === undefined ? [] : [file] },
    decide(rows) {
      const row = rows.content(name);
      if (row === undefined) return { result: true };
      const isOf = row.file === file;
      if (!isOf || (file !== undefined && !isGarbage(row, rows.object(file)))) {
        return { result: false };
      }
      return { deletes: [{ table: "contents", key: name }], result: true };
    },
  };
}

/**
 * Takes evictable content from its file; its bytes go after that. Relaxed.
 * @returns false where it is not evictable any more.
 */
export function evictContent({ name, file }: Pick<ContentRow, "name" | "file">): Write<boolean> {
  return {
    durability: "relaxed",
    reads: { contents: [name], objects: file === undefined ? [] : [file] },
    decide(rows) {
      const [row, object] = [
        rows.content(name),
        file === undefined ? undefined : rows.object(file),
      ];
      if (row === undefined || !isEvictable(row, object)) return { result: false };
      const { content: _, ...rest } = object;
      return {
        puts: [{ table: "objects", row: rest }],
        deletes: [{ table: "contents", key: name }],
        result: true,
      };
    },
  };
}

/** The content that an object leaves behind when its row goes, or keeps where it stays. */
export function contentDeletes(
  before: Pick<ObjectRow, "content" | "fetching">,
  after: Pick<ObjectRow, "content" | "fetching"> | undefined,
): readonly Delete[] {
  const kept = [after?.content, after?.fetching?.content];
  return [before.content, before.fetching?.content].flatMap((name) =>
    name === undefined || kept.includes(name) ? [] : [{ table: "contents", key: name }],
  );
}

/** Content that became whole, and is its file's from now on. */
export function wholeContent(
  row: ContentRow,
  whole: Required<Pick<ContentRow, "file" | "parts">>,
): Put {
  return { table: "contents", row: { ...row, ...whole, state: "whole" } };
}
