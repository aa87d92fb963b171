import type { ContentName, LocalKey } from "../ids.ts";
import type { EpochMs } from "../ports.ts";
import type { Write } from "../store.ts";

/** Of two that may be evicted the longer unused one goes: to the minute is near enough. */
const grainMs = 60_000;

/** Remembers that the content was read. Relaxed. */
export function touchContent(content: ContentName, at: EpochMs): Write<null> {
  return {
    durability: "relaxed",
    reads: { contents: [content] },
    decide(rows) {
      const row = rows.content(content);
      if (row === undefined || at - row.usedAt < grainMs) return { result: null };
      return { puts: [{ table: "contents", row: { ...row, usedAt: at } }], result: null };
    },
  };
}

/** Takes from a file the content whose bytes this device has lost, where the platform has them. Relaxed. */
export function forgetContent({
  file,
  content,
}: {
  readonly file: LocalKey;
  readonly content: ContentName;
}): Write<null> {
  return {
    durability: "relaxed",
    reads: { objects: [file], contents: [content] },
    decide(rows) {
      const [object, row] = [rows.object(file), rows.content(content)];
      if (object?.content !== content || row?.isOnPlatform !== true) return { result: null };
      const { content: lost, ...rest } = object;
      return {
        puts: [{ table: "objects", row: rest }],
        deletes: lost === undefined ? [] : [{ table: "contents", key: lost }],
        result: null,
      };
    },
  };
}
