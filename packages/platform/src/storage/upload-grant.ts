import { hexToBytes } from "@noble/hashes/utils.js";
import type { EpochMs } from "@holdfast/core";
import type { Seed } from "../chance.ts";
import { toBase64 } from "../content/base64.ts";
import { signatureOf } from "./signature.ts";
import { segmentsAfter, uploadRoute, urlOf } from "./storage-path.ts";

/** What an upload URL is good for: one part, of this size and content where they were announced, until it expires. */
export interface UploadGrant {
  readonly file: string;
  readonly index: number;
  readonly size: number | undefined;
  readonly md5: string | undefined;
  /** Who asked for it. */
  readonly user: string;
  readonly expires: EpochMs;
}

export function uploadUrl(seed: Seed, origin: string, grant: UploadGrant): string {
  const segments = segmentsOf(grant);
  return urlOf(origin, uploadRoute, [...segments, signatureOf(seed, [uploadRoute, ...segments])]);
}

/** The grant that a path proves; undefined where its signature is another one. */
export function readUploadPath(seed: Seed, path: string): UploadGrant | undefined {
  const segments = segmentsAfter(uploadRoute, path);
  const signature = segments?.at(-1);
  const signed = segments?.slice(0, -1) ?? [];
  if (signature !== signatureOf(seed, [uploadRoute, ...signed])) return undefined;
  const [file = "", index, user = "", size, md5, expires] = signed;
  return {
    file,
    index: Number(index),
    user,
    size: size === unknown ? undefined : Number(size),
    md5: md5 === unknown ? undefined : md5,
    expires: Number(expires),
  };
}

/** What the PUT must carry; all of it text. The length is the transport's to say where a script may not. */
export function uploadHeaders({ size, md5 }: Pick<UploadGrant, "size" | "md5">): {
  readonly [name: string]: string;
} {
  return {
    "content-type": "application/octet-stream",
    ...(size === undefined ? {} : { [lengthHeader]: String(size) }),
    ...(md5 === undefined ? {} : { "content-md5": toBase64(hexToBytes(md5)) }),
  };
}

/** Checked against the body, because not every transport lets a header say it. */
export const lengthHeader = "content-length";

const unknown = "-";

function segmentsOf({ file, index, user, size, md5, expires }: UploadGrant): readonly string[] {
  return [file, String(index), user, String(size ?? unknown), md5 ?? unknown, String(expires)];
}
