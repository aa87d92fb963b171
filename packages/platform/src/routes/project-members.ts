import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, notFound } from "../api-error.ts";
import { refusalOfLastAdministrator, stateOfInvitation } from "../assumed.ts";
import { keyOf, optionalBoolean, optionalChoice, requiredString } from "../input/fields.ts";
import { type Level, levels, reaches } from "../levels.ts";
import { everybodyId, type Project } from "../world/project.ts";
import { projectAt } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

/** A level that a member can have: NONE travels as null (CS §1.5). */
const memberLevels = levels.filter((level) => level !== "NONE");

interface Invitation {
  readonly invitee: string;
  readonly level: Level;
}

/** Raises a level, never lowers one; of whom there is no account only "pending" is known (CS §1.2). */
const invite: Route = defineRoute<Invitation>({
  subject: "project-xxxx",
  method: "invite",
  parse: asInvitation,
  run: (call, { invitee, level }) => {
    const project = projectAt(call, call.subject, "ADMINISTER");
    const isUser = invitee.startsWith("user-");
    if (isUser && !call.world.users.has(invitee)) throw notFound(`"${invitee}"`);
    const isKnown = isUser || invitee === everybodyId;
    const before = project.permissions.get(invitee) ?? "NONE";
    if (isKnown && !reaches(before, level)) setLevel(call, project, { member: invitee, level });
    return { id: project.id, state: stateOfInvitation(isKnown) };
  },
});

function asInvitation(input: JsonObject): Invitation {
  const invitee = requiredString(input, "invitee");
  const level = optionalChoice(input, "level", memberLevels);
  optionalBoolean(input, "suppressEmailNotification");
  optionalBoolean(input, "suppressAllNotifications");
  if (level === undefined) throw invalidInput(`expected ${keyOf("level")} to be a level`);
  if (invitee === everybodyId && level !== "VIEW") {
    throw invalidInput(`expected ${keyOf("level")} to be VIEW for ${everybodyId}`);
  }
  if (invitee === everybodyId || /^(user|org)-./.test(invitee) || /^[^@\s]+@[^@\s]+$/.test(invitee))
    return { invitee, level };
  throw invalidInput(
    `expected ${keyOf("invitee")} to be a user, an org, an e-mail address or "${everybodyId}"`,
  );
}

type Decreases = ReadonlyMap<string, Level>;

/** Only what lowers a level has an effect; null takes a member away (CS §1.2). */
const decreasePermissions: Route = defineRoute<Decreases>({
  subject: "project-xxxx",
  method: "decreasePermissions",
  parse: (input) =>
    new Map(Object.keys(input).map((member) => [member, asDecrease(input, member)])),
  run: (call, decreases) => {
    const project = projectAt(call, call.subject, "ADMINISTER");
    const lower = [...decreases].filter(([member, level]) => {
      const before = project.permissions.get(member) ?? "NONE";
      return before !== level && reaches(before, level);
    });
    refuseWithoutAdministrator(project, new Map(lower));
    for (const [member, level] of lower) setLevel(call, project, { member, level });
    return { id: project.id };
  },
});

function asDecrease(input: JsonObject, member: string): Level {
  return input[member] === null ? "NONE" : (optionalChoice(input, member, memberLevels) ?? "NONE");
}

/** Whoever sees a project only because everybody does is no member and has nothing to leave. */
const leave: Route = defineRoute<void>({
  subject: "project-xxxx",
  method: "leave",
  parse: () => {},
  run: (call) => {
    const project = projectAt(call, call.subject, "VIEW");
    if (project.permissions.has(call.user.id)) {
      refuseWithoutAdministrator(project, new Map([[call.user.id, "NONE"]]));
      setLevel(call, project, { member: call.user.id, level: "NONE" });
    }
    return { id: project.id };
  },
});

function refuseWithoutAdministrator(project: Project, changes: Decreases): void {
  const after = new Map([...project.permissions, ...changes]);
  if ([...after.values()].includes("ADMINISTER")) return;
  throw new ApiError(
    refusalOfLastAdministrator,
    `project "${project.id}" must keep a member with ADMINISTER permission`,
  );
}

function setLevel(
  call: Call,
  project: Project,
  { member, level }: { readonly member: string; readonly level: Level },
): void {
  const before = project.permissions.get(member) ?? null;
  call.world.setLevel(project, member, level);
  const after = level === "NONE" ? null : level;
  recordEffect(
    call,
    { id: project.id, project: project.id },
    { [`permissions.${member}`]: [before, after] },
  );
}

export const memberRoutes: readonly Route[] = [invite, decreasePermissions, leave];
