import type {
  Clock,
  ContentName,
  ContentRoom,
  ContentStore,
  ContentWriter,
  Logger,
} from "@holdfast/core";
import type { KeyRanges } from "../key-ranges.ts";
import { toStorageFailure } from "../storage-failure.ts";
import type { ContentPlace } from "./content-place.ts";
import { DirectoryContents, removeDirectory } from "./directory-contents.ts";
import { IndexedDbContents } from "./indexed-db-contents.ts";

/** `navigator.storage`, as far as contents need it. */
export interface FileSystemPort {
  getDirectory?(): Promise<FileSystemDirectoryHandle>;
  estimate?(): Promise<StorageEstimate>;
}

export interface ContentsOptions {
  /** Of the store that they belong to. */
  readonly name: string;
  readonly clock: Clock;
  readonly indexedDB: IDBFactory;
  readonly IDBKeyRange: KeyRanges;
  /** Default: none, as in Node. */
  readonly fileSystem?: FileSystemPort;
  /** This thread has `createSyncAccessHandle`: new contents go to the file system. Default false. */
  readonly hasSyncAccess?: boolean;
  readonly logger?: Logger;
}

/** The folder in the origin private file system under which each store has one of its own. */
const root = "holdfast-contents";

/**
 * Opens the place of a store's contents: the origin private file system, where this thread can write it, else IndexedDB. What
 * lies in the other of the two is read from there, since threads and releases of a browser differ in what they can.
 * @throws HoldfastError `StorageFailed`.
 */
export async function openContents(options: ContentsOptions): Promise<ContentStore> {
  const { name, fileSystem, clock, hasSyncAccess = false } = options;
  const room = async (): Promise<ContentRoom | undefined> => roomOf(await fileSystem?.estimate?.());
  const database = new IndexedDbContents({
    ...options,
    databaseName: contentsDatabase(name),
    room,
  });
  const directory = await rootDirectory(options);
  if (directory === undefined) return database;
  const own = await directory.getDirectoryHandle(folderOf(name), { create: true });
  const files = new DirectoryContents({ directory: own, clock, room });
  return hasSyncAccess
    ? new ContentPlaces([files, database])
    : new ContentPlaces([database, files]);
}

/** Removes all contents of a store that nobody has open any more. @throws HoldfastError `StorageFailed`. */
export async function deleteContents(options: ContentsOptions): Promise<void> {
  const { name, indexedDB, clock } = options;
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.deleteDatabase(contentsDatabase(name));
    request.onsuccess = () => resolve();
    request.onerror = () => reject(toStorageFailure(request.error));
  });
  const directory = await rootDirectory(options);
  if (directory === undefined) return;
  try {
    await removeDirectory(directory, folderOf(name), clock);
  } catch (error) {
    throw toStorageFailure(error);
  }
}

/** Whether a database holds contents, and is no store itself. The name of no store ends so. */
export function isContentsDatabase(databaseName: string): boolean {
  return databaseName.endsWith(contentsDatabase(""));
}

function contentsDatabase(name: string): string {
  return `${name}:contents`;
}

/** As a file's name, which a store's is not. */
function folderOf(name: string): string {
  return encodeURIComponent(name);
}

/** Undefined where there is no such file system, or it is closed to this site, as in some private modes. */
async function rootDirectory({
  fileSystem,
  logger,
}: ContentsOptions): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    const origin = await fileSystem?.getDirectory?.();
    return await origin?.getDirectoryHandle(root, { create: true });
  } catch (error) {
    logger?.warn("This site has no file system of its own: contents go to IndexedDB.", { error });
    return undefined;
  }
}

function roomOf(estimate: StorageEstimate | undefined): ContentRoom | undefined {
  const { usage, quota } = estimate ?? {};
  return usage === undefined || quota === undefined ? undefined : { used: usage, quota };
}

/** Several places as one: each content lies in one of them, new ones in the first. */
class ContentPlaces implements ContentStore {
  readonly #first: ContentPlace;
  readonly #places: readonly ContentPlace[];

  constructor(places: readonly [ContentPlace, ...ContentPlace[]]) {
    [this.#first] = places;
    this.#places = places;
  }

  async write(name: ContentName, options: { readonly keep?: number } = {}): Promise<ContentWriter> {
    const place = await this.#placeOf(name);
    if (place === this.#first || (options.keep ?? 0) > 0) return await place.write(name, options);
    await place.remove(name);
    return await this.#first.write(name, options);
  }

  async read(name: ContentName, from: number, to: number): Promise<Blob> {
    return await (await this.#placeOf(name)).read(name, from, to);
  }

  async list(): Promise<readonly ContentName[]> {
    const lists = await Promise.all(this.#places.map((place) => place.list()));
    return [...new Set(lists.flat())];
  }

  async remove(name: ContentName): Promise<void> {
    for (const place of this.#places) await place.remove(name);
  }

  room(): Promise<ContentRoom | undefined> {
    return this.#first.room();
  }

  async close(): Promise<void> {
    await Promise.all(this.#places.map((place) => place.close()));
  }

  async #placeOf(name: ContentName): Promise<ContentPlace> {
    for (const place of this.#places) if (await place.has(name)) return place;
    return this.#first;
  }
}
