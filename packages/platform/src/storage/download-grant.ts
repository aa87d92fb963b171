import type { EpochMs } from "@holdfast/core";
import { downloadTokenHeader } from "../assumed.ts";
import type { Seed } from "../chance.ts";
import { archivalStateOf } from "../world/archival.ts";
import type { Copy } from "../world/data-object.ts";
import { levelWithin } from "../world/token-scope.ts";
import type { World } from "../world/world.ts";
import { signatureOf } from "./signature.ts";
import { downloadRoute, segmentsAfter, urlOf } from "./storage-path.ts";

interface Grant {
  readonly file: string;
  /** That gives it out: nowhere in the URL, and yet the link ends with its copy (DO §7.5). */
  readonly project: string;
  readonly filename: string;
}

/** What `/file-xxxx/download` answers. */
export interface DownloadLink {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  readonly expires?: EpochMs;
  // An answer is a hash of JSON.
  readonly [key: string]: string | number | { readonly [name: string]: string };
}

/** A URL that is good by itself until it expires. */
export function signedDownload(
  seed: Seed,
  origin: string,
  { expires, ...grant }: Grant & { readonly expires: EpochMs },
): DownloadLink {
  const filename = asSegment(grant);
  const signature = signatureOf(seed, [
    downloadRoute,
    grant.file,
    grant.project,
    expires,
    filename,
  ]);
  const segments = [grant.file, String(expires), signature, filename];
  return { url: urlOf(origin, downloadRoute, segments), headers: {}, expires };
}

/** A URL that takes a header, and the access of who asked for it, by the token that was sent then. */
export function memberDownload(
  seed: Seed,
  origin: string,
  { user, tokenHash, ...grant }: Grant & { readonly user: string; readonly tokenHash: string },
): DownloadLink {
  const proof = signatureOf(seed, [downloadRoute, grant.file, grant.project, user, tokenHash]);
  const token = [grant.project, encodeURIComponent(user.toWellFormed()), proof].join(":");
  return {
    url: urlOf(origin, downloadRoute, [grant.file, asSegment(grant)]),
    headers: { [downloadTokenHeader]: token },
  };
}

/** What a request for content proves. */
export type DownloadProof =
  | { readonly kind: "granted"; readonly file: string; readonly filename: string }
  | { readonly kind: "expired" | "denied" | "notSigned" | "archived" };

/** @param now - what has expired by then is refused. */
export function proveDownload(
  world: World,
  {
    path,
    headers,
    now,
  }: { readonly path: string; readonly headers: Headers; readonly now: EpochMs },
): DownloadProof {
  const segments = segmentsAfter(downloadRoute, path) ?? [];
  const [file = "", second = "", signature = "", filename = ""] = segments;
  if (segments.length === 2) return proveMember(world, { file, filename: second, headers });
  const expires = Number(second);
  const signed = [...(world.objects.get(file)?.copies.values() ?? [])].find(
    ({ project }) =>
      signature === signatureOf(world.seed, [downloadRoute, file, project, expires, filename]),
  );
  if (segments.length !== 4 || signed === undefined) return { kind: "notSigned" };
  return now > expires ? { kind: "expired" } : contentOf(signed, filename);
}

interface MemberRequest {
  readonly file: string;
  readonly filename: string;
  readonly headers: Headers;
}

function proveMember(world: World, { file, filename, headers }: MemberRequest): DownloadProof {
  const [project = "", name = "", proof = ""] = (headers.get(downloadTokenHeader) ?? "").split(":");
  const user = segmentsAfter("", `/${name}`)?.[0] ?? "";
  const holder = world.users.get(user);
  const container = world.projects.get(project);
  // A token that is revoked proves nothing any more; one that reaches less far than its user still does so here.
  const tokenHash = ["", ...(holder?.tokenHashes ?? [])].find(
    (hash) => proof === signatureOf(world.seed, [downloadRoute, file, project, user, hash]),
  );
  if (holder === undefined || container === undefined || tokenHash === undefined) {
    return { kind: "denied" };
  }
  const copy = world.objects.get(file)?.copies.get(project);
  const level = levelWithin(holder.tokenScopes.get(tokenHash), project, container.levelOf(user));
  return copy !== undefined && level !== "NONE" ? contentOf(copy, filename) : { kind: "denied" };
}

/** A URL outlives the archiving of what it leads to, but leads nowhere while that lasts. */
function contentOf(copy: Copy, filename: string): DownloadProof {
  if (archivalStateOf(copy) !== "live") return { kind: "archived" };
  return { kind: "granted", file: copy.object.id, filename };
}

/** The last part of the URL, which a command-line client names its file by. A dot alone would be no part of a path. */
function asSegment({ file, filename }: Grant): string {
  const text = filename.toWellFormed();
  return text === "." || text === ".." ? file : text;
}
