import type { JsonObject } from "@holdfast/core";
import { ApiError, invalidInput, notFound } from "../api-error.ts";
import { refusalOfRestrictedData } from "../assumed.ts";
import { byteLength } from "../input/byte-length.ts";
import {
  keyOf,
  optionalBoolean,
  optionalInteger,
  optionalProject,
  optionalString,
} from "../input/fields.ts";
import type { Output } from "../json/json-writer.ts";
import type { Limits } from "../limits.ts";
import { memberDownload, signedDownload } from "../storage/download-grant.ts";
import { archivalStateOf } from "../world/archival.ts";
import type { Copy } from "../world/data-object.ts";
import { allowOnCopy, levelIn, visibleCopies, visibleObject } from "./access.ts";
import type { Call } from "./call.ts";
import { defineRoute, type Route, type Subject } from "./route.ts";

interface DownloadInput {
  readonly project: string | undefined;
  readonly preauthenticated: boolean;
  /** Seconds. */
  readonly duration: number | undefined;
  readonly filename: string | undefined;
}

/** A URL of the content: one that is good by itself for a while, or one that takes the caller's access (DO §7.5). */
export function fileDownload(subject: Subject): Route {
  return defineRoute<DownloadInput>({
    subject,
    method: "download",
    parse: (input, { limits }) => parse(input, limits),
    run: (call, input) => {
      const copy = copyToDownload(call, input.project);
      allowOnCopy(call, copy, "download");
      if (isRestricted(call, copy)) {
        throw new ApiError(refusalOfRestrictedData, `project "${copy.project}" gives no data out`);
      }
      if (archivalStateOf(copy) !== "live") {
        throw new ApiError("InvalidState", `"${copy.object.id}" is ${archivalStateOf(copy)}`);
      }
      return linkTo(call, copy, input);
    },
  });
}

function linkTo(call: Call, copy: Copy, input: DownloadInput): Output {
  const { origin, world, user, tokenHash, at, files } = call;
  const grant = {
    file: copy.object.id,
    project: copy.project,
    filename: input.filename ?? copy.name,
  };
  if (!input.preauthenticated) {
    return memberDownload(world.seed, origin, { ...grant, user: user.id, tokenHash });
  }
  const durationMs = input.duration === undefined ? files.downloadUrlMs : input.duration * 1000;
  return signedDownload(world.seed, origin, { ...grant, expires: at + durationMs });
}

/** The project is no hint here: the file must be in it. Without one, any project that gives it out will do. */
function copyToDownload(call: Call, project: string | undefined): Copy {
  const object = visibleObject(call, call.subject);
  const copies = visibleCopies(call, object);
  if (project === undefined) {
    const open = copies.filter((copy) => !isRestricted(call, copy));
    const live = open.find((copy) => archivalStateOf(copy) === "live");
    return live ?? open[0] ?? (copies[0] as Copy);
  }
  const copy = copies.find((one) => one.project === project);
  if (copy === undefined || levelIn(call, project) === "NONE") {
    throw notFound(`"${object.id}" in project "${project}"`);
  }
  return copy;
}

function isRestricted({ world }: Call, { project }: Copy): boolean {
  return world.projects.get(project)?.settings.downloadRestricted ?? false;
}

function parse(input: JsonObject, limits: Limits): DownloadInput {
  const duration = optionalInteger(input, "duration");
  if (duration !== undefined && (duration < 1 || duration > longestDurationS)) {
    throw invalidInput(`expected ${keyOf("duration")} to be a number of seconds from 1 on`);
  }
  const filename = optionalString(input, "filename");
  if (filename !== undefined && (filename === "" || byteLength(filename) > limits.textBytes)) {
    throw invalidInput(`expected ${keyOf("filename")} to have 1 to ${limits.textBytes} bytes`);
  }
  return {
    project: optionalProject(input),
    preauthenticated: optionalBoolean(input, "preauthenticated") ?? false,
    duration,
    filename,
  };
}

/** So that the time at which it ends is one that a clock can show. */
const longestDurationS = 100 * 366 * 86_400;
