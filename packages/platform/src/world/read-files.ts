import type { EpochMs } from "@holdfast/core";
import { fromBase64 } from "../content/base64.ts";
import type { Content } from "../content/content.ts";
import type { Archival, DataObject } from "./data-object.ts";
import type { FileState, Part } from "./file-state.ts";
import type { World } from "./world.ts";
import type { Place } from "./world-reader.ts";

/** What a file has beyond other data objects, but for its parts, which have rows of their own. */
export function readFile(place: Place): FileState {
  return {
    media: place.at("media").string(),
    parts: new Map(),
    activeAt: place.at("activeAt").integer(),
    closesAt: optionalTime(place.at("closesAt")),
    abandonedAt: optionalTime(place.at("abandonedAt")),
  };
}

/** Of a closed file only; absent where the copy is live. */
export function readArchival(place: Place, { file, state }: DataObject): Archival | undefined {
  if (place.value === undefined) return undefined;
  if (file === undefined || state !== "closed") throw place.problem("only a closed file has it");
  const archival = place.at("state").oneOf(["archival", "archived", "unarchiving"] as const);
  const until = place.at("until");
  if (archival === "archived") return { state: archival };
  return archival === "archival" && until.value === undefined
    ? { state: archival }
    : { state: archival, until: until.integer() };
}

export function readPart(world: World, place: Place): void {
  const id = place.at("file");
  const object = world.objects.get(id.string());
  if (object?.file === undefined) throw id.problem("names no file of this world");
  const index = place.at("index");
  if (index.integer() === 0) throw index.problem("parts are counted from 1");
  if (object.file.parts.has(index.integer())) throw index.problem("is there twice");
  const part = asPart(place);
  if (part.state === "pending" && object.state === "closed") {
    throw place.at("state").problem("a closed file has no pending part");
  }
  world.loadPart(object, index.integer(), part);
}

/** Of the past of a file: nobody reads its content. */
export function readPastPart({ id, file }: DataObject, place: Place): void {
  if (file === undefined) throw place.problem(`${id} is no file`);
  file.parts.set(
    place.at("index").integer(),
    asPart(place, () => nothing),
  );
}

const nothing: Content = { kind: "inline", bytes: new Uint8Array() };

function asPart(place: Place, contentOf: typeof readContent = readContent): Part {
  const state = place.at("state").oneOf(["pending", "complete"] as const);
  const [size, md5] = [place.at("size"), place.at("md5")];
  if (state === "pending") {
    return {
      state,
      size: size.value === undefined ? undefined : size.integer(),
      md5: md5.value === undefined ? undefined : md5.matching(md5Hex, "an MD5 in hex"),
    };
  }
  const content = contentOf(place, size);
  return {
    state,
    size: size.integer(),
    md5: md5.matching(md5Hex, "an MD5 in hex"),
    content,
  };
}

const md5Hex = /^[0-9a-f]{32}$/;
/** A name that is safe as a file's: what a part is stored under. */
const storedName = /^file-[0-9a-zA-Z]{24}-\d+-[0-9a-f]{32}$/;

function readContent(place: Place, size: Place): Content {
  const stored = place.at("stored");
  if (stored.value !== undefined) {
    return {
      kind: "stored",
      name: stored.matching(storedName, "the name of a stored part"),
    };
  }
  const base64 = place.at("base64");
  const bytes = fromBase64(base64.string());
  if (bytes === undefined) throw base64.problem("must be base64");
  if (bytes.length !== size.integer()) throw size.problem("is not that of the content");
  return { kind: "inline", bytes };
}

function optionalTime(place: Place): EpochMs | undefined {
  return place.value === undefined ? undefined : place.integer();
}
