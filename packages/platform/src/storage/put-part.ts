import type { EpochMs } from "@holdfast/core";
import { uploadParametersOf } from "../assumed.ts";
import type { ContentStore, ReceivedContent } from "../content/content.ts";
import type { DataObject } from "../world/data-object.ts";
import type { World } from "../world/world.ts";
import { StorageError } from "./storage-error.ts";
import { uploadRoute } from "./storage-path.ts";
import { lengthHeader, readUploadPath, type UploadGrant, uploadHeaders } from "./upload-grant.ts";

export interface PutPorts {
  /** Asked again once the content is here: much may have happened meanwhile. */
  readonly world: () => World;
  readonly now: () => EpochMs;
  readonly contents: ContentStore;
}

export interface PutRequest {
  readonly path: string;
  readonly headers: Headers;
  readonly body: ReadableStream<Uint8Array> | null;
  readonly requestId: string;
}

/**
 * Takes the content of one part in, which is complete from then on: the last PUT wins (DO §7.3).
 *
 * @returns The MD5 of what came.
 * @throws StorageError where the URL, the headers or the content are not what was announced; nothing has changed then.
 */
export async function putPart(ports: PutPorts, request: PutRequest): Promise<string> {
  let accepted: Accepted;
  try {
    accepted = accept(ports, request);
  } catch (error) {
    // Whoever still sends hears no answer: the body is read to its end.
    await ports.contents.receive(request.body, 0).then((received) => received?.drop());
    throw error;
  }
  const { grant, maxBytes } = accepted;
  const received = await ports.contents.receive(request.body, maxBytes);
  if (received === undefined) throw new StorageError("tooLarge");
  try {
    compare(grant, received);
    complete(ports, request, { grant, received });
  } catch (error) {
    received.drop();
    throw error;
  }
  return received.md5;
}

interface Accepted {
  readonly grant: UploadGrant;
  readonly maxBytes: number;
}

function accept(ports: PutPorts, { path, headers }: PutRequest): Accepted {
  const world = ports.world();
  const grant = readUploadPath(world.seed, path);
  if (grant === undefined) throw new StorageError("notSigned");
  if (headers.has("Authorization")) throw new StorageError("twoProofs");
  if (ports.now() > grant.expires) throw new StorageError("expired");
  for (const [name, value] of Object.entries(uploadHeaders(grant))) {
    if (name !== lengthHeader && headers.get(name) !== value) throw new StorageError("notSigned");
  }
  const object = openFile(world, grant);
  const region = world.projects.get(object.origin)?.settings.region ?? "";
  return { grant, maxBytes: grant.size ?? uploadParametersOf(region).maximumPartSize };
}

/** A file that is closed or gone makes all its upload URLs void (CS §3). */
function openFile(world: World, { file }: UploadGrant): DataObject {
  const object = world.objects.get(file);
  if (object?.state !== "open") throw new StorageError("noUpload");
  return object;
}

function compare(grant: UploadGrant, { size, md5 }: ReceivedContent): void {
  if (grant.size !== undefined && size < grant.size) throw new StorageError("tooSmall");
  if (grant.md5 !== undefined && md5 !== grant.md5) throw new StorageError("badDigest");
}

interface Arrived {
  readonly grant: UploadGrant;
  readonly received: ReceivedContent;
}

/** One synchronous step, as every change of the world is. */
function complete(ports: PutPorts, request: PutRequest, { grant, received }: Arrived): void {
  const world = ports.world();
  const at = ports.now();
  const object = openFile(world, grant);
  const { file, index, user } = grant;
  const { size, md5 } = received;
  const content = received.keep(`${file}-${index}-${md5}`);
  const changed = world.setPart(object, index, {
    part: { state: "complete", size, md5, content },
    at,
  });
  // In the same step: later, the same bytes may have come again under the name of what is freed here.
  for (const freed of world.takeFreed()) ports.contents.discard(freed);
  if (Object.keys(changed).length === 0) return;
  world.addEffect({
    at,
    requestId: request.requestId,
    user,
    route: uploadRoute,
    id: file,
    project: object.origin,
    changed,
  });
}
