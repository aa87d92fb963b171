import type { Store } from "@holdfast/core";
import type { WorkerPorts } from "holdfast/serve-host";

/**
 * Stops this worker when told to, as a frozen tab is stopped: between two tasks, and not while it holds a
 * transaction, which would keep every tab from writing and which no browser does.
 */
export function withFreezer(ports: WorkerPorts, channelName: string): WorkerPorts {
  let calls = 0;
  new BroadcastChannel(channelName).onmessage = ({ data: url }: MessageEvent<string>) => {
    const stopWhenIdle = (): void => {
      // A transaction ends in the task after that in which its last result came.
      const before = calls;
      setTimeout(() => {
        if (before === 0 && calls === 0) stop(url);
        else stopWhenIdle();
      });
    };
    stopWhenIdle();
  };
  const counted = (store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== "function") return value;
        return (...given: unknown[]): unknown => {
          const result: unknown = Reflect.apply(value, target, given);
          if (!(result instanceof Promise)) return result;
          calls += 1;
          const done = (): void => {
            calls -= 1;
          };
          result.then(done, done);
          return result;
        };
      },
    });
  const { storage } = ports;
  return {
    ...ports,
    storage: { ...storage, open: async (request) => counted(await storage.open(request)) },
  };
}

/** A synchronous request stops the whole thread until it is answered. */
function stop(url: string): void {
  const request = new XMLHttpRequest();
  request.open("GET", url, false);
  try {
    request.send();
  } catch {
    // What is answered does not matter.
  }
}
