/**
 * What a file can be given. A Blob (or File) stays where it is until it is read, a stream is read no faster than it can be kept: no
 * content is in memory as a whole, however long it is. Chunks of streams are bytes.
 */
export type Content =
  | Blob
  | ArrayBuffer
  | ArrayBufferView
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>;

export interface AttachOptions {
  /** Gives up, and leaves nothing behind, as long as the content is not whole on this device. */
  readonly signal?: AbortSignal;
  /** How many bytes are kept on this device, of how many where that is known. What it throws is reported, and fails nothing. */
  readonly onProgress?: (progress: { readonly bytes: number; readonly size?: number }) => void;
}
