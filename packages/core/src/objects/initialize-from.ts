import type { ObjectRow } from "../data-object.ts";
import { isProvisionalId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import { linksOfText } from "../values/links.ts";
import { inheritedOwn, parseOwn } from "./own-fields.ts";
import type { CreateInput, InheritedField } from "../operation.ts";
import type { CreateRequest } from "../input/parse-create.ts";
import { referencesOf } from "../values/references.ts";

/** An object from which another is made. */
export type Source = Pick<ObjectRow, "id" | "realId" | "view">;

/**
 * The request with what it did not give taken from the source's view (DO §6): we expand `initializeFrom` ourselves,
 * since the platform would copy the source's key property too (design §5). Folder and state are never taken.
 *
 * A source without a name of its own gives its id as the name, as the platform does, but never a provisional one: see
 * `waitsForName`.
 */
export function initialize(request: CreateRequest, source: Source): CreateRequest {
  const { initializeFrom, ...rest } = request;
  const inherited = Object.fromEntries(
    (initializeFrom?.fields ?? []).map((field) => [field, inheritedValue(field, source)]),
  ) as Partial<CreateInput>;
  const input: CreateInput = {
    ...request.input,
    ...inherited,
    ...inheritedOwnOf(request, source),
  };
  return {
    ...rest,
    input,
    references: referencesOf({ kind: "create", class: request.class, input }),
    links: linksOfText(input.details),
  };
}

/** What only the class has: field by field, what is given wins. */
function inheritedOwnOf(
  { class: objectClass, input }: CreateRequest,
  source: Source,
): Pick<CreateInput, "own"> {
  const own = { ...inheritedOwn(objectClass, source.view.own), ...parseOwn(input.own) };
  return Object.keys(own).length === 0 ? {} : { own: JSON.stringify(own) as JsonText };
}

/** Whether the name that is to be taken is not known yet: it is the id that the source's own create will bring. */
export function waitsForName({ initializeFrom }: CreateRequest, source: Source): boolean {
  const { id, realId = id, view } = source;
  return (
    initializeFrom?.fields.includes("name") === true &&
    view.name === null &&
    isProvisionalId(realId)
  );
}

function inheritedValue(field: InheritedField, source: Source): CreateInput[InheritedField] {
  if (field !== "name") return source.view[field];
  if (source.view.name !== null) return source.view.name;
  const id = source.realId ?? source.id;
  return isProvisionalId(id) ? null : id;
}
