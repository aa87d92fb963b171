/** The bytes of one part: in the world itself, or by name in the store that took them. */
export type Content =
  | { readonly kind: "inline"; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: "stored"; readonly name: string };

/** Bytes that have arrived, and nobody has asked for yet. One of the two methods is called, once. */
export interface ReceivedContent {
  readonly size: number;
  /** In hex. */
  readonly md5: string;
  /**
   * Keeps them for good, in the place of whatever had the name. Synchronous, because it is part of the one step in
   * which the part becomes complete.
   */
  keep(name: string): Content;
  drop(): void;
}

/** Where the content of files is kept. */
export interface ContentStore {
  /**
   * Takes a body in as it comes. Reads it to its end, because a caller that still sends hears no answer, but keeps
   * nothing of one that is longer than `maxBytes`.
   *
   * @returns Undefined where it was too long.
   * @throws What the body fails with, where it breaks off; nothing is kept.
   */
  receive(
    body: ReadableStream<Uint8Array> | null,
    maxBytes: number,
  ): Promise<ReceivedContent | undefined>;
  /** The bytes from `from` up to, and without, `to`. */
  read(content: Content, from: number, to: number): AsyncIterable<Uint8Array>;
  /** Frees what no part has any more. */
  discard(content: Content): void;
}
