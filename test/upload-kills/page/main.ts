import { type Holdfast, openHoldfast } from "holdfast";
import { allSent, parkedReasons } from "../../support/all-sent.ts";
import { mebibyteOf } from "../content.ts";

/** What the runner drives through Playwright. */
export interface InUpload {
  /** Offline, as far as the app is concerned: nothing is sent before `resume`. */
  open(options: { readonly api: string; readonly token: string }): Promise<void>;
  /** Makes a file with its content, and closes it. Resolves once all of that is on this device. */
  make(file: {
    readonly project: string;
    readonly seed: number;
    readonly mebibytes: number;
  }): Promise<void>;
  resume(): Promise<void>;
  /** Resolves once nothing is left to be sent. @returns why what is parked is. */
  sent(): Promise<readonly string[]>;
}

declare global {
  var inUpload: InUpload;
}

let holdfast: Holdfast | undefined;

globalThis.inUpload = {
  async open({ api, token }) {
    holdfast = await openHoldfast({
      api,
      user: "user-ada",
      token: () => token,
      paused: true,
      worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
    });
  },

  async make({ project, seed, mebibytes }) {
    let index = 0;
    const content = new ReadableStream<Uint8Array<ArrayBuffer>>({
      pull(controller) {
        if (index < mebibytes) controller.enqueue(mebibyteOf(seed, index++));
        else controller.close();
      },
    });
    const file = await opened().files.create({ project, name: "reads", content });
    await file.close();
  },

  async resume() {
    await opened().resume();
  },

  async sent() {
    await allSent(opened());
    return await parkedReasons(opened());
  },
};

function opened(): Holdfast {
  if (holdfast === undefined) throw new Error("Open it first.");
  return holdfast;
}
