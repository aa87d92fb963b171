import { createMD5 } from "hash-wasm";

/** What the page asks for, in bytes. */
export interface BareContent {
  readonly size: number;
  readonly partSize: number;
  readonly chunkSize: number;
}

/** The least that keeping content can cost: its bytes, at hand already, are written and hashed part by part, and flushed. */
addEventListener("message", ({ data }: MessageEvent<BareContent>) => {
  void keep(data).then((ms) => postMessage(ms));
});

/** No type of a page knows the handles that only workers have. */
interface SyncAccessHandle {
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

async function keep({ size, partSize, chunkSize }: BareContent): Promise<number> {
  const root = await navigator.storage.getDirectory();
  const file = (await root.getFileHandle("bare", { create: true })) as FileSystemFileHandle & {
    createSyncAccessHandle(): Promise<SyncAccessHandle>;
  };
  const handle = await file.createSyncAccessHandle();
  const md5 = await createMD5();
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  const chunk = Uint8Array.from({ length: chunkSize }, (_, at) => bytes[at % bytes.length] ?? 0);
  const writePart = (part: number): void => {
    md5.init();
    for (let at = part; at < part + partSize; at += chunkSize) {
      md5.update(chunk);
      handle.write(chunk, { at });
    }
    md5.digest();
  };
  // What is compiled for the first part is not what is measured.
  writePart(0);
  handle.truncate(0);
  handle.flush();
  const startedAt = performance.now();
  for (let part = 0; part < size; part += partSize) writePart(part);
  handle.flush();
  const ms = performance.now() - startedAt;
  handle.close();
  await root.removeEntry("bare");
  return ms;
}
