import type { DataObjectClass } from "../ids.ts";
import { equalJson, isJsonObject, type Json, type JsonObject, type JsonText } from "../json.ts";

interface OwnFields {
  /** What a new one takes, with what it is where it is not given. */
  readonly given: Readonly<Record<string, Json>>;
  /** What the platform alone sets, with what it is at first; undefined where it is not there at first. */
  readonly set: Readonly<Record<string, Json | undefined>>;
}

const none: OwnFields = { given: {}, set: {} };

/** The fields that one class has alone, as far as objects of it are made here (DO §7.1, CS §6). */
const ownFields: Readonly<Record<DataObjectClass, OwnFields>> = {
  record: none,
  // The size is told once it is final (DO §5.2).
  file: { given: { media: "" }, set: { size: undefined } },
  workflow: {
    given: {
      title: null,
      summary: "",
      description: "",
      stages: [],
      inputs: null,
      outputs: null,
      outputFolder: null,
    },
    // Every edit of it names the version it was made for, and the answer the one after it.
    set: { editVersion: 0 },
  },
  applet: none,
  database: none,
  dbcluster: none,
};

/** The names of the fields that a create of the class takes beside those of every class. */
export function ownFieldsOf(objectClass: DataObjectClass): readonly string[] {
  return Object.keys(ownFields[objectClass].given);
}

/** All fields of its own that an object of the class is described with. */
export function describedOwnFields(objectClass: DataObjectClass): readonly string[] {
  const { given, set } = ownFields[objectClass];
  return [...Object.keys(given), ...Object.keys(set)];
}

/** What a new object has of its own; undefined for a class that has nothing. */
export function ownOfNew(
  objectClass: DataObjectClass,
  given: JsonText | undefined,
): JsonText | undefined {
  const { given: defaults, set } = ownFields[objectClass];
  const own = { ...defaults, ...set, ...parseOwn(given) };
  return Object.keys(own).length === 0 ? undefined : (JSON.stringify(own) as JsonText);
}

export function parseOwn(own: JsonText | undefined): JsonObject {
  const parsed = own === undefined ? {} : (JSON.parse(own) as Json);
  return isJsonObject(parsed) ? parsed : {};
}

/** What a new object made like this one is given: nothing that the platform alone sets. */
export function inheritedOwn(objectClass: DataObjectClass, own: JsonText | undefined): JsonObject {
  const names = ownFieldsOf(objectClass);
  return Object.fromEntries(Object.entries(parseOwn(own)).filter(([name]) => names.includes(name)));
}

/** With what the platform alone sets as it was just seen; the rest stays as it is. */
export function withOwnSet(
  objectClass: DataObjectClass,
  own: JsonText | undefined,
  seen: JsonText | undefined,
): JsonText | undefined {
  const names = Object.keys(ownFields[objectClass].set);
  const set = Object.entries(parseOwn(seen)).filter(([name]) => names.includes(name));
  if (set.length === 0) return own;
  return JSON.stringify({ ...parseOwn(own), ...Object.fromEntries(set) }) as JsonText;
}

export function isSameOwn(left: JsonText | undefined, right: JsonText | undefined): boolean {
  return left === right || equalJson(parseOwn(left), parseOwn(right));
}
