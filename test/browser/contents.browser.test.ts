import { contentStoreConformance } from "@holdfast/core/testing";
import { afterAll, describe, test } from "vitest";

describe("contents in the origin private file system", () => {
  const worker = new Worker(new URL("./contents-worker.ts", import.meta.url), { type: "module" });
  afterAll(() => worker.terminate());

  contentStoreConformance({
    // The worker has the same cases under the same names, and runs them there.
    test: (name) => test(name, () => runInWorker(worker, name)),
    newWorld: () => Promise.reject(new Error("Nothing runs in the page.")),
  });
});

function runInWorker(worker: Worker, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = new AbortController();
    worker.addEventListener(
      "message",
      ({ data }: MessageEvent<{ readonly name: string; readonly error?: string }>) => {
        if (data.name !== name) return;
        end.abort();
        if (data.error === undefined) resolve();
        else reject(new Error(data.error));
      },
      { signal: end.signal },
    );
    worker.addEventListener("error", ({ message }) => reject(new Error(message)), {
      signal: end.signal,
    });
    worker.postMessage(name);
  });
}
