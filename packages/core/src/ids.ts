import type { Random } from "./ports.ts";

/** The classes of data objects (design §1). Records are created here in full; the others are known. */
export type DataObjectClass = "record" | "file" | "applet" | "workflow" | "database" | "dbcluster";

/** What a row of the `objects` table is of: a copy of a data object, or a project (or container) itself. */
export type RowClass = DataObjectClass | "project";

export const dataObjectClasses: readonly DataObjectClass[] = [
  "record",
  "file",
  "applet",
  "workflow",
  "database",
  "dbcluster",
];

declare const idBrand: unique symbol;
type Id<Name extends string> = string & { readonly [idBrand]: Name };

/** `class-` + 24 characters: an id of the platform, or a provisional one. */
export type ObjectId = Id<"object">;
/** `class-hold` + 20 characters: an object made here that the platform does not know yet. */
export type ProvisionalId = ObjectId & { readonly provisional: true };
/** `project-…` or `container-…`. */
export type ProjectId = Id<"project">;
/** `user-…`, the id that `/system/whoami` answers. */
export type UserId = Id<"user">;
/** `project/first id known here`: the key of a copy's row. It never changes. */
export type LocalKey = Id<"localKey">;
/** `content-` + 20 characters of the strict alphabet: names bytes kept on this device (see `ContentStore`). */
export type ContentName = Id<"content">;
/** `operation-<sequence>-<8 characters>`: names its outbox row and, later, its history row. */
export type OperationId = Id<"operation">;

/**
 * The 32 characters of the platform's ids (DO §3.1). `h`, `o`, `l` and `d` are not among them, which is why
 * no real id can look like a provisional one.
 */
export const strictAlphabet = "0123456789BFGJKPQVXYZbfgjkpqvxyz";

const lenientObjectId = /^(record|file|applet|workflow|database|dbcluster)-[0-9a-zA-Z]{24}$/;
/** Any entity id that a link may hold: data objects, containers, and the classes only named in links. */
const lenientEntityId = /^[a-z]+-[0-9a-zA-Z]{24}$/;
const lenientProjectId = /^(project|container)-[0-9a-zA-Z]{24}$/;
const provisionalId =
  /^(record|file|applet|workflow|database|dbcluster)-hold[0-9BFGJKPQVXYZbfgjkpqvxyz]{20}$/;
const provisionalInside =
  /(record|file|applet|workflow|database|dbcluster)-hold[0-9BFGJKPQVXYZbfgjkpqvxyz]{20}/;
const contentName = /^content-[0-9BFGJKPQVXYZbfgjkpqvxyz]{20}$/;
const operationId = /^operation-(\d+)-[0-9BFGJKPQVXYZbfgjkpqvxyz]{8}$/;

/** Lenient, as the platform's clients are: the class and 24 letters or digits. Provisional ids pass. */
export function isObjectId(value: unknown): value is ObjectId {
  return typeof value === "string" && lenientObjectId.test(value);
}

export function isEntityId(value: unknown): value is string {
  return typeof value === "string" && lenientEntityId.test(value);
}

export function isProjectId(value: unknown): value is ProjectId {
  return typeof value === "string" && lenientProjectId.test(value);
}

export function isProvisionalId(value: unknown): value is ProvisionalId {
  return typeof value === "string" && provisionalId.test(value);
}

export function isContentName(value: unknown): value is ContentName {
  return typeof value === "string" && contentName.test(value);
}

/** Whether a provisional id stands anywhere in the text, alone or inside something longer. */
export function holdsProvisionalId(text: string): boolean {
  return provisionalInside.test(text);
}

export function classOfId(id: ObjectId): DataObjectClass {
  return id.slice(0, id.indexOf("-")) as DataObjectClass;
}

/** @param entity - names the draw, so that a seeded world draws the same id whatever else runs. */
export function newProvisionalId(
  objectClass: DataObjectClass,
  random: Random,
  entity: string,
): ProvisionalId {
  return `${objectClass}-hold${strictCharacters(random.bytes(20, entity))}` as ProvisionalId;
}

export function newOperationId(sequence: number, random: Random): OperationId {
  const suffix = strictCharacters(random.bytes(8, `operation:${sequence}`));
  return `operation-${sequence}-${suffix}` as OperationId;
}

/** @param entity - names the draw. */
export function newContentName(random: Random, entity: string): ContentName {
  return `content-${strictCharacters(random.bytes(20, entity))}` as ContentName;
}

/** @param entity - names the draw. 200 random bits in 40 of the 128 bytes that a nonce may have (DO §2). */
export function newNonce(random: Random, entity: string): string {
  return strictCharacters(random.bytes(40, entity));
}

/** All that is drawn for one create. */
export interface CreateDraw {
  readonly id: ProvisionalId;
  readonly operation: OperationId;
  readonly nonce: string;
  /** The value of the key property. */
  readonly key: string;
}

/** Draws once for a create: of ten thousand at once, four draws each would be most of the time. */
export function drawCreate(
  objectClass: DataObjectClass,
  sequence: number,
  random: Random,
): CreateDraw {
  const text = strictCharacters(random.bytes(92, `create:${sequence}`));
  return {
    id: `${objectClass}-hold${text.slice(0, 20)}` as ProvisionalId,
    operation: `operation-${sequence}-${text.slice(20, 28)}` as OperationId,
    nonce: text.slice(28, 68),
    key: text.slice(68),
  };
}

/** The outbox sequence inside an operation id, or undefined where the text is none. */
export function sequenceOf(id: string): number | undefined {
  const match = operationId.exec(id);
  return match === null ? undefined : Number(match[1]);
}

export function toLocalKey(project: ProjectId, firstId: ObjectId): LocalKey {
  return `${project}/${firstId}` as LocalKey;
}

/** The key of the row of the project itself, whose lane holds the operations on it and on its folders. */
export function projectKey(project: ProjectId): LocalKey {
  return toLocalKey(project, rowIdOfProject(project));
}

/** The one place where the id of a project stands where an object's does: in its own row. */
export function rowIdOfProject(project: ProjectId): ObjectId {
  return project as string as ObjectId;
}

export function isProjectKey(key: LocalKey): boolean {
  const { project, id } = fromLocalKey(key);
  return (project as string) === id;
}

export function fromLocalKey(key: LocalKey): {
  readonly project: ProjectId;
  readonly id: ObjectId;
} {
  const slash = key.indexOf("/");
  return { project: key.slice(0, slash) as ProjectId, id: key.slice(slash + 1) as ObjectId };
}

const strictCodes = Uint8Array.from({ length: 256 }, (_, byte) =>
  strictAlphabet.charCodeAt(byte % strictAlphabet.length),
);

function strictCharacters(bytes: Uint8Array): string {
  const codes: number[] = [];
  for (const byte of bytes) codes.push(strictCodes[byte] as number);
  return String.fromCharCode(...codes);
}
