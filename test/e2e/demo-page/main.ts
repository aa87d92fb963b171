import { transfer, wrap } from "comlink";
import { openHoldfast } from "holdfast";
import { type DayResult, play } from "../../../examples/demo/src/play.ts";
import { inventSamples } from "../../../examples/demo/src/samples.ts";
import { api, token, user } from "../../../examples/demo/src/world.ts";
import type { RemoteStage } from "./world-worker.ts";

declare global {
  /** What the test calls: the demo's day through the page's client, a worker and this browser's IndexedDB. */
  var playInBrowser: (seed: number, samples: number) => Promise<DayResult>;
}

globalThis.playInBrowser = async (seed, samples) => {
  const worker = new Worker(new URL("./world-worker.ts", import.meta.url), { type: "module" });
  const stage = wrap<RemoteStage>(worker);
  const echo = new MessageChannel();
  echo.port1.onmessage = () => echo.port1.postMessage(undefined);
  await stage.open(seed, transfer(echo.port2, [echo.port2]));
  const start = async (): ReturnType<typeof openHoldfast> => {
    const { port1, port2 } = new MessageChannel();
    await stage.startProcess(transfer(port2, [port2]));
    return await openHoldfast({ api, user, token: () => token, worker: asWorker(port1) });
  };
  const result = await play({
    ...{ seed, samples: inventSamples(samples), stage, start },
    log: () => {},
  });
  worker.terminate();
  return result;
};

/** A process of the stage, as the page's client sees it: the worker that they share goes on when one ends. */
function asWorker(port: MessagePort): Worker {
  return Object.assign(port, { terminate: () => port.close() }) as unknown as Worker;
}
