import type { LocalKey, ObjectDescription, Transfer, Transfers } from "@holdfast/core";
import type { Observable } from "rxjs";
import type { AttachOptions, Content } from "./content.ts";
import type { Creation, CreationInput } from "./creation.ts";
import type { CreatedHandle, ObjectHandle } from "./object-handle.ts";
import type { Receipt, WaitOptions } from "./receipt.ts";

/** Input of `/file/new` (DO §7.1). Nothing changes its media type later. */
export interface FileInput extends CreationInput {
  /** Its Internet media type. Default: none. */
  readonly media?: string;
  /** Default: none, which can be attached later. The file is made once it is whole on this device. */
  readonly content?: Content;
}

/** A file, which has content beside what every object has. Of an object of another class these reject with `InvalidType`. */
export interface FileHandle extends ObjectHandle {
  /**
   * Gives an open file that has none its content. Resolves once it is whole on this device, with the receipt of the operation that
   * brings it to the platform: close the file after that, not before.
   * @throws HoldfastError `InvalidState`, and as {@link Files.create}.
   */
  attach(content: Content, options?: AttachOptions): Promise<Receipt>;
  /**
   * All of its content: at once where it is on this device, otherwise once it has come from the platform, which it does in
   * whichever tab sends, part by part, verified, across restarts and offline times. It stays here until its room is needed.
   * The Blob is backed by the device's storage: read it, or keep a copy, before the file is removed or evicted.
   * @param options - `signal` ends the waiting; what is on its way goes on (`keepOffline(false)` stops that).
   * @throws HoldfastError `InvalidState` while it is not closed, archived, or without content; `PermissionDenied` where the project
   *   gives none out; `ResourceNotFound` where it is gone; `StorageQuota`; `Undecidable` where it could not be verified;
   *   `Unreachable` where the storage does not answer though the platform does. Offline it waits.
   */
  content(options?: WaitOptions): Promise<Blob>;
  /**
   * As `content()`, chunk by chunk: each part is given as soon as it is here and verified, the first before the last has come. What goes
   * wrong later errors the stream.
   */
  stream(options?: WaitOptions): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /**
   * Keeps the content on this device: it is fetched as soon as the platform has it and never evicted. The wish survives
   * restarts. With `false` it may be evicted again, and is not fetched any more. Resolves once the wish is durable.
   */
  keepOffline(keep?: boolean): Promise<void>;
  /** How its content goes on, while it is on its way; `null` while it is not. */
  readonly progress$: Observable<Transfer | null>;
}

export interface CreatedFileHandle extends FileHandle, CreatedHandle {}

export interface Files extends Creation<FileInput, CreatedFileHandle> {
  /**
   * @throws HoldfastError as {@link Creation.create}; `StorageQuota` with `neededBytes` and `freeBytes`, before anything is
   *   written where the size is known; `InvalidInput` where the content cannot be read; `signal.reason`.
   */
  create(input: FileInput, options?: AttachOptions): Promise<CreatedFileHandle>;
  /** As `objects.get`. */
  get(
    idOrKey: string,
    options?: WaitOptions & { readonly project?: string },
  ): Promise<FileHandle | undefined>;
  /** The handle of a description or key at hand, without looking. */
  handle(file: ObjectDescription | LocalKey): FileHandle;
  /** Now and after every change, at most a few times a second. */
  readonly transfers$: Observable<Transfers>;
}
