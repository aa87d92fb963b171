import type { Channel, Connectivity, Locks, Random } from "@holdfast/core";
import { systemClock } from "./clock.ts";
import { indexedDbStorage } from "./host/indexed-db-storage.ts";
import type { Storage } from "./host/ports.ts";

/** Web Locks. A signal cannot go with `steal` or `ifAvailable`, which never wait anyway. */
export const systemLocks: Locks = {
  async request(name, { signal, steal = false, ifAvailable = false }, callback) {
    const options: LockOptions =
      steal || ifAvailable ? { steal, ifAvailable } : signal === undefined ? {} : { signal };
    return await navigator.locks.request(name, options, (lock) => callback(lock !== null));
  },
};

export const systemRandom: Random = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32,
};

export function systemChannel(name: string): Channel {
  const channel = new BroadcastChannel(name);
  return {
    post: (message) => channel.postMessage(message),
    subscribe: (listener) => {
      const onMessage = (event: MessageEvent): void => listener(event.data);
      channel.addEventListener("message", onMessage);
      return () => channel.removeEventListener("message", onMessage);
    },
    close: () => channel.close(),
  };
}

export const systemConnectivity: Connectivity = {
  isOnline: () => navigator.onLine,
  subscribe: (listener) => {
    addEventListener("online", listener);
    addEventListener("offline", listener);
    return () => {
      removeEventListener("online", listener);
      removeEventListener("offline", listener);
    };
  },
};

/** An embedded platform is there whatever the device's network does. */
export const alwaysConnected: Connectivity = { isOnline: () => true, subscribe: () => () => {} };

/**
 * How long other tabs wait for the news of a commit. A broadcast costs as much as the answer to the page, so one is
 * for all commits of that time; nobody sees it.
 */
const toldWithinMs = 20;

/** IndexedDB, which the browser is asked to keep. */
export function systemStorage(): Storage {
  return indexedDbStorage({
    ...{ indexedDB, IDBKeyRange, storageManager: navigator.storage },
    fileSystem: navigator.storage,
    hasSyncAccess:
      "FileSystemFileHandle" in globalThis &&
      "createSyncAccessHandle" in FileSystemFileHandle.prototype,
    defer: (task) => systemClock.timer(toldWithinMs, task),
  });
}
