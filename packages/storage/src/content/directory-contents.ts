import {
  type Clock,
  type ContentName,
  type ContentRoom,
  type ContentWriter,
  delay,
  HoldfastError,
  isContentName,
} from "@holdfast/core";
import { errorName } from "../storage-failure.ts";
import { Access } from "./access.ts";
import { type ContentPlace, notThere } from "./content-place.ts";

/** Of a file in the origin private file system, as far as it is used. Only dedicated workers have it. */
interface SyncAccessHandle {
  getSize(): number;
  truncate(size: number): void;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  flush(): void;
  close(): void;
}

export interface DirectoryContentsOptions {
  readonly directory: FileSystemDirectoryHandle;
  readonly clock: Clock;
  readonly room: () => Promise<ContentRoom | undefined>;
}

/** A worker that was ended holds its files a little longer: how often, and how long at first, they are waited for. */
const busy = { tries: 6, delayMs: 20 };

/** Contents as files of one directory, under their names. Reads in any thread, writes in a dedicated worker. */
export class DirectoryContents implements ContentPlace {
  readonly #directory: FileSystemDirectoryHandle;
  readonly #clock: Clock;
  readonly #room: () => Promise<ContentRoom | undefined>;
  readonly #access = new Access();
  readonly #open = new Set<SyncAccessHandle>();

  constructor({ directory, clock, room }: DirectoryContentsOptions) {
    this.#directory = directory;
    this.#clock = clock;
    this.#room = room;
  }

  async write(
    name: ContentName,
    { keep = 0 }: { readonly keep?: number } = {},
  ): Promise<ContentWriter> {
    const handle = await this.#access.use(async () => {
      const file = await this.#file(name, keep === 0);
      if (file === undefined) throw notThere(name);
      return await whileBusy(this.#clock, () => accessTo(file));
    });
    if (this.#access.isClosed) handle.close();
    this.#access.assertOpen();
    if (handle.getSize() < keep) {
      handle.close();
      throw notThere(name);
    }
    handle.truncate(keep);
    this.#open.add(handle);
    return this.#writer(handle, keep);
  }

  async read(name: ContentName, from: number, to: number): Promise<Blob> {
    return await this.#access.use(async () => {
      const file = await (await this.#file(name, false))?.getFile();
      if (file === undefined || file.size < to) throw notThere(name);
      return file.slice(from, to);
    });
  }

  async has(name: ContentName): Promise<boolean> {
    return await this.#access.use(async () => (await this.#file(name, false)) !== undefined);
  }

  async list(): Promise<readonly ContentName[]> {
    return await this.#access.use(async () => {
      const names: ContentName[] = [];
      for await (const name of this.#directory.keys()) if (isContentName(name)) names.push(name);
      return names;
    });
  }

  async remove(name: ContentName): Promise<void> {
    await this.#access.use(() => whileBusy(this.#clock, () => removeEntry(this.#directory, name)));
  }

  async room(): Promise<ContentRoom | undefined> {
    return await this.#access.use(this.#room);
  }

  async close(): Promise<void> {
    this.#access.close();
    for (const handle of this.#open) handle.close();
    this.#open.clear();
  }

  #writer(handle: SyncAccessHandle, keep: number): ContentWriter {
    let size = keep;
    const act = async (action: () => void): Promise<void> => {
      await this.#access.use(async () => action());
    };
    return {
      append: (bytes) =>
        act(() => {
          writeAll(handle, bytes, size);
          size += bytes.length;
        }),
      flush: () => act(() => handle.flush()),
      close: async () => {
        if (!this.#open.delete(handle)) return;
        await act(() => handle.flush()).finally(() => handle.close());
      },
    };
  }

  async #file(name: ContentName, create: boolean): Promise<FileSystemFileHandle | undefined> {
    try {
      return await this.#directory.getFileHandle(name, { create });
    } catch (error) {
      if (errorName(error) === "NotFoundError" && !create) return undefined;
      throw error;
    }
  }
}

/** The directory, and all that is in it. */
export async function removeDirectory(
  parent: FileSystemDirectoryHandle,
  name: string,
  clock: Clock,
): Promise<void> {
  await whileBusy(clock, () => removeEntry(parent, name, { recursive: true }));
}

function accessTo(file: FileSystemFileHandle): Promise<SyncAccessHandle> {
  return (
    file as unknown as { createSyncAccessHandle(): Promise<SyncAccessHandle> }
  ).createSyncAccessHandle();
}

async function removeEntry(
  directory: FileSystemDirectoryHandle,
  name: string,
  options: FileSystemRemoveOptions = {},
): Promise<void> {
  try {
    await directory.removeEntry(name, options);
  } catch (error) {
    if (errorName(error) !== "NotFoundError") throw error;
  }
}

async function whileBusy<Result>(clock: Clock, work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (errorName(error) !== "NoModificationAllowedError" || attempt === busy.tries) throw error;
      await delay(clock, busy.delayMs * 2 ** (attempt - 1));
    }
  }
}

/**
 * Where there is no space left, browsers do not throw as they should: Firefox writes less than it was given, and Chromium
 * answers a negative error number as if it were unsigned, more than it was given (crbug.com/541725401).
 */
function writeAll(handle: SyncAccessHandle, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length; ) {
    const written = handle.write(bytes.subarray(done), { at: at + done });
    if (written === 0 || written > bytes.length - done) throw noSpace();
    done += written;
  }
}

function noSpace(): HoldfastError {
  return new HoldfastError({
    code: "StorageQuota",
    message: "The device gives this site no more space, so the content was not kept.",
  });
}
