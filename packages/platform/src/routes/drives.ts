import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, notFound } from "../api-error.ts";
import { asHash, keyOf, member, optionalChoice } from "../input/fields.ts";
import { asName, given } from "../input/metadata.ts";
import { type Drive, type DriveCloud, driveClouds } from "../world/drive.ts";
import { type Call, recordEffect } from "./call.ts";
import { defineRoute, type Route } from "./route.ts";

interface NewDrive {
  readonly name: string;
  readonly cloud: DriveCloud;
}

/** No data object: no project, no state, no tags (CS §6). Its credentials are asked for and not kept. */
const driveNew: Route = defineRoute<NewDrive>({
  subject: "drive",
  method: "new",
  parse: (input, { limits }) => {
    asHash(member(input, "credentials"), keyOf("credentials"));
    const cloud = optionalChoice(input, "cloud", driveClouds);
    if (cloud === undefined)
      throw invalidInput(`expected ${keyOf("cloud")} to be "aws" or "azure"`);
    return { name: asName(member(input, "name"), limits), cloud };
  },
  run: (call, { name, cloud }) => {
    const id = call.world.newId("drive", []);
    put(call, { id, owner: call.user.id, name, cloud, isDisabled: false }, [null, name]);
    return { id };
  },
});

const driveDescribe: Route = defineRoute<void>({
  subject: "drive-xxxx",
  method: "describe",
  parse: () => {},
  run: (call) => {
    const { id, name, cloud } = ownDrive(call);
    return { id, name, cloud };
  },
});

const driveUpdate: Route = defineRoute<string | undefined>({
  subject: "drive-xxxx",
  method: "update",
  parse: (input: JsonObject, { limits }) => {
    if (given(input, "credentials")) asHash(member(input, "credentials"), keyOf("credentials"));
    return given(input, "name") ? asName(member(input, "name"), limits) : undefined;
  },
  run: (call, name) => {
    const drive = ownDrive(call);
    if (drive.isDisabled) throw new ApiError("InvalidState", `"${drive.id}" is disabled`);
    if (name !== undefined && name !== drive.name) {
      put(call, { ...drive, name }, [drive.name, name]);
    }
    return { id: drive.id };
  },
});

const driveDisable: Route = defineRoute<void>({
  subject: "drive-xxxx",
  method: "disable",
  parse: () => {},
  run: (call) => {
    const drive = ownDrive(call);
    if (!drive.isDisabled) put(call, { ...drive, isDisabled: true }, [drive.name, null]);
    return { id: drive.id };
  },
});

/** Whoever made it, and nobody else, sees a drive [assumed]. */
function ownDrive(call: Call): Drive {
  const drive = call.world.drives.get(call.subject);
  if (drive === undefined || drive.owner !== call.user.id) throw notFound(`"${call.subject}"`);
  return drive;
}

/** @param name - what it was called and is called; null for nothing yet, or no longer. */
function put(
  call: Call,
  drive: Drive,
  name: readonly [before: string | null, after: string | null],
): void {
  call.world.putDrive(drive);
  recordEffect(call, { id: drive.id, project: "" }, { name });
}

export const driveRoutes: readonly Route[] = [driveNew, driveDescribe, driveUpdate, driveDisable];
