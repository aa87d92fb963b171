import { unreachable } from "../assert.ts";
import type { Operation } from "../operation.ts";

/**
 * What an operation changes. Operations on different fields commute, `object` and `state` aside, and but for `folder`,
 * which is never moved in front of anything.
 */
export type Field =
  | "object"
  | "types"
  | "details"
  | "hidden"
  | "name"
  | "tags"
  | "properties"
  | "folder"
  | "folders"
  | "content"
  | "state";

export function fieldOf(operation: Operation): Field {
  switch (operation.kind) {
    case "create":
    case "clone":
    case "remove":
      return "object";
    case "addTypes":
    case "removeTypes":
      return "types";
    case "setDetails":
      return "details";
    case "setVisibility":
      return "hidden";
    case "rename":
      return "name";
    case "addTags":
    case "removeTags":
      return "tags";
    case "setProperties":
      return "properties";
    case "move":
      return "folder";
    case "newFolder":
    case "renameFolder":
    case "moveFolder":
    case "removeFolder":
      return "folders";
    case "attach":
      return "content";
    case "close":
      return "state";
    default:
      return unreachable(operation);
  }
}
