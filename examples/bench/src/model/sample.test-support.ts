import type { LocalKey, ObjectId } from "holdfast";
import type { Sample } from "./sample.ts";

/** A sample for tests; `name` makes its key and id. */
export function sampleOf(name: string, over: Partial<Sample> = {}): Sample {
  return {
    key: name as LocalKey,
    id: `record-${name}` as ObjectId,
    isProvisional: false,
    project: "project-1" as Sample["project"],
    class: "record",
    name,
    folder: "/samples",
    state: "open",
    hidden: false,
    types: ["Sample"],
    tags: [],
    properties: {},
    details: {},
    links: [],
    created: 0,
    modified: 0,
    createdBy: { user: "user-ada" },
    pending: 0,
    parked: 0,
    ...over,
  };
}
