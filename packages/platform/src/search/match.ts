import { archivalStateOf } from "../world/archival.ts";
import type { Copy } from "../world/data-object.ts";
import { isWithin } from "../world/folder-tree.ts";
import { holds } from "./condition.ts";
import type { FindInput } from "./find-input.ts";
import { matchesProperty } from "./property-condition.ts";
import { isIn } from "./time-range.ts";

/** Whether the copy is what the search asks for; where to look and in what order is not asked here. */
export function matches(copy: Copy, input: FindInput): boolean {
  const { object } = copy;
  return (
    (input.visibility === "either" || object.hidden === (input.visibility === "hidden")) &&
    (input.class === undefined || object.class === input.class) &&
    (input.archivalState === "any" || input.archivalState === archivalStateOf(copy)) &&
    (input.state === "any" || object.state === input.state) &&
    (input.ids === undefined || input.ids.has(object.id)) &&
    isIn(input.modified, copy.modified) &&
    isIn(input.created, object.created) &&
    isInScope(copy, input) &&
    (input.link === undefined || object.links.includes(input.link)) &&
    (input.name === undefined || input.name.test(copy.name)) &&
    (input.type === undefined || holds(input.type, (type) => object.types.includes(type))) &&
    (input.tags === undefined || holds(input.tags, (tag) => copy.tags.includes(tag))) &&
    (input.properties === undefined ||
      holds(input.properties, (leaf) => matchesProperty(copy.properties, leaf)))
  );
}

function isInScope(copy: Copy, { scope }: FindInput): boolean {
  if (scope === undefined) return true;
  return scope.recurse ? isWithin(copy.folder, scope.folder) : copy.folder === scope.folder;
}
