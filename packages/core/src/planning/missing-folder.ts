import { fromLocalKey } from "../ids.ts";
import { isWithin, parentOf } from "../objects/folder-paths.ts";
import { relocationOf } from "../objects/relocations.ts";
import type { OutboxRow } from "../operation.ts";

/** Of the rows, those that need a folder which one that is not sent would have made. */
export function inMissingFolder(
  { lane, sequence, operation }: OutboxRow,
  rows: readonly OutboxRow[],
): readonly OutboxRow[] {
  if (operation.kind !== "newFolder") return [];
  const { project } = fromLocalKey(lane);
  const later = rows
    .filter((row) => row.sequence > sequence && fromLocalKey(row.lane).project === project)
    .toSorted((left, right) => left.sequence - right.sequence);
  let missing: readonly string[] = [operation.folder];
  const needy: OutboxRow[] = [];
  for (const row of later) {
    const needed = foldersNeeded(row);
    if (needed.some((path) => missing.some((folder) => isWithin(path, folder)))) {
      needy.push(row);
      const to = relocationOf(row.operation)?.to;
      if (to !== undefined) missing = [...missing, to];
    } else {
      const made = folderMade(row);
      if (made !== undefined) missing = missing.filter((folder) => !isWithin(made, folder));
    }
  }
  return needy;
}

/** Folders without which the platform refuses it (CS §2.2). */
function foldersNeeded({ operation }: OutboxRow): readonly string[] {
  switch (operation.kind) {
    case "create":
      return operation.input.parents ? [] : [operation.input.folder];
    case "clone":
      return operation.parents ? [] : [operation.state.folder];
    case "move":
      return [operation.folder];
    case "newFolder":
      return operation.parents ? [] : [parentOf(operation.folder)];
    case "renameFolder":
      return [operation.folder];
    case "moveFolder":
      return [operation.folder, operation.destination];
    default:
      return [];
  }
}

/** The folder that is there once it is done, with all above it. */
function folderMade({ operation }: OutboxRow): string | undefined {
  switch (operation.kind) {
    case "create":
      return operation.input.folder;
    case "clone":
      return operation.state.folder;
    case "newFolder":
      return operation.folder;
    default:
      return relocationOf(operation)?.to;
  }
}
