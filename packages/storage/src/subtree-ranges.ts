import type { KeyRanges } from "./key-ranges.ts";

/** Of the folder index: everything in the folder, and everything below it. */
export function subtreeRanges(
  ranges: KeyRanges,
  project: string,
  folder: string,
): readonly IDBKeyRange[] {
  if (folder === "/") return [ranges.bound([project], [project, []])];
  return [
    ranges.bound([project, folder], [project, folder, []]),
    // "0" is the character after "/": what begins with the folder and a slash, and nothing else.
    ranges.bound([project, `${folder}/`], [project, `${folder}0`], false, true),
  ];
}
