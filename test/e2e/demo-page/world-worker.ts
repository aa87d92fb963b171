import { expose } from "comlink";
import { indexedDbStorage } from "holdfast/in-thread";
import { serveHost } from "holdfast/serve-host";
import type { Scene, Stage } from "../../../examples/demo/src/stage.ts";
import { World } from "../../../examples/demo/src/world.ts";

/** A stage whose processes each answer a page on a port of their own. */
export interface RemoteStage extends Stage {
  /** @param echo - the page sends back what it gets here, after what it got before. */
  open(seed: number, echo: MessagePort): Promise<void>;
  startProcess(page: MessagePort): Promise<void>;
}

let world: World | undefined;

function theWorld(): World {
  if (world === undefined) throw new Error("open the stage first");
  return world;
}

/** A turn of the page's event loop and of this one: the page answers questions of the host, such as for its token. */
function echoed(echo: MessagePort): Promise<void> {
  return new Promise((resolve) => {
    echo.onmessage = () => resolve();
    echo.postMessage(undefined);
  });
}

const stage: RemoteStage = {
  async open(seed, echo) {
    const storage = indexedDbStorage({ indexedDB, IDBKeyRange });
    world = new World({ seed, storage, turn: () => echoed(echo) });
  },
  async startProcess(page) {
    const ports = theWorld().startProcess();
    serveHost({ at: page, change: () => ports });
  },
  scene: (): Promise<Scene> => theWorld().scene(),
  setNetwork: (state) => theWorld().setNetwork(state),
  crash: () => theWorld().crash(),
  pass: (ms) => theWorld().pass(ms),
  passUntilEffects: (count) => theWorld().passUntilEffects(count),
  passUntilSent: () => theWorld().passUntilSent(),
  evidence: () => theWorld().evidence(),
};
expose(stage);
