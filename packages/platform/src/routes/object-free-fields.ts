import type { JsonObject } from "@holdfast/core";
import { member, requiredProject } from "../input/fields.ts";
import { asName, asPropertyChanges, asTags, refuseMoreThan } from "../input/metadata.ts";
import type { Output } from "../json/json-writer.ts";
import type { Limits } from "../limits.ts";
import type { ObjectOperation } from "../lifecycle.ts";
import type { Copy, CopyFields } from "../world/data-object.ts";
import { allowOnCopy, namedCopy } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { defineRoute, type Route, type Subject } from "./route.ts";

/** What each copy has of its own and every state lets change: the project must be named (DO §4.3, §5). */
export function objectFreeFields(subject: Subject): readonly Route[] {
  return [
    freeField<string>(subject, {
      method: "rename",
      parse: (input, limits) => asName(member(input, "name"), limits),
      decide: (_, name) => ({ name }),
    }),
    freeField<ReadonlyMap<string, string | null>>(subject, {
      method: "setProperties",
      parse: (input) => asPropertyChanges(member(input, "properties")),
      decide: (copy, changes) => ({ properties: merge(copy.properties, changes) }),
    }),
    freeField<readonly string[]>(subject, {
      method: "addTags",
      parse: asTags,
      decide: (copy, tags) => ({ tags: [...new Set([...copy.tags, ...tags])] }),
    }),
    freeField<readonly string[]>(subject, {
      method: "removeTags",
      parse: asTags,
      decide: (copy, tags) => ({ tags: copy.tags.filter((tag) => !tags.includes(tag)) }),
    }),
  ];
}

interface FreeField<Input> {
  readonly method: ObjectOperation;
  readonly parse: (input: JsonObject, limits: Limits) => Input;
  readonly decide: (copy: Copy, input: Input) => Partial<CopyFields>;
}

function freeField<Input>(subject: Subject, { method, parse, decide }: FreeField<Input>): Route {
  return defineRoute<{ readonly project: string; readonly input: Input }>({
    subject,
    method,
    parse: (input, { limits }) => ({
      project: requiredProject(input),
      input: parse(input, limits),
    }),
    run: (call, { project, input }) =>
      editCopy(call, { method, project }, (copy) => decide(copy, input)),
  });
}

function editCopy(
  call: Call,
  { method, project }: { readonly method: ObjectOperation; readonly project: string },
  decide: (copy: Copy) => Partial<CopyFields>,
): Output {
  const copy = namedCopy(call, call.subject, project);
  allowOnCopy(call, copy, method);
  const fields = decide(copy);
  refuseMoreThan(call.limits.entries, fields.tags?.length ?? 0, "tags");
  refuseMoreThan(call.limits.entries, fields.properties?.size ?? 0, "properties");
  const changed = call.world.editCopy(copy, fields, call.at);
  recordEffect(call, { id: copy.object.id, project }, changed);
  return { id: copy.object.id };
}

/** Properties after a change: null takes one away, what is not named stays. */
export function merge(
  properties: ReadonlyMap<string, string>,
  changes: ReadonlyMap<string, string | null>,
): ReadonlyMap<string, string> {
  const merged = new Map(properties);
  for (const [key, value] of changes) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return merged;
}
