import { HoldfastError, type LocalKey } from "@holdfast/core";
import type { EditOutcome, Holdfast, ObjectEdit, RecordInput } from "holdfast";
import { type Ledger, markerProperty, type PlatformObject } from "./ledger.ts";
import type { Sample } from "./samples.ts";
import { user, type World } from "./world.ts";

export interface DayOptions {
  readonly world: World;
  readonly ledger: Ledger;
  readonly samples: readonly Sample[];
  /** Hears what a reader of the day wants to know, a line each. */
  readonly log: (line: string) => void;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const POOL_SIZE = 12;
const FOLDER = "/2026/run-7";

/** One scripted day at a lab: work offline, a crash in the middle of the replay, a flaky line. */
export async function playDay(options: DayOptions): Promise<Holdfast> {
  const day = new Day(options);
  await day.morningOffline();
  await day.replayWithCrash();
  await day.afternoonOffline();
  await day.flakyReconnect();
  return day.holdfast;
}

class Day {
  readonly #world: World;
  readonly #ledger: Ledger;
  readonly #samples: readonly Sample[];
  readonly #log: (line: string) => void;
  readonly #keys: LocalKey[] = [];
  #holdfast: Holdfast | undefined;
  #waiting = 0;
  #parked = 0;

  constructor({ world, ledger, samples, log }: DayOptions) {
    this.#world = world;
    this.#ledger = ledger;
    this.#samples = samples;
    this.#log = (line) => log(`${world.time}  ${line}`);
  }

  get holdfast(): Holdfast {
    if (this.#holdfast === undefined) throw new Error("The app has not been started.");
    return this.#holdfast;
  }

  async morningOffline(): Promise<void> {
    this.#world.network.set("offline");
    await this.#start();
    this.#log("no network. The app is opened all the same.");
    await this.#create(this.#samples.map((sample, index) => this.#inputOf(sample, index)));
    this.#log(`${this.#samples.length} samples imported`);

    await this.#world.pass(10 * MINUTE);
    const pools = Math.floor(this.#samples.length / POOL_SIZE);
    await this.#create(Array.from({ length: pools }, (_, pool) => this.#poolOf(pool)));
    this.#log(`${pools} pools made, each linked to the ${POOL_SIZE} samples in it`);

    await this.#world.pass(20 * MINUTE);
    const checked = this.#every(3, 0);
    await this.#edit(
      checked.map((object) => ({
        ...{ object, kind: "setProperties" },
        properties: { qc: "passed", operator: "ada" },
      })),
    );
    await this.#edit(
      this.#every(5, 1).map((object) => ({ object, kind: "addTags", tags: ["rerun"] })),
    );
    this.#log(`${checked.length} samples annotated, ${this.#every(5, 1).length} tagged`);

    const done = this.#every(2, 0);
    await this.#edit(done.map((object) => ({ object, kind: "close" })));
    this.#log(`${done.length} samples and pools closed; ${this.#waiting} operations wait`);
  }

  async replayWithCrash(): Promise<void> {
    await this.#world.pass(HOUR);
    this.#world.network.set("steady");
    this.#log("the network is there");
    const { effects } = this.#world.platform;
    const crashAfter = Math.ceil(this.#keys.length / 4);
    await this.#world.passUntil(() => effects.length >= crashAfter, HOUR);
    await this.#world.crash();
    this.#log(`crash: ${effects.length} changes have arrived, not all of their answers`);

    await this.#world.pass(5 * MINUTE);
    await this.#start();
    this.#log(`opened again; ${this.#waiting} operations wait`);
    await this.#world.passUntil(() => this.#waiting === 0, HOUR);
    this.#log(`everything is sent: ${this.#world.platform.requests.length} requests so far`);
  }

  async afternoonOffline(): Promise<void> {
    this.#world.network.set("offline");
    await this.#world.pass(2 * HOUR);
    this.#log("the network is gone");
    const open = this.#every(2, 1);
    await this.#edit(open.map((object) => ({ object, kind: "addTypes", types: ["Sequenced"] })));
    await this.#edit(
      open.map((object) => ({ object, kind: "setProperties", properties: { lane: "L001" } })),
    );
    await this.#edit(open.map((object) => ({ object, kind: "close" })));
    this.#log(`${open.length} more objects typed, annotated and closed`);

    const [closed] = this.#every(2, 0);
    if (closed !== undefined) await this.#expectRefusal(closed);
    const marker = `${this.#keys.length}`;
    await this.#create([
      {
        project: this.#world.foreignProject,
        name: "a copy for the archive",
        properties: { [markerProperty]: marker },
      },
    ]);
    this.#log("one record made in a project that the user may only look at");
  }

  async flakyReconnect(): Promise<void> {
    await this.#world.pass(HOUR);
    this.#world.network.set("flaky");
    this.#log(`a flaky network; ${this.#waiting} operations wait`);
    await this.#world.passUntil(() => this.#waiting === 0, 12 * HOUR);
    this.#log(`everything is sent but ${this.#parked} parked`);
  }

  async #start(): Promise<void> {
    const holdfast = await this.#world.start();
    this.#holdfast = holdfast;
    holdfast.status$.subscribe(({ counts }) => {
      if (this.#holdfast !== holdfast) return;
      this.#waiting = counts.waiting;
      this.#parked = counts.parked;
    });
    await this.#world.pass(1000);
  }

  async #create(inputs: readonly RecordInput[]): Promise<void> {
    const handles = await this.holdfast.records.createMany(inputs);
    for (const [index, { key, receipt }] of handles.entries()) {
      const name = inputs[index]?.name;
      const marker = `${this.#keys.push(key) - 1}`;
      this.#ledger.resolved({
        operation: receipt.operation,
        marker,
        what: `create ${name}`,
        isVisible: (object) => object.name === name,
      });
    }
    await this.#world.pass(1000);
  }

  async #edit(edits: readonly ObjectEdit[]): Promise<void> {
    const outcomes = await this.holdfast.objects.editMany(edits);
    for (const [index, outcome] of outcomes.entries()) this.#note(edits[index], outcome);
    await this.#world.pass(1000);
  }

  #note(edit: ObjectEdit | undefined, outcome: EditOutcome): void {
    if (edit === undefined || "failure" in outcome) {
      throw new Error(`The script's edit was refused: ${JSON.stringify(outcome)}`);
    }
    const { operation } = outcome.receipt;
    const marker = `${this.#keys.indexOf(edit.object as LocalKey)}`;
    this.#ledger.resolved({
      ...{ operation, marker, what: edit.kind },
      isVisible: (object) => shows(object, edit),
    });
  }

  async #expectRefusal(object: string): Promise<void> {
    try {
      await (await this.holdfast.objects.get(object))?.setDetails({ tissue: "changed" });
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      this.#log(`${error.code}: ${error.message}`);
      return;
    }
    throw new Error("Details of a closed object could be changed.");
  }

  #inputOf({ name, properties }: Sample, index: number): RecordInput {
    return {
      project: this.#world.project,
      ...{ folder: FOLDER, parents: true, name, types: ["Sample"] },
      properties: { ...properties, [markerProperty]: `${index}` },
      details: { plate: Math.floor(index / 96) + 1, well: index % 96, registeredBy: user },
    };
  }

  #poolOf(pool: number): RecordInput {
    const members = this.#keys.slice(pool * POOL_SIZE, (pool + 1) * POOL_SIZE);
    return {
      project: this.#world.project,
      ...{ folder: `${FOLDER}/pools`, parents: true, name: `pool-${pool + 1}`, types: ["Pool"] },
      properties: { [markerProperty]: `${this.#samples.length + pool}` },
      details: { members: members.map((key) => ({ $dnanexus_link: idIn(key) })) },
    };
  }

  /** Every n-th of the objects made so far, beginning with `first`. */
  #every(n: number, first: number): readonly LocalKey[] {
    return this.#keys.filter((_, index) => index % n === first);
  }
}

function idIn(key: LocalKey): string {
  return key.slice(key.indexOf("/") + 1);
}

function shows(object: PlatformObject, edit: ObjectEdit): boolean {
  switch (edit.kind) {
    case "setProperties":
      return Object.entries(edit.properties).every(
        ([key, value]) => object.properties[key] === value,
      );
    case "addTags":
      return edit.tags.every((tag) => object.tags.includes(tag));
    case "addTypes":
      return edit.types.every((type) => object.types.includes(type));
    case "close":
      return object.state === "closed";
    default:
      throw new Error(`The script makes no ${edit.kind}.`);
  }
}
