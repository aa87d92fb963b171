import type { BareContent } from "./bare-contents-worker.ts";
import { timed, withHoldfast, type Workload } from "./setting.ts";

const mebibyte = 2 ** 20;
const bare: BareContent = { size: 128 * mebibyte, partSize: 8 * mebibyte, chunkSize: 4 * mebibyte };

export const contentWorkloads: Readonly<Record<string, Workload>> = {
  /** A file made with content offline, from the Blob in the page to all of it durable and in the outbox. */
  attach: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const content = sampleContent();
        // What is loaded with the first content is not what is measured.
        await holdfast.files.create({ project: setting.project, content: new Uint8Array(1) });
        return await timed(() => holdfast.files.create({ project: setting.project, content }));
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

function sampleContent(): Blob {
  const bytes = crypto.getRandomValues(new Uint8Array(65_536));
  return new Blob(Array.from({ length: bare.size / bytes.length }, () => bytes));
}
