import type { ContentPart } from "../content.ts";
import { isJsonObject, type Json } from "../json.ts";

/** What a project's region takes (DO §7.2). Sizes are bytes. */
export interface UploadParameters {
  /** Of every part but the last. */
  readonly minimumPartSize: number;
  readonly maximumPartSize: number;
  readonly maximumFileSize: number;
  readonly maximumNumParts: number;
  /** Whether an empty file has one empty part; where not, it has none. */
  readonly emptyLastPartAllowed: boolean;
}

/** @returns undefined where it has not that shape. */
export function parseUploadParameters(value: Json | undefined): UploadParameters | undefined {
  if (!isJsonObject(value)) return undefined;
  const { minimumPartSize, maximumPartSize, maximumFileSize, maximumNumParts } = value;
  const { emptyLastPartAllowed } = value;
  const isWhole =
    isAmount(minimumPartSize) &&
    isAmount(maximumPartSize) &&
    isAmount(maximumFileSize) &&
    isAmount(maximumNumParts) &&
    typeof emptyLastPartAllowed === "boolean";
  if (!isWhole || minimumPartSize > maximumPartSize) return undefined;
  return {
    minimumPartSize,
    maximumPartSize,
    maximumFileSize,
    maximumNumParts,
    emptyLastPartAllowed,
  };
}

const emptyMd5 = "d41d8cd98f00b204e9800998ecf8427e";

/** The one part of an empty file, where the region wants one (DO §7.4). */
export const emptyPart: ContentPart = { index: 1, size: 0, md5: emptyMd5 };

/** What the platform is to have of a content that is cut as the region wants it. */
export function partsToUpload(
  parts: readonly ContentPart[],
  { emptyLastPartAllowed }: Pick<UploadParameters, "emptyLastPartAllowed">,
): readonly ContentPart[] {
  const full = parts.filter(({ size }) => size > 0);
  return full.length === 0 && emptyLastPartAllowed ? [emptyPart] : full;
}

/** Whether the region takes the parts as they are cut. */
export function isCutFor(parts: readonly ContentPart[], parameters: UploadParameters): boolean {
  const { minimumPartSize, maximumPartSize, maximumNumParts } = parameters;
  return (
    (parts.at(-1)?.index ?? 0) <= maximumNumParts &&
    parts.every(({ size }) => size <= maximumPartSize) &&
    parts.slice(0, -1).every(({ size }) => size >= minimumPartSize)
  );
}

const usualPartSize = 8 * 1024 * 1024;

/** How large all parts but the last are to be, where the region is known. */
export function partSizeFor(size: number, parameters: UploadParameters): number {
  const { minimumPartSize, maximumPartSize, maximumNumParts } = parameters;
  const least = Math.max(usualPartSize, minimumPartSize, Math.ceil(size / maximumNumParts));
  return Math.min(least, maximumPartSize);
}

function isAmount(value: Json | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) > 0;
}
