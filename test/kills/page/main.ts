import { type CreatedHandle, type Holdfast, openHoldfast } from "holdfast";
import { allSent, parkedReasons } from "../../support/all-sent.ts";
import type { Progress, Told } from "../facts.ts";

/** What the runner drives through Playwright. */
export interface InKills {
  open(options: { readonly api: string; readonly token: string }): Promise<void>;
  /** Makes the objects: step 0. Resolves once all is stored, as the others do. */
  make(project: string, names: readonly string[]): Promise<void>;
  /** Steps 1 to 4 of what this page has made. */
  change(names: readonly string[]): Promise<void>;
  /** Objects one by one with all their steps, and objects in whole groups, all at once. */
  bulk(work: BulkWork): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  /** Resolves once nothing is unsent. @returns the reasons of what is parked. */
  sent(): Promise<readonly string[]>;
  /** Every object in the view. */
  look(): Promise<readonly Progress[]>;
}

interface BulkWork {
  readonly project: string;
  readonly names: readonly string[];
  readonly groups: readonly (readonly string[])[];
}

declare global {
  var inKills: InKills;
  /** The runner hears it, in the order of the calls. */
  var tell: (told: readonly Told[]) => Promise<void>;
}

let holdfast: Holdfast | undefined;
const made = new Map<string, CreatedHandle>();
let untold: Told[] = [];

globalThis.inKills = {
  async open({ api, token }) {
    holdfast = await openHoldfast({
      api,
      user: "user-ada",
      token: () => token,
      paused: true,
      replay: { requestsPerSecond: "unlimited" },
      worker: () => new Worker(new URL("holdfast/worker", import.meta.url), { type: "module" }),
    });
  },

  async make(project, names) {
    await Promise.all(names.map((name) => make(project, name)));
  },

  async change(names) {
    await Promise.all(names.map(change));
  },

  async bulk({ project, names, groups }) {
    const work = names.map(async (name) => {
      await make(project, name);
      await change(name);
    });
    await Promise.all([...work, ...groups.map((group) => makeGroup(project, group))]);
  },

  async pause() {
    await opened().pause();
  },

  async resume() {
    await opened().resume();
  },

  async sent() {
    await allSent(opened());
    return await parkedReasons(opened());
  },

  async look() {
    const limit = 1_000;
    const found: Progress[] = [];
    for (let offset = 0; ; offset += limit) {
      const rows = await opened().objects.find({ visibility: "either", limit, offset });
      found.push(
        ...rows.map(({ name, properties, details, state }) => ({
          name,
          properties: Number(properties["step"]),
          details: Number((details as { readonly step?: number }).step),
          state,
        })),
      );
      if (rows.length < limit) return found;
    }
  },
};

async function make(project: string, name: string): Promise<void> {
  const sample = await opened().records.create(inputOf(project, name));
  made.set(name, sample);
  say({ what: "stored", name, step: 0 });
  sayWhen(sample.acked(), { what: "acked", name });
}

async function change(name: string): Promise<void> {
  const sample = made.get(name);
  if (sample === undefined) throw new Error(`${name} was made here.`);
  await sample.setProperties({ step: "1" });
  say({ what: "stored", name, step: 1 });
  await sample.setDetails({ step: 2 });
  say({ what: "stored", name, step: 2 });
  await sample.setProperties({ step: "3" });
  say({ what: "stored", name, step: 3 });
  const closed = await sample.close();
  say({ what: "stored", name, step: 4 });
  sayWhen(closed.settled(), { what: "settled", name });
}

async function makeGroup(project: string, names: readonly string[]): Promise<void> {
  const group = await opened().records.createMany(names.map((name) => inputOf(project, name)));
  say({ what: "storedAll", names });
  for (const [index, handle] of group.entries()) {
    sayWhen(handle.acked(), { what: "acked", name: names[index] ?? "" });
  }
}

function inputOf(project: string, name: string) {
  const properties = { step: "0" };
  return { project, name, types: ["Sample"], properties, details: { step: 0 } };
}

function opened(): Holdfast {
  if (holdfast === undefined) throw new Error("The store is open.");
  return holdfast;
}

function sayWhen(fact: Promise<void>, told: Told): void {
  // What rejects is in the outbox's own words, which `sent` tells.
  fact.then(
    () => say(told),
    () => undefined,
  );
}

/** All of a turn in one message, at its end. */
function say(told: Told): void {
  untold.push(told);
  if (untold.length > 1) return;
  queueMicrotask(() => {
    const now = untold;
    untold = [];
    void globalThis.tell(now);
  });
}
