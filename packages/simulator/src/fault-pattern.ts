import type { Pattern } from "@holdfast/platform";
import type { ContentFaultTarget, FaultTarget } from "./history.ts";

/** The calls of the platform that a fault of a history waits for. */
export function faultPattern(on: FaultTarget | ContentFaultTarget): Pattern {
  return patterns[on];
}

const patterns: Readonly<Record<FaultTarget | ContentFaultTarget, Pattern>> = {
  any: "*",
  create: /\/new$/,
  close: /\/close$/,
  edit: /-[0-9A-Za-z]{24}\/(addTypes|removeTypes|setDetails|setVisibility|rename|setProperties|addTags|removeTags)$/,
  project: /^\/project-[0-9A-Za-z]{24}\/(?!describe)/,
  question: /\/(describe|describeDataObjects|findDataObjects|describeProjects)$/,
  upload: /^\/file-[0-9A-Za-z]{24}\/upload$/,
  part: /^\/storage\/upload\//,
  session: /\/system\/(whoami|comeBackLater)$/,
};
