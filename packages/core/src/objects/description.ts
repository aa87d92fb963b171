import type { ObjectRow, State } from "../data-object.ts";
import type { Failure } from "../failure.ts";
import { losesDigits, parseDetails, referencesIn, replaceIds } from "../values/details-text.ts";
import type {
  ContentName,
  DataObjectClass,
  LocalKey,
  ObjectId,
  ProjectId,
  ProvisionalId,
} from "../ids.ts";
import { isProvisionalId } from "../ids.ts";
import { assert } from "../assert.ts";
import type { Json, JsonText } from "../json.ts";
import { effectiveName } from "../matching/match.ts";
import type { EpochMs } from "../ports.ts";
import { parseOwn } from "./own-fields.ts";
import { referencesInOwn, referencesInValues, valuesWithRealIds } from "../values/references.ts";

/** The real id of an object made here, undefined while the platform has not named it. */
export type RealIdOf = (id: ProvisionalId) => ObjectId | undefined;

/**
 * What an app sees of an object: the view, with the platform's names of fields (DO §5.2). Ids are real ones as soon
 * as they are known, provisional ones until then.
 */
export interface ObjectDescription {
  /** Stable for ever, also when `id` becomes the real one. */
  readonly key: LocalKey;
  readonly id: ObjectId;
  /** The platform has not named the object yet: `id` is good on this device only. */
  readonly isProvisional: boolean;
  readonly project: ProjectId;
  readonly class: DataObjectClass;
  /** Its id where nobody gave it a name. */
  readonly name: string;
  readonly folder: string;
  readonly state: State;
  readonly hidden: boolean;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  /** Without the reserved `.holdfast-key`. */
  readonly properties: Readonly<Record<string, string>>;
  readonly details: Json;
  /** The text of the details, only where `details` could not hold all digits of a number. */
  readonly detailsText?: JsonText;
  readonly links: readonly string[];
  readonly created: EpochMs;
  readonly modified: EpochMs;
  readonly createdBy: { readonly user: string };
  /** Of a file: its Internet media type. */
  readonly media?: string;
  /** Of a file: bytes, once it is closed and the platform has told. */
  readonly size?: number;
  /** Of a file: what of its content is on this device. */
  readonly content?: ContentHere;
  /**
   * Of a file: the platform's one that it cleaned up before its content was there, and that this one was made again for,
   * from what is on this device. Tell whoever knows the file by that id.
   */
  readonly replaces?: ObjectId;
  /** Of a workflow; `null` where nobody gave one. */
  readonly title?: string | null;
  readonly summary?: string;
  readonly description?: string;
  readonly stages?: readonly Json[];
  readonly inputs?: readonly Json[] | null;
  readonly outputs?: readonly Json[] | null;
  readonly outputFolder?: string | null;
  /** Of a workflow: raised by every change of what it runs (CS §6). */
  readonly editVersion?: number;
  /** Operations that the platform has not confirmed yet, parked ones included. */
  readonly pending: number;
  readonly parked: number;
}

/** A file's content, as this device has it. */
export interface ContentHere {
  readonly state: "here" | "fetching" | "absent";
  /** Of what is here, in bytes: what is attached, before the platform tells a `size`; what has come and is verified. */
  readonly size?: number;
  /** It is wanted for good, and not evicted. */
  readonly keepOffline: boolean;
  /** Why fetching it has come to nothing so far. */
  readonly refused?: Failure;
}

/** In bytes. */
export type SizeOfContent = (content: ContentName) => number | undefined;

/** Describes a row to the app. */
export function describeRow(
  row: ObjectRow,
  realIdOf: RealIdOf,
  sizeOf: SizeOfContent = () => undefined,
): ObjectDescription {
  const { view, class: objectClass } = row;
  assert(objectClass !== "project", `${row.key} is an object`);
  const translate = (text: string): string =>
    isProvisionalId(text) ? (realIdOf(text) ?? text) : text;
  const details = replaceIds(view.details, realIdOf);
  return {
    key: row.key,
    id: row.realId ?? row.id,
    isProvisional: row.realId === undefined && isProvisionalId(row.id),
    project: row.project,
    class: objectClass,
    name: effectiveName(row),
    folder: view.folder,
    state: view.state,
    hidden: view.hidden,
    types: view.types,
    tags: view.tags,
    properties: valuesWithRealIds(view.properties, realIdOf),
    details: parseDetails(details),
    ...(losesDigits(details) ? { detailsText: details } : undefined),
    links: view.links.map(translate),
    created: view.created,
    modified: view.modified,
    createdBy: { user: view.createdBy },
    ...(objectClass === "file" ? { content: contentHere(row, sizeOf) } : undefined),
    ...(row.replaces === undefined ? undefined : { replaces: row.replaces }),
    ...(view.own === undefined ? undefined : parseOwn(replaceIds(view.own, realIdOf))),
    pending: row.pending,
    parked: row.parked,
  };
}

function contentHere(
  { content, fetching, keepOffline: wish }: ObjectRow,
  sizeOf: SizeOfContent,
): ContentHere {
  const keepOffline = wish === true;
  if (content !== undefined) {
    const size = sizeOf(content);
    return { state: "here", keepOffline, ...(size === undefined ? undefined : { size }) };
  }
  if (fetching === undefined) return { state: "absent", keepOffline };
  const { refused, bytes } = fetching;
  const size = bytes === undefined ? undefined : { size: bytes };
  return refused === undefined
    ? { state: "fetching", keepOffline, ...size }
    : { state: "absent", keepOffline, ...size, refused };
}

/** The provisional ids a description of the row translates: their aliases are to be known before. */
export function referencesOfRow(row: ObjectRow): readonly ProvisionalId[] {
  const { details, properties, own } = row.view;
  return [
    ...new Set([
      ...referencesIn(details),
      ...referencesInValues(properties),
      ...referencesInOwn(own),
    ]),
  ];
}
