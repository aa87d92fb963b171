import type { JsonObject } from "@holdfast/core";
import { createdResolutionMs, defaultRegion } from "../assumed.ts";
import { member, optionalBoolean, optionalString } from "../input/fields.ts";
import { asName, asProperties, asTags, given } from "../input/metadata.ts";
import type { Limits } from "../limits.ts";
import { defaultSettings, Project, type ProjectSettings } from "../world/project.ts";
import { nextNumber, sortedEntries } from "../world/world.ts";
import { recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

type NewProject = Omit<ProjectSettings, "billTo"> & { readonly billTo: string | undefined };

/** The caller becomes its only member. There is no nonce: a repeated call makes a second project (CS §1.2). */
export const projectNew: Route = defineRoute<NewProject>({
  subject: "project",
  method: "new",
  parse: (input, { limits }) => parse(input, limits),
  run: (call, input) => {
    const settings: ProjectSettings = { ...input, billTo: input.billTo ?? call.user.id };
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
  const flag = (key: keyof ProjectSettings): boolean => optionalBoolean(input, key) ?? false;
  return {
    name: asName(member(input, "name"), limits),
    summary: optionalString(input, "summary") ?? defaultSettings.summary,
    description: optionalString(input, "description") ?? defaultSettings.description,
    billTo: optionalString(input, "billTo"),
    region: optionalString(input, "region") ?? defaultRegion,
    protected: flag("protected"),
    restricted: flag("restricted"),
    downloadRestricted: flag("downloadRestricted"),
    externalUploadRestricted: flag("externalUploadRestricted"),
    containsPHI: flag("containsPHI"),
    databaseUIViewOnly: flag("databaseUIViewOnly"),
    tags: given(input, "tags") ? asTags(input, limits) : defaultSettings.tags,
    properties: given(input, "properties")
      ? asProperties(member(input, "properties"), limits)
      : defaultSettings.properties,
  };
}
