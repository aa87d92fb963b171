import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, noFolder } from "../api-error.ts";
import { levelOfArchiving, refusalOfForeignArchive, type UnarchivingRate } from "../assumed.ts";
import { leaveForArchive } from "../files/leave-for-archive.ts";
import { asObjectIds, keyOf, member, optionalBoolean, optionalChoice } from "../input/fields.ts";
import { asFolder, given } from "../input/metadata.ts";
import { reaches } from "../levels.ts";
import { archivalStateOf } from "../world/archival.ts";
import type { Archival, Copy } from "../world/data-object.ts";
import { sizeOf } from "../world/file-state.ts";
import type { Project } from "../world/project.ts";
import { levelOn, needLevel, projectAt } from "./access.ts";
import { archivedAt, type Call, recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

interface Chosen {
  /** What is named must be fit for it; of a folder, what is fit is taken. */
  readonly files: readonly string[] | undefined;
  readonly folder: string;
  readonly recurse: boolean;
}

interface Archive extends Chosen {
  readonly allCopies: boolean;
}

interface Unarchive extends Chosen {
  readonly rate: UnarchivingRate;
  readonly dryRun: boolean;
}

/** Asks for the content of closed live files to be sent away, copy by copy; it goes with the last live one (CS §1.2). */
const archive: Route = defineRoute<Archive>({
  subject: "project-xxxx",
  method: "archive",
  parse: (input) => ({
    ...asChosen(input),
    allCopies: optionalBoolean(input, "allCopies") ?? false,
  }),
  run: (call, input) => {
    const project = projectAt(call, call.subject, "VIEW");
    const chosen = chooseCopies(call, project, { ...input, from: "live" });
    const copies = input.allCopies ? chosen.flatMap((copy) => alsoElsewhere(call, copy)) : chosen;
    for (const copy of copies) put(call, copy, { state: "archival" });
    for (const { object } of copies) leaveForArchive(call.world, object, archivedAt(call));
    return { id: project.id, count: copies.length };
  },
});

/** Fetches the content of archived files back, copy by copy (CS §1.2). `size` is in GiB (`DXProject.java` [client]). */
const unarchive: Route = defineRoute<Unarchive>({
  subject: "project-xxxx",
  method: "unarchive",
  parse: (input) => ({
    ...asChosen(input),
    rate: optionalChoice(input, "rate", ["Expedited", "Standard", "Bulk"]) ?? "Standard",
    dryRun: optionalBoolean(input, "dryRun") ?? false,
  }),
  run: (call, input) => {
    const project = projectAt(call, call.subject, "VIEW");
    const copies = chooseCopies(call, project, { ...input, from: "archived" });
    const archival = {
      state: "unarchiving",
      until: call.at + call.files.unarchivingMs[input.rate],
    } as const;
    if (!input.dryRun) for (const copy of copies) put(call, copy, archival);
    const bytes = copies.reduce((sum, { object: { file } }) => sum + (file ? sizeOf(file) : 0), 0);
    return { id: project.id, files: copies.length, size: bytes / gibibyte, cost: 0 };
  },
});

const gibibyte = 1024 ** 3;

export const archivalRoutes: readonly Route[] = [archive, unarchive];

function asChosen(input: JsonObject): Chosen {
  const recurse = optionalBoolean(input, "recurse") ?? true;
  if (given(input, "files") === given(input, "folder")) {
    throw invalidInput(`expected either ${keyOf("files")} or ${keyOf("folder")}`);
  }
  return given(input, "files")
    ? { files: asObjectIds(input, "files"), folder: "/", recurse }
    : { files: undefined, folder: asFolder(member(input, "folder"), "folder"), recurse };
}

interface Choice extends Chosen {
  readonly from: "live" | "archived";
}

function chooseCopies(call: Call, project: Project, choice: Choice): readonly Copy[] {
  const { files, folder, recurse, from } = choice;
  if (files === undefined) {
    if (!project.folders.has(folder)) throw noFolder(folder, project.id);
    needLevel(call, project, levelOfArchiving);
    return (recurse ? project.folders.within(folder) : [folder])
      .flatMap((path) => [...project.index.inFolder(path)])
      .filter((copy) => isFit(copy, from))
      .sort((left, right) => (left.object.id < right.object.id ? -1 : 1));
  }
  const copies = files.map((id) => {
    const copy = project.index.get(id);
    if (copy === undefined) {
      throw new ApiError(refusalOfForeignArchive, `"${id}" is not in project "${project.id}"`);
    }
    return copy;
  });
  needLevel(call, project, levelOfArchiving);
  for (const copy of copies) refuseUnfit(copy, from);
  return copies;
}

function isFit(copy: Copy, from: Choice["from"]): boolean {
  return copy.object.state === "closed" && archivalStateOf(copy) === from;
}

function refuseUnfit(copy: Copy, from: Choice["from"]): void {
  const { id, state } = copy.object;
  if (copy.object.file === undefined) throw new ApiError("InvalidType", `"${id}" is no file`);
  if (isFit(copy, from)) return;
  throw new ApiError(
    "InvalidState",
    `expected "${id}" to be closed and ${from}: it is ${state} and ${archivalStateOf(copy)}`,
  );
}

/** The copy, and the live ones in other projects of the same account that the caller may archive in. */
function alsoElsewhere(call: Call, copy: Copy): readonly Copy[] {
  const others = call.world.copiesOfAccount(copy).filter((other) => {
    const project = call.world.projects.get(other.project);
    return (
      other !== copy &&
      project !== undefined &&
      reaches(levelOn(call, project), levelOfArchiving) &&
      archivalStateOf(other) === "live"
    );
  });
  return [copy, ...others];
}

function put(call: Call, copy: Copy, archival: Archival): void {
  const changed = call.world.setArchival(copy, archival);
  recordEffect(call, { id: copy.object.id, project: copy.project }, changed);
}
