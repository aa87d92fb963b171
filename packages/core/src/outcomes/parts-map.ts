import type { ContentPart } from "../content.ts";
import { isJsonObject, type Json, type JsonObject } from "../json.ts";

/** One part as the platform shows it (DO §7.4). */
export interface PlatformPart {
  readonly index: number;
  /** Absent where nobody has announced it, as are `md5`'s 32 lowercase hex digits. */
  readonly size?: number;
  readonly md5?: string;
  /** Of a closed file it may go unsaid: then every part is complete. */
  readonly state: "pending" | "complete";
}

/**
 * Reads the `parts` of an untrusted describe answer, in the order of their indexes, which are compared as numbers.
 * @returns undefined where it is none.
 */
export function fromPartsMap(parts: Json | undefined): readonly PlatformPart[] | undefined {
  if (!isJsonObject(parts)) return undefined;
  const read = Object.entries(parts).map(([index, part]) => fromPart(index, part));
  if (read.includes(undefined)) return undefined;
  return (read as readonly PlatformPart[]).toSorted((left, right) => left.index - right.index);
}

function fromPart(name: string, part: Json | undefined): PlatformPart | undefined {
  if (!/^[1-9]\d{0,5}$/.test(name) || !isJsonObject(part)) return undefined;
  const { size, md5, state = "complete" } = part;
  if (state !== "complete" && state !== "pending") return undefined;
  return {
    index: Number(name),
    ...(isSize(size) ? { size } : {}),
    ...(isMd5(md5) ? { md5 } : {}),
    state,
  };
}

/** What must be asked for so that `contentOfDescribe` can read the answer. */
export const contentFields: readonly string[] = ["project", "state", "size", "parts", "md5"];

/** What the platform says of a file's content. */
export interface DescribedContent {
  readonly project: string;
  readonly state: string;
  /**
   * What it is made of, one after the other; undefined where it cannot be told apart from other content: while the file is
   * not closed, or where it has no MD5.
   */
  readonly parts: readonly ContentPart[] | undefined;
}

/** Reads an untrusted describe answer with the `contentFields`. @returns undefined where it is none. */
export function contentOfDescribe(body: JsonObject): DescribedContent | undefined {
  const { project, state, size, md5 } = body;
  if (typeof project !== "string" || typeof state !== "string") return undefined;
  if (state !== "closed") return { project, state, parts: undefined };
  const parts = fromPartsMap(body["parts"]);
  if (parts === undefined) return undefined;
  // Content that lies elsewhere has no parts, and one MD5 for all of it (DO §7.6).
  if (parts.length === 0 && size !== 0 && size !== undefined) {
    const whole = isSize(size) && isMd5(md5) ? [{ index: 1, size, md5 }] : undefined;
    return { project, state, parts: whole };
  }
  return { project, state, parts: parts.every(isWhole) ? parts.map(asContentPart) : undefined };
}

function isWhole(part: PlatformPart): part is PlatformPart & ContentPart {
  return part.state === "complete" && part.size !== undefined && part.md5 !== undefined;
}

function asContentPart({ index, size, md5 }: ContentPart): ContentPart {
  return { index, size, md5 };
}

function isSize(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isMd5(value: Json | undefined): value is string {
  return typeof value === "string" && /^[0-9a-f]{32}$/.test(value);
}
