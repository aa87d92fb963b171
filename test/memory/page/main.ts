import { type Holdfast, openHoldfast } from "holdfast";
import { allSent } from "../../support/all-sent.ts";

/** What the runner drives through Playwright. */
export interface InMemory {
  /** Nothing is sent before `upload`. */
  open(options: { readonly api: string; readonly token: string }): Promise<void>;
  /** Makes a file of what was picked, and closes it: all of that is on this device then. */
  attach(project: string): Promise<void>;
  /** Resolves once the platform has it, closed. */
  upload(): Promise<void>;
  /** Of a file that this device has never seen. @returns its size in bytes. */
  download(file: { readonly project: string; readonly id: string }): Promise<number>;
}

declare global {
  var inMemory: InMemory;
}

let holdfast: Holdfast | undefined;

globalThis.inMemory = {
  async open({ api, token }) {
    holdfast = await openHoldfast({
      api,
      user: "user-ada",
      token: () => token,
      paused: true,
      worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
    });
  },

  async attach(project) {
    const content = document.querySelector("input")?.files?.[0];
    if (content === undefined) throw new Error("Pick a file first.");
    const file = await opened().files.create({ project, name: "reads", content });
    await file.close();
  },

  async upload() {
    await opened().resume();
    await allSent(opened());
  },

  async download({ project, id }) {
    await opened().resume();
    const { key } = await opened().objects.fetch(id, { project });
    return (await opened().files.handle(key).content()).size;
  },
};

function opened(): Holdfast {
  if (holdfast === undefined) throw new Error("Open it first.");
  return holdfast;
}
