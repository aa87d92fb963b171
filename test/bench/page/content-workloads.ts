import type { BareContent } from "./bare-contents-worker.ts";
import { timed, withHoldfast, type Workload } from "./setting.ts";

const mebibyte = 2 ** 20;
const bare: BareContent = { size: 128 * mebibyte, partSize: 8 * mebibyte, chunkSize: mebibyte };

export const contentWorkloads: Readonly<Record<string, Workload>> = {
  /** A file made with content offline, from the File that a person picked to all of it durable and in the outbox. */
  attach: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const content = await pickedFile();
        const { project } = setting;
        // What is loaded, compiled and made with the first content is not what is measured.
        await holdfast.files.create({ project, content: content.slice(0, bare.partSize) });
        const ms = await timed(() => holdfast.files.create({ project, content }));
        await dropPickedFile();
        return ms;
      }),
    limit: async () => {
      const worker = new Worker(new URL("./bare-contents-worker.ts", import.meta.url), {
        type: "module",
      });
      try {
        return await new Promise((resolve, reject) => {
          worker.onmessage = ({ data }: MessageEvent<number>) => resolve(data);
          worker.onerror = ({ message }) => reject(new Error(message));
          worker.postMessage(bare);
        });
      } finally {
        worker.terminate();
      }
    },
  },
};

const picked = "picked";

/**
 * On disk, as what people pick is: a Blob of bytes would still be on its way from the page to where the browser keeps
 * it while it is read, and that is nothing that the other side does.
 */
async function pickedFile(): Promise<File> {
  const root = await navigator.storage.getDirectory();
  const handle = await root.getFileHandle(picked, { create: true });
  const stream = await handle.createWritable();
  const chunk = new Uint8Array(mebibyte);
  for (let at = 0; at < chunk.length; at += 65_536) {
    crypto.getRandomValues(chunk.subarray(at, at + 65_536));
  }
  for (let written = 0; written < bare.size; written += chunk.length) await stream.write(chunk);
  await stream.close();
  return await handle.getFile();
}

async function dropPickedFile(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(picked);
}
