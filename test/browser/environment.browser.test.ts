import { expect, test } from "vitest";

// What Holdfast builds on; a browser or a test set-up that lacks one of these fails here first, by name.
test.for(["indexedDB", "BroadcastChannel", "Worker", "SharedWorker", "CompressionStream"] as const)(
  "the browser has %s",
  (name) => {
    expect(globalThis[name]).toBeDefined();
  },
);

test("the page is a secure context with Web Locks and a private file system", async () => {
  expect(isSecureContext).toBe(true);
  expect(navigator.locks).toBeDefined();
  await expect(navigator.storage.getDirectory()).resolves.toBeDefined();
});
