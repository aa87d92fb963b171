import { requiredBoolean } from "../input/fields.ts";
import { asTypes, checkDetails, linksIn, refuseMoreThan } from "../input/metadata.ts";
import { withoutSpace } from "../json/source-text.ts";
import type { Output } from "../json/json-writer.ts";
import type { ObjectOperation } from "../lifecycle.ts";
import type { DataObject, SharedFields } from "../world/data-object.ts";
import { allowOnObject, visibleObject } from "./access.ts";
import { type Call, recordEffect } from "./call.ts";
import { type Body, defineRoute, defineValueRoute, type Route, type Subject } from "./route.ts";

/** What all copies share and only an open object lets change: no project in the input (DO §4.3, §5). */
export function objectFixedFields(subject: Subject): readonly Route[] {
  return [
    defineRoute<readonly string[]>({
      subject,
      method: "addTypes",
      parse: (input, { limits }) => asTypes(input, limits),
      run: (call, types) =>
        editObject(call, "addTypes", (object) => {
          const all = [...new Set([...object.types, ...types])];
          refuseMoreThan(call.limits.entries, all.length, "types");
          return { types: all };
        }),
    }),
    defineRoute<readonly string[]>({
      subject,
      method: "removeTypes",
      parse: (input, { limits }) => asTypes(input, limits),
      run: (call, types) =>
        editObject(call, "removeTypes", (object) => ({
          types: object.types.filter((type) => !types.includes(type)),
        })),
    }),
    defineValueRoute<Pick<SharedFields, "details" | "links">>({
      subject,
      method: "setDetails",
      parse: asDetails,
      run: (call, details) => editObject(call, "setDetails", () => details),
    }),
    defineRoute<boolean>({
      subject,
      method: "setVisibility",
      parse: (input) => requiredBoolean(input, "hidden"),
      run: (call, hidden) => editObject(call, "setVisibility", () => ({ hidden })),
    }),
  ];
}

/** The body itself is the new details. */
function asDetails({ value, text, limits }: Body): Pick<SharedFields, "details" | "links"> {
  const details = withoutSpace(text);
  checkDetails(value, details, limits);
  return { details, links: linksIn(value) };
}

function editObject(
  call: Call,
  operation: ObjectOperation,
  decide: (object: DataObject) => Partial<SharedFields>,
): Output {
  const object = visibleObject(call, call.subject);
  allowOnObject(call, object, operation);
  const changed = call.world.editObject(object, decide(object), call.at);
  recordEffect(call, { id: object.id, project: object.origin }, changed);
  return { id: object.id };
}
