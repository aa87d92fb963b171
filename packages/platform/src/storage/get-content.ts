import type { EpochMs } from "@holdfast/core";
import type { Content, ContentStore } from "../content/content.ts";
import { sizeOf, sortedParts } from "../world/file-state.ts";
import type { World } from "../world/world.ts";
import { asByteRange, type ByteRange } from "./byte-range.ts";
import { proveDownload } from "./download-grant.ts";
import { StorageError } from "./storage-error.ts";

export interface GetPorts {
  readonly world: World;
  readonly now: EpochMs;
  readonly contents: ContentStore;
}

export interface FoundContent {
  /** 206 where a range was asked for. */
  readonly status: 200 | 206;
  readonly headers: { readonly [name: string]: string };
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** The content of a closed file, or a range of it (DO §7.5). @throws StorageError */
export function getContent(
  { world, now, contents }: GetPorts,
  { path, headers }: { readonly path: string; readonly headers: Headers },
): FoundContent {
  const proof = proveDownload(world, { path, headers, now });
  if (proof.kind !== "granted") throw new StorageError(proof.kind);
  const file = world.objects.get(proof.file);
  if (file?.file === undefined || file.state !== "closed") throw new StorageError("noFile");
  const size = sizeOf(file.file);
  const range = asByteRange(headers.get("Range"), size);
  if (range === "unsatisfiable") {
    throw new StorageError("badRange", { "Content-Range": `bytes */${size}` });
  }
  const { from, to } = range ?? { from: 0, to: size };
  const pieces = sortedParts(file.file).flatMap(([, part]): readonly Piece[] =>
    part.state === "complete" ? [{ content: part.content, size: part.size }] : [],
  );
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      "Content-Type": mediaType.test(file.file.media)
        ? file.file.media
        : "application/octet-stream",
      "Content-Length": String(to - from),
      "Content-Disposition": disposition(proof.filename),
      "Accept-Ranges": "bytes",
      ...(range === undefined ? {} : { "Content-Range": `bytes ${from}-${to - 1}/${size}` }),
    },
    chunks: chunksOf(contents, pieces, { from, to }),
  };
}

interface Piece {
  readonly content: Content;
  readonly size: number;
}

/** A part begins where the one before it ends (DO §7.4). */
async function* chunksOf(
  contents: ContentStore,
  pieces: readonly Piece[],
  { from, to }: ByteRange,
): AsyncGenerator<Uint8Array> {
  let begin = 0;
  for (const { content, size } of pieces) {
    const [first, last] = [Math.max(from - begin, 0), Math.min(to - begin, size)];
    if (first < last) yield* contents.read(content, first, last);
    begin += size;
  }
}

/** What may stand in a header: anybody may have written the media of a file. */
const mediaType = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+( *; *[\w-]+=[\w.+-]+)*$/;

/** Of RFC 6266: a plain name for those who read no other, and the true one. */
function disposition(filename: string): string {
  const plain = filename.replaceAll(/[^\x20-\x7e]|["\\%]/g, "_");
  const encoded = encodeURIComponent(filename).replaceAll(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
