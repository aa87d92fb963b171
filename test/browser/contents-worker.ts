import type { Clock } from "@holdfast/core";
import { contentStoreConformance } from "@holdfast/core/testing";
import { type ContentsOptions, deleteContents, openContents } from "@holdfast/storage";

// Only a dedicated worker can write the origin private file system, so its conformance runs in here, case by case.

const clock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  timer: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

const cases = new Map<string, () => Promise<void>>();
let worlds = 0;

contentStoreConformance({
  test: (name, run) => void cases.set(name, run),
  newWorld: async () => {
    worlds += 1;
    const options: ContentsOptions = {
      ...{ name: `contents:${Date.now()}-${worlds}`, clock, indexedDB, IDBKeyRange },
      ...{ fileSystem: navigator.storage, hasSyncAccess: true },
    };
    const stores: Awaited<ReturnType<typeof openContents>>[] = [];
    return {
      open: async () => {
        const store = await openContents(options);
        stores.push(store);
        return store;
      },
      close: async () => {
        await Promise.all(stores.map((store) => store.close()));
        await deleteContents(options);
      },
    };
  },
});

addEventListener("message", ({ data }: MessageEvent<string>) => {
  void outcomeOf(data).then((outcome) => postMessage(outcome));
});

async function outcomeOf(
  name: string,
): Promise<{ readonly name: string; readonly error?: string }> {
  try {
    await cases.get(name)?.();
    return { name };
  } catch (error) {
    return { name, error: (error instanceof Error && error.stack) || String(error) };
  }
}
