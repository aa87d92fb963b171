import { leaveForArchive } from "../files/leave-for-archive.ts";
import { reaches } from "../levels.ts";
import type { Copy } from "../world/data-object.ts";
import type { Project } from "../world/project.ts";
import { insufficient, levelOn } from "./access.ts";
import { archivedAt, type Call, recordEffect } from "./call.ts";
import { hiddenGoingWith } from "./hidden-objects.ts";

/** CONTRIBUTE removes; in a protected project only ADMINISTER does (CS §1.4). */
export function needLevelToRemove(call: Call, project: Project): void {
  const needed = project.settings.protected ? "ADMINISTER" : "CONTRIBUTE";
  const level = levelOn(call, project);
  if (!reaches(level, needed)) throw insufficient(`project "${project.id}"`, needed, level);
}

/** Removes the copies and the hidden objects that they alone lead to (CS §3). */
export function removeCopies(call: Call, project: Project, copies: readonly Copy[]): void {
  const hidden = hiddenGoingWith(project, new Set(copies));
  for (const copy of [...copies, ...hidden]) {
    const { id, state } = copy.object;
    call.world.removeCopy(copy);
    leaveForArchive(call.world, copy.object, archivedAt(call));
    recordEffect(call, { id, project: project.id }, { state: [state, "removed"] });
  }
}
