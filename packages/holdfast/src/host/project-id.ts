import { HoldfastError, isProjectId, type ProjectId } from "@holdfast/core";

/** @throws HoldfastError `InvalidType` for a string that is no project's id (DO §3.1), `InvalidInput` for anything else. */
export function parseProjectId(value: unknown): ProjectId {
  if (isProjectId(value)) return value;
  const isText = typeof value === "string";
  throw new HoldfastError({
    code: isText ? "InvalidType" : "InvalidInput",
    message: isText
      ? `${JSON.stringify(value.slice(0, 60))} is not the id of a project or container, such as project-xxxx.`
      : "A project is named by its id, a string.",
  });
}
