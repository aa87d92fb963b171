import type { ContentName, LocalKey } from "./ids.ts";
import type { EpochMs } from "./ports.ts";

/** One part of a file's content, as the platform's parts map names it (DO §7.4). */
export interface ContentPart {
  /** From 1, rising, as the platform counts; downloaded content may have gaps. */
  readonly index: number;
  /** In bytes. */
  readonly size: number;
  /** 32 lowercase hex digits. */
  readonly md5: string;
}

/**
 * Row of the `contents` table: bytes kept on this device. It is committed before their first byte, so that no byte is
 * without a row; what it names is immutable once it is whole.
 */
export interface ContentRow {
  readonly version: 1;
  readonly name: ContentName;
  /** Whose content it is, or is to be. Absent while it is written for a file that is made only once it is whole. */
  readonly file?: LocalKey;
  /** `device`: attached here. `platform`: downloaded. */
  readonly origin: "device" | "platform";
  /**
   * `writing`: its bytes are on their way, under the Web Lock of its name; where nobody holds that, the writer is gone and
   * the collector takes it, unless it is what its file is `fetching`: then the next sender goes on. `whole`: all bytes are
   * kept, and its parts are known.
   */
  readonly state: "writing" | "whole";
  /** In the order of their indexes; while it is being written, those that are kept already. */
  readonly parts: readonly ContentPart[];
  /**
   * The file was seen closed with these parts: it may be evicted. Not before: until then a part may have to be sent
   * again, or all of it, where the platform cleans up what rests unfinished (DO §4.1).
   */
  readonly isOnPlatform?: true;
  /** Of what is being uploaded: when a part was last sent, to the hour. */
  readonly sentAt?: EpochMs;
  readonly madeAt: EpochMs;
  /** When it was last read, about; of two that may be evicted, the longer unused one goes. */
  readonly usedAt: EpochMs;
}

export function sizeOfParts(parts: readonly ContentPart[]): number {
  return parts.reduce((size, part) => size + part.size, 0);
}

/** Room for contents, in bytes. */
export interface ContentRoom {
  readonly used: number;
  /** What the browser gives at most, all stores of the origin together. */
  readonly quota: number;
}

/**
 * The port that keeps bytes, under names, and knows nothing of files. Rejects with `HoldfastError` `StorageFailed`, and
 * `StorageQuota` where there is no room; after `close()` with `StorageClosed`.
 */
export interface ContentStore {
  /**
   * Begins or goes on writing a content; one writer at a time.
   * @param options - `keep`: how many bytes of an earlier writer stay; what was behind them goes. Default 0.
   */
  write(name: ContentName, options?: { readonly keep?: number }): Promise<ContentWriter>;
  /**
   * The bytes from `from` up to but not including `to`. Where the place allows it the Blob is backed by the file and not in memory.
   * Rejects with `StorageFailed` where they are not all there.
   */
  read(name: ContentName, from: number, to: number): Promise<Blob>;
  /** Every name under which there are bytes, half written ones included. */
  list(): Promise<readonly ContentName[]>;
  /** Idempotent. What was read of it before may break. */
  remove(name: ContentName): Promise<void>;
  /** Undefined where nobody can tell. */
  room(): Promise<ContentRoom | undefined>;
  close(): Promise<void>;
}

export interface ContentWriter {
  /** The array may be used again once it resolves. */
  append(bytes: Uint8Array): Promise<void>;
  /** Resolves once all that was appended survives the end of the process. */
  flush(): Promise<void>;
  /** Flushes, and lets go of the content. */
  close(): Promise<void>;
}

/** The Web Lock that a content's writer holds. */
export function lockOfContent(name: ContentName): string {
  return `holdfast-${name}`;
}
