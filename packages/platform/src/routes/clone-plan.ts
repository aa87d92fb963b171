import type { Copy } from "../world/data-object.ts";
import { isWithin, nameOf, pathIn, rebased } from "../world/folder-tree.ts";
import type { Project } from "../world/project.ts";
import { hiddenBehind } from "./hidden-objects.ts";

export interface CloneInput {
  readonly objects: readonly string[];
  readonly folders: readonly string[];
  /** A folder of the other container. */
  readonly destination: string;
}

/** What a clone takes along and where it puts it (CS §4, "What travels"). */
export interface ClonePlan {
  /** Copy of the source → folder of the destination. */
  readonly copies: ReadonlyMap<Copy, string>;
  /** Folders that come into being, parents first; none of them may be there. */
  readonly folders: readonly string[];
}

/**
 * What is named goes directly into the destination, also where it lies in a named folder. Visible objects bring the
 * hidden ones that they lead to, as far as the source has them.
 */
export function planClone(source: Project, input: CloneInput): ClonePlan {
  const places = placesOf(source, input);
  const copies = new Map<Copy, string>();
  for (const id of input.objects) {
    const copy = source.index.get(id);
    if (copy !== undefined) copies.set(copy, input.destination);
  }
  for (const [folder, place] of places) {
    for (const copy of [...source.index.inFolder(folder)].sort(byId)) {
      if (!copy.object.hidden && !copies.has(copy)) copies.set(copy, place);
    }
  }
  for (const copy of [...hiddenBehind(source, [...copies.keys()])].sort(byId)) {
    if (!copies.has(copy)) copies.set(copy, places.get(copy.folder) ?? input.destination);
  }
  const folders = [...places].filter(([folder]) => folder !== "/").map(([, place]) => place);
  return { copies, folders };
}

/** Each folder of the source that is cloned, and what it becomes; the root's contents go as they are. */
function placesOf(
  source: Project,
  { folders, destination }: CloneInput,
): ReadonlyMap<string, string> {
  const places = new Map<string, string>();
  for (const named of folders) {
    const place = named === "/" ? destination : pathIn(destination, nameOf(named));
    for (const folder of source.folders.within(named)) {
      const isOfAnother = folders.some(
        (other) => other !== named && other.length > named.length && isWithin(folder, other),
      );
      if (!isOfAnother) places.set(folder, rebased(folder, named, place));
    }
  }
  return places;
}

function byId(left: Copy, right: Copy): number {
  return left.object.id < right.object.id ? -1 : 1;
}
