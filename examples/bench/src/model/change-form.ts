import type { OperationChange, OutboxEntry } from "holdfast";
import { checkDetails, prettyDetails } from "./details-text.ts";

/** One thing a person can change about an operation, as text. */
export interface ChangeField {
  readonly name: "name" | "folder" | "destination" | "types" | "tags" | "properties" | "details";
  readonly label: string;
  /** `list`: separated by commas. `pairs`: one `key: value` a line. */
  readonly shape: "line" | "list" | "pairs" | "json";
  readonly text: string;
}

/** What a person sees of the input of an operation; empty where there is nothing to change. */
export function fieldsOf(operation: OutboxEntry["operation"]): readonly ChangeField[] {
  switch (operation.kind) {
    case "create": {
      const { name, folder, types, tags, properties, details } = operation.input;
      return [
        line("name", "Name", name ?? ""),
        line("folder", "Folder", folder),
        list("types", types),
        list("tags", tags),
        pairs(properties),
        json(details),
      ];
    }
    case "rename":
    case "renameFolder":
      return [line("name", "Name", operation.name)];
    case "moveFolder":
      return [line("destination", "Into", operation.destination)];
    case "newFolder":
    case "move":
      return [line("folder", "Folder", operation.folder)];
    case "addTypes":
    case "removeTypes":
      return [list("types", operation.types)];
    case "addTags":
    case "removeTags":
      return [list("tags", operation.tags)];
    case "setProperties":
      return [pairs(operation.properties)];
    case "setDetails":
      return [json(operation.details)];
    default:
      return [];
  }
}

/** What is to change: the fields whose text is another one. Throws, in words, for details that are no JSON. */
export function changeOf(
  fields: readonly ChangeField[],
  texts: Readonly<Partial<Record<ChangeField["name"], string>>>,
): OperationChange {
  let change: OperationChange = {};
  for (const field of fields) {
    const text = texts[field.name];
    if (text !== undefined && text !== field.text) change = { ...change, ...valueOf(field, text) };
  }
  return change;
}

function valueOf({ name, shape }: ChangeField, text: string): OperationChange {
  switch (shape) {
    case "line":
      return { [name]: text.trim() };
    case "list":
      return { [name]: partsOf(text, ",") };
    case "pairs":
      return { properties: Object.fromEntries(partsOf(text, "\n").map(pairOf)) };
    case "json": {
      const checked = checkDetails(text);
      if (!checked.ok) throw new Error(checked.message);
      return { detailsText: checked.text };
    }
  }
}

function partsOf(text: string, separator: string): readonly string[] {
  return text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** A key alone removes the property. */
function pairOf(text: string): readonly [string, string | null] {
  const colon = text.indexOf(":");
  if (colon < 0) return [text, null];
  return [text.slice(0, colon).trim(), text.slice(colon + 1).trim()];
}

function line(name: "name" | "folder" | "destination", label: string, text: string): ChangeField {
  return { name, label, shape: "line", text };
}

function list(name: "types" | "tags", values: readonly string[]): ChangeField {
  const label = name === "types" ? "Types, separated by commas" : "Tags, separated by commas";
  return { name, label, shape: "list", text: values.join(", ") };
}

function pairs(properties: Readonly<Record<string, string | null>>): ChangeField {
  const lines = Object.entries(properties).map(([key, value]) =>
    value === null ? key : `${key}: ${value}`,
  );
  const label = "Properties, one “key: value” a line";
  return { name: "properties", label, shape: "pairs", text: lines.join("\n") };
}

function json(details: string): ChangeField {
  return {
    name: "details",
    label: "Details, as JSON",
    shape: "json",
    text: prettyDetails(details),
  };
}
