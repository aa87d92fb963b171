import type { JsonObject } from "@holdfast/core";
import { levelOfProjectMetadata } from "../assumed.ts";
import { member } from "../input/fields.ts";
import { asPropertyChanges, asTags, refuseMoreThan } from "../input/metadata.ts";
import type { Limits } from "../limits.ts";
import type { ProjectSettings } from "../world/project.ts";
import { projectAt } from "./access.ts";
import { recordEffect } from "./call.ts";
import { merge } from "./object-free-fields.ts";
import { defineRoute, type Route } from "./route.ts";

interface ProjectField<Input> {
  readonly method: string;
  readonly parse: (input: JsonObject, limits: Limits) => Input;
  readonly decide: (settings: ProjectSettings, input: Input) => Partial<ProjectSettings>;
}

/** Tags and properties of a project: the methods of objects, without a project in the input (CS §1.2). */
function projectField<Input>({ method, parse, decide }: ProjectField<Input>): Route {
  return defineRoute<Input>({
    subject: "project-xxxx",
    method,
    parse: (input, { limits }) => parse(input, limits),
    run: (call, input) => {
      const project = projectAt(call, call.subject, levelOfProjectMetadata);
      const fields = decide(project.settings, input);
      refuseMoreThan(call.limits.entries, fields.tags?.length ?? 0, "tags");
      refuseMoreThan(call.limits.entries, fields.properties?.size ?? 0, "properties");
      const how = { at: call.at, raisesVersion: false };
      const changed = call.world.editProject(project, fields, how);
      recordEffect(call, { id: project.id, project: project.id }, changed);
      return { id: project.id };
    },
  });
}

export const projectMetadata: readonly Route[] = [
  projectField<readonly string[]>({
    method: "addTags",
    parse: asTags,
    decide: (settings, tags) => ({
      tags: [...new Set([...settings.tags, ...tags])],
    }),
  }),
  projectField<readonly string[]>({
    method: "removeTags",
    parse: asTags,
    decide: (settings, tags) => ({
      tags: settings.tags.filter((tag) => !tags.includes(tag)),
    }),
  }),
  projectField<ReadonlyMap<string, string | null>>({
    method: "setProperties",
    parse: (input) => asPropertyChanges(member(input, "properties")),
    decide: (settings, changes) => ({
      properties: merge(settings.properties, changes),
    }),
  }),
];
