import { childOf } from "@holdfast/core";
import type { KeyRanges } from "./key-ranges.ts";
import { indexes } from "./schema.ts";
import { resultOf } from "./transaction.ts";

/**
 * The folders directly below one that objects lie in or below: a jump in the folder index for each, however many
 * objects it holds.
 */
export async function readSubfolders(
  transaction: IDBTransaction,
  ranges: KeyRanges,
  { project, folder }: { readonly project: string; readonly folder: string },
): Promise<readonly string[]> {
  const index = transaction.objectStore("objects").index(indexes.folder);
  const prefix = folder === "/" ? "/" : `${folder}/`;
  const end = [project, `${prefix.slice(0, -1)}0`];
  const found = new Set<string>();
  let from: IDBValidKey = [project, prefix];
  for (;;) {
    const cursor = await resultOf(index.openKeyCursor(ranges.bound(from, end, false, true)));
    if (cursor === null) return [...found].sort();
    const path = (cursor.key as readonly string[])[1] as string;
    const child = childOf(folder, path);
    if (child !== undefined) found.add(child);
    // Past everything in this very folder, or below its child.
    from = path === child || child === undefined ? [project, path, []] : [project, `${child}0`];
  }
}
