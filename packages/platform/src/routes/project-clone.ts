import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, noFolder, notFound } from "../api-error.ts";
import { refusalOfPhiClone, refusalOfRegionClone } from "../assumed.ts";
import {
  asObjectIds,
  keyOf,
  member,
  optionalArray,
  optionalBoolean,
  requiredProject,
} from "../input/fields.ts";
import { asFolder, given } from "../input/metadata.ts";
import { archivalStateOf } from "../world/archival.ts";
import type { Copy } from "../world/data-object.ts";
import type { Project } from "../world/project.ts";
import { sortedEntries } from "../world/world.ts";
import { allowOnCopy, needLevel, projectAt } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { type CloneInput, type ClonePlan, planClone } from "./clone-plan.ts";
import { defineRoute, type Route } from "./route.ts";

interface Clone extends CloneInput {
  readonly project: string;
  readonly parents: boolean;
}

/** All or nothing; what the destination has already is left alone and named in `exists` (CS §4). */
export const clone: Route = defineRoute<Clone>({
  subject: "project-xxxx",
  method: "clone",
  parse: asClone,
  run: (call, input) => {
    if (input.project === call.subject) {
      throw invalidInput(`expected ${keyOf("project")} to be another container`);
    }
    const source = projectAt(call, call.subject, "VIEW");
    const target = projectAt(call, input.project, "VIEW");
    refuseMissing(source, target, input);
    needLevel(call, target, "UPLOAD");
    refuseBetween(source, target);
    const plan = planClone(source, input);
    const fresh = [...plan.copies.keys()].filter(({ object }) => !object.copies.has(target.id));
    for (const copy of fresh) {
      allowOnCopy(call, copy, "clone");
      refuseArchival(copy, source, target);
    }
    refuseFolderClash(target, plan);
    apply(call, { target, destination: input.destination, plan, fresh });
    const exists = [...plan.copies.keys()]
      .filter((copy) => !fresh.includes(copy))
      .map(({ object }) => object.id);
    return { id: source.id, project: target.id, exists };
  },
});

function asClone(input: JsonObject): Clone {
  const folders = (optionalArray(input, "folders") ?? []).map((path) => asFolder(path, "folders"));
  return {
    objects: asObjectIds(input, "objects"),
    folders: [...new Set(folders)],
    project: requiredProject(input),
    destination: given(input, "destination")
      ? asFolder(member(input, "destination"), "destination")
      : "/",
    parents: optionalBoolean(input, "parents") ?? false,
  };
}

function refuseMissing(source: Project, target: Project, input: Clone): void {
  for (const id of input.objects) {
    if (source.index.get(id) === undefined) throw notFound(`"${id}" in project "${source.id}"`);
  }
  for (const folder of input.folders) {
    if (!source.folders.has(folder)) throw noFolder(folder, source.id);
  }
  if (!input.parents && !target.folders.has(input.destination)) {
    throw noFolder(input.destination, target.id);
  }
}

/** What two containers have to be to one another (CS §4). */
function refuseBetween({ id, settings: from }: Project, { settings: to }: Project): void {
  if (from.restricted) {
    throw new ApiError("PermissionDenied", `project "${id}" is restricted: nothing is cloned out`);
  }
  if (from.containsPHI && !to.containsPHI) {
    throw new ApiError(refusalOfPhiClone, `project "${id}" contains PHI, the other one does not`);
  }
  if (from.region !== to.region) {
    throw new ApiError(refusalOfRegionClone, `${from.region} and ${to.region} are two regions`);
  }
}

/** A file on its way to or from the archive stays; another account takes live ones only (CS §4). */
function refuseArchival(copy: Copy, from: Project, to: Project): void {
  const state = archivalStateOf(copy) ?? "live";
  const isSettled = state === "live" || state === "archived";
  if (state === "live" || (isSettled && from.settings.billTo === to.settings.billTo)) return;
  throw new ApiError("InvalidState", `clone: "${copy.object.id}" is ${state}`);
}

function refuseFolderClash(target: Project, { folders }: ClonePlan): void {
  for (const [index, folder] of folders.entries()) {
    if (target.folders.has(folder) || folders.indexOf(folder) !== index) {
      throw new ApiError(
        "InvalidState",
        `If cloned, a folder would conflict with the route of an existing folder: "${folder}".`,
      );
    }
  }
}

interface Decided {
  readonly target: Project;
  readonly destination: string;
  readonly plan: ClonePlan;
  /** What the destination does not have yet. */
  readonly fresh: readonly Copy[];
}

/** What users wrote on the copy is copied once; from then on each is on its own (CS §4). */
function apply(call: Call, { target, destination, plan, fresh }: Decided): void {
  const folders = [destination, ...plan.folders].flatMap((path) =>
    call.world.addFolders(target, path),
  );
  if (folders.length > 0) {
    recordEffect(call, { id: target.id, project: target.id }, { folders: [null, folders] });
  }
  for (const copy of fresh) {
    const { object, name, tags, properties, archival } = copy;
    const folder = plan.copies.get(copy) ?? destination;
    const fields = { name, folder, tags, properties, modified: call.at, archival };
    call.world.addCopy({ object, project: target.id, ...fields });
    recordEffect(
      call,
      { id: object.id, project: target.id },
      {
        name: [null, name],
        folder: [null, folder],
        tags: [null, tags],
        properties: [null, sortedEntries(properties)],
      },
    );
  }
}
