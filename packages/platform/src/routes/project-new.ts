import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { createdResolutionMs, defaultRegion, mayBill } from "../assumed.ts";
import { keyOf, member } from "../input/fields.ts";
import { asName } from "../input/metadata.ts";
import { asFirstSettings, asProjectSettings } from "../input/project-settings.ts";
import type { Limits } from "../limits.ts";
import { defaultSettings, Project, type ProjectSettings } from "../world/project.ts";
import { nextNumber, sortedEntries } from "../world/world.ts";
import { type Call, recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

type NewProject = Partial<ProjectSettings> & Pick<ProjectSettings, "name">;

/** The caller becomes its only member. There is no nonce: a repeated call makes a second project (CS §1.2). */
export const projectNew: Route = defineRoute<NewProject>({
  subject: "project",
  method: "new",
  parse: (input, { limits }) => parse(input, limits),
  run: (call, input) => {
    const settings = settingsOf(call, input);
    const project = new Project({
      id: call.world.newId("project", []),
      number: nextNumber(call.world.projects),
      created: call.at - (call.at % createdResolutionMs),
      createdBy: call.user.id,
      settings,
    });
    project.modified = call.at;
    project.permissions.set(call.user.id, "ADMINISTER");
    call.world.addProject(project);
    recordEffect(
      call,
      { id: project.id, project: project.id },
      { settings: [null, { ...settings, properties: sortedEntries(settings.properties) }] },
    );
    return { id: project.id };
  },
});

function parse(input: JsonObject, limits: Limits): NewProject {
  return {
    ...asProjectSettings(input, limits),
    ...asFirstSettings(input, limits),
    name: asName(member(input, "name"), limits),
  };
}

/** @throws ApiError where the caller may not bill whom it names. */
function settingsOf(call: Call, input: NewProject): ProjectSettings {
  const billTo = input.billTo ?? call.user.id;
  refuseToBill(call, billTo);
  return {
    ...defaultSettings,
    previewViewerRestricted: input.downloadRestricted ?? false,
    ...input,
    billTo,
    region: input.region ?? defaultRegion,
  };
}

export function refuseToBill(call: Call, billTo: string | undefined): void {
  if (billTo === undefined || mayBill(call.user.id, billTo)) return;
  // The official client's tests bill somebody who has no account.
  if (!call.world.users.has(billTo)) {
    throw invalidInput(`expected ${keyOf("billTo")} to be a user or an org that there is`);
  }
  throw new ApiError("PermissionDenied", `you may not bill ${billTo}`);
}
