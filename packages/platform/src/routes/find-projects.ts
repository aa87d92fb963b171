import { isProjectId, type JsonObject } from "@holdfast/core";
import { invalidInput } from "../api-error.ts";
import { describeProject } from "../describe/describe-project.ts";
import { asDescribe, type FieldSelection } from "../input/describe-input.ts";
import {
  asProjectId,
  keyOf,
  member,
  optionalArray,
  optionalBoolean,
  optionalChoice,
  optionalString,
} from "../input/fields.ts";
import { type Level, levels, reaches } from "../levels.ts";
import { type Condition, holds } from "../search/condition.ts";
import { asLimit, asRegions, asTags, optional } from "../search/find-input.ts";
import { asNameCondition, type NameCondition } from "../search/name-condition.ts";
import {
  asPropertyCondition,
  matchesProperty,
  type PropertyLeaf,
} from "../search/property-condition.ts";
import { asRange, isIn, type Range } from "../search/time-range.ts";
import { everybodyId, type Project } from "../world/project.ts";
import { levelOn } from "./access.ts";
import type { Call } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

interface FindProjectsInput {
  readonly name: NameCondition | undefined;
  readonly ids: readonly string[] | undefined;
  readonly level: Level;
  readonly regions: readonly string[] | undefined;
  readonly billTo: string | undefined;
  readonly tags: Condition<string> | undefined;
  readonly properties: Condition<PropertyLeaf> | undefined;
  readonly created: Range;
  /** Of flags: what each that is asked for must be. */
  readonly flags: readonly (readonly [Flag, boolean])[];
  readonly public: boolean | undefined;
  /** Of the user itself, not of everybody. */
  readonly explicitPermission: boolean | undefined;
  readonly describe: FieldSelection | undefined;
  readonly starting: string | undefined;
  readonly limit: number;
}

type Flag = "containsPHI" | "externalUploadRestricted";

/** The caller's projects, CONTRIBUTE and above unless another level is asked for (CS §5.3). By id. */
export const findProjects: Route = defineRoute<FindProjectsInput>({
  subject: "system",
  method: "findProjects",
  parse,
  run: (call, input) => {
    const found = [...call.world.projects.values()]
      .filter((project) => matches(project, call, input))
      .sort((left, right) => (left.id < right.id ? -1 : 1));
    const page = found.slice(0, input.limit);
    return {
      results: page.map((project) => {
        const level = project.levelOf(call.user.id);
        const sources = [call.user.id, everybodyId].filter((id) => project.permissions.has(id));
        return {
          id: project.id,
          level,
          permissionSources: sources,
          public: project.isPublic,
          describe:
            input.describe === undefined
              ? undefined
              : describeProject(project, level, input.describe),
        };
      }),
      next: found[page.length]?.id ?? null,
    };
  },
});

function parse(input: JsonObject): FindProjectsInput {
  const flags = (["containsPHI", "externalUploadRestricted"] as const).flatMap((flag) => {
    const wanted = optionalBoolean(input, flag);
    return wanted === undefined ? [] : [[flag, wanted] as const];
  });
  return {
    name: optional(input, "name", asNameCondition),
    ids: asIds(input),
    level: optionalChoice(input, "level", levels) ?? "CONTRIBUTE",
    regions: asRegions(input),
    billTo: optionalString(input, "billTo"),
    tags: asTags(input),
    properties: optional(input, "properties", asPropertyCondition),
    created: asRange(input, "created"),
    flags,
    public: optionalBoolean(input, "public"),
    explicitPermission: optionalBoolean(input, "explicitPermission"),
    describe: asDescribe(member(input, "describe"), keyOf("describe")),
    starting: optional(input, "starting", (value) => asProjectId(value, keyOf("starting"))),
    limit: asLimit(input),
  };
}

function asIds(input: JsonObject): readonly string[] | undefined {
  const ids = optionalArray(input, "id");
  if (ids === undefined || ids.every(isProjectId)) return ids;
  throw invalidInput(`expected ${keyOf("id")} to be an array of project IDs`);
}

function matches(project: Project, call: Call, input: FindProjectsInput): boolean {
  const level = levelOn(call, project);
  const { settings } = project;
  const { public: isPublic, explicitPermission: isMember } = input;
  return (
    reaches(level, "VIEW") &&
    reaches(level, input.level) &&
    (input.starting === undefined || project.id >= input.starting) &&
    (isPublic === undefined || project.isPublic === isPublic) &&
    (isMember === undefined || project.permissions.has(call.user.id) === isMember) &&
    (input.ids === undefined || input.ids.includes(project.id)) &&
    (input.name === undefined || input.name.test(settings.name)) &&
    (input.regions === undefined || input.regions.includes(settings.region)) &&
    (input.billTo === undefined || input.billTo === settings.billTo) &&
    isIn(input.created, project.created) &&
    input.flags.every(([flag, wanted]) => settings[flag] === wanted) &&
    (input.tags === undefined || holds(input.tags, (tag) => settings.tags.includes(tag))) &&
    (input.properties === undefined ||
      holds(input.properties, (leaf) => matchesProperty(settings.properties, leaf)))
  );
}
