import { expose } from "comlink";
import { indexedDbStorage } from "holdfast/in-thread";
import { serveHost } from "holdfast/serve-host";
import type { Scene, Stage } from "../../../examples/demo/src/stage.ts";
import { World } from "../../../examples/demo/src/world.ts";

/** A stage whose processes each answer a page on a port of their own. */
export interface RemoteStage extends Stage {
  open(seed: number): Promise<void>;
  startProcess(page: MessagePort): Promise<void>;
}

let world: World | undefined;

function theWorld(): World {
  if (world === undefined) throw new Error("open the stage first");
  return world;
}

const stage: RemoteStage = {
  async open(seed) {
    world = new World({ seed, storage: indexedDbStorage({ indexedDB, IDBKeyRange }) });
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
