import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { refusalOfOtherVersion, refusalOfUnsettingPhi } from "../assumed.ts";
import { leaveForArchive } from "../files/leave-for-archive.ts";
import { optionalInteger } from "../input/fields.ts";
import { asProjectSettings, asUpdatedSettings } from "../input/project-settings.ts";
import type { Limits } from "../limits.ts";
import type { Project, ProjectSettings } from "../world/project.ts";
import { projectAt } from "./access.ts";
import { archivedAt, recordEffect } from "./call.ts";
import { refuseToBill } from "./project-new.ts";
import { defineRoute, type Route } from "./route.ts";

interface Update {
  readonly settings: Partial<ProjectSettings>;
  readonly version: number | undefined;
}

/** Compare-and-set where `version` is given (CS §1.2). */
export const projectUpdate: Route = defineRoute<Update>({
  subject: "project-xxxx",
  method: "update",
  parse: (input, { limits }) => parse(input, limits),
  run: (call, { settings, version }) => {
    const project = projectAt(call, call.subject, "ADMINISTER");
    refuseToBill(call, settings.billTo);
    if (version !== undefined && version !== project.version) {
      throw new ApiError(
        refusalOfOtherVersion,
        `the project has version ${project.version}, not ${version}`,
      );
    }
    const changed = call.world.editProject(project, consistent(project, settings), {
      at: call.at,
    });
    if (changed["billTo"] !== undefined) {
      for (const { object } of project.index.all()) {
        leaveForArchive(call.world, object, archivedAt(call));
      }
    }
    recordEffect(
      call,
      { id: project.id, project: project.id },
      { ...changed, version: [project.version - 1, project.version] },
    );
    return { id: project.id };
  },
});

function parse(input: JsonObject, limits: Limits): Update {
  return {
    settings: {
      ...asProjectSettings(input, limits),
      ...asUpdatedSettings(input),
    },
    version: optionalInteger(input, "version"),
  };
}

/** What the flags say to one another (CS §1.2, §1.4). */
function consistent(
  { settings: now }: Project,
  wanted: Partial<ProjectSettings>,
): Partial<ProjectSettings> {
  if (wanted.containsPHI === false && now.containsPHI) {
    throw new ApiError(refusalOfUnsettingPhi, 'key "containsPHI" of input cannot be unset');
  }
  const keepsPreview = wanted.previewViewerRestricted ?? now.previewViewerRestricted;
  if (wanted.downloadRestricted === false && keepsPreview) {
    throw invalidInput(
      'key "downloadRestricted" of input: unset "previewViewerRestricted" before it, or with it',
    );
  }
  const turnsOn = wanted.downloadRestricted === true && !now.downloadRestricted;
  return turnsOn ? { previewViewerRestricted: true, ...wanted } : wanted;
}
