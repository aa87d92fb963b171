import { HoldfastError, type LocalKey } from "@holdfast/core";
import type { EditOutcome, Holdfast, ObjectEdit, RecordInput } from "holdfast";
import { type Ledger, markerProperty, type PlatformObject } from "./ledger.ts";
import type { Sample } from "./samples.ts";
import type { Stage } from "./stage.ts";
import { user } from "./world.ts";

export interface DayOptions {
  readonly stage: Stage;
  /** Opens the app in a new process. */
  readonly start: () => Promise<Holdfast>;
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
  const holdfast = await options.start();
  const { project, foreignProject } = await options.stage.scene();
  const day = new Day(options, { holdfast, project, foreignProject });
  await day.morningOffline();
  await day.replayWithCrash();
  await day.afternoonOffline();
  await day.flakyReconnect();
  return day.holdfast;
}

interface Begun {
  readonly holdfast: Holdfast;
  readonly project: string;
  readonly foreignProject: string;
}

class Day {
  holdfast: Holdfast;
  readonly #options: DayOptions;
  readonly #stage: Stage;
  readonly #samples: readonly Sample[];
  readonly #project: string;
  readonly #foreignProject: string;
  readonly #keys: LocalKey[] = [];

  constructor(options: DayOptions, { holdfast, project, foreignProject }: Begun) {
    this.holdfast = holdfast;
    this.#options = options;
    this.#stage = options.stage;
    this.#samples = options.samples;
    this.#project = project;
    this.#foreignProject = foreignProject;
  }

  async morningOffline(): Promise<void> {
    await this.#log("no network. The app is opened all the same.");
    await this.#create(this.#samples.map((sample, index) => this.#inputOf(sample, index)));
    await this.#log(`${this.#samples.length} samples imported`);

    await this.#stage.pass(MINUTE);
    const pools = Math.floor(this.#samples.length / POOL_SIZE);
    await this.#create(Array.from({ length: pools }, (_, pool) => this.#poolOf(pool)));
    await this.#log(`${pools} pools made, each linked to the ${POOL_SIZE} samples in it`);

    await this.#stage.pass(2 * MINUTE);
    const [checked, tagged, done] = [this.#every(3, 0), this.#every(5, 1), this.#every(2, 0)];
    await this.#edit(
      checked.map((object) => ({
        ...{ object, kind: "setProperties" },
        properties: { qc: "passed", operator: "ada" },
      })),
    );
    await this.#edit(tagged.map((object) => ({ object, kind: "addTags", tags: ["rerun"] })));
    await this.#log(`${checked.length} samples annotated, ${tagged.length} tagged`);

    await this.#edit(done.map((object) => ({ object, kind: "close" })));
    const { waiting } = await this.#stage.scene();
    await this.#log(`${done.length} samples and pools closed; ${waiting} operations wait`);
  }

  async replayWithCrash(): Promise<void> {
    await this.#restartAfter(HOUR);
    await this.#stage.setNetwork("steady");
    await this.#log("opened again, and the network is there");
    await this.#stage.passUntilEffects(Math.ceil(this.#keys.length / 4));
    await this.#stage.crash();
    const { effects } = await this.#stage.scene();
    await this.#log(`crash: ${effects} changes have arrived, not all of their answers`);

    await this.#stage.pass(5 * MINUTE);
    this.holdfast = await this.#options.start();
    const { waiting } = await this.#stage.scene();
    await this.#log(`opened again; ${waiting} operations wait`);
    await this.#stage.passUntilSent();
    const { requests } = await this.#stage.scene();
    await this.#log(`everything is sent: ${requests} requests so far`);
  }

  async afternoonOffline(): Promise<void> {
    await this.#stage.setNetwork("offline");
    await this.#restartAfter(2 * HOUR);
    await this.#log("opened again without a network");
    const open = this.#every(2, 1);
    await this.#edit(open.map((object) => ({ object, kind: "addTypes", types: ["Sequenced"] })));
    await this.#edit(
      open.map((object) => ({ object, kind: "setProperties", properties: { lane: "L001" } })),
    );
    await this.#edit(open.map((object) => ({ object, kind: "close" })));
    await this.#log(`${open.length} more objects typed, annotated and closed`);

    const reruns = this.#samples.filter((_, index) => index % 2 === 0);
    const known = this.#keys.length;
    await this.#create(
      reruns.map(({ name, properties }, index) =>
        this.#inputOf({ name: `${name}-rerun`, properties }, known + index),
      ),
    );
    await this.#log(`${reruns.length} samples sequenced again, each a record of its own`);

    const [closed] = this.#every(2, 0);
    if (closed !== undefined) await this.#expectRefusal(closed);
    await this.#create([
      {
        project: this.#foreignProject,
        name: "a copy for the archive",
        properties: { [markerProperty]: `${this.#keys.length}` },
      },
    ]);
    await this.#log("one record made in a project that the user may only look at");
  }

  async flakyReconnect(): Promise<void> {
    await this.#restartAfter(HOUR);
    await this.#stage.setNetwork("flaky");
    const { waiting } = await this.#stage.scene();
    await this.#log(`a flaky network; ${waiting} operations wait`);
    await this.#stage.passUntilSent();
    const { parked } = await this.#stage.scene();
    await this.#log(`everything is sent but ${parked} parked`);
  }

  async #restartAfter(ms: number): Promise<void> {
    await this.holdfast.close();
    await this.#log("the app is closed");
    await this.#stage.pass(ms);
    this.holdfast = await this.#options.start();
  }

  async #log(line: string): Promise<void> {
    const { time } = await this.#stage.scene();
    this.#options.log(`${time}  ${line}`);
  }

  async #create(inputs: readonly RecordInput[]): Promise<void> {
    const handles = await this.holdfast.records.createMany(inputs);
    for (const [index, { key, receipt }] of handles.entries()) {
      const name = inputs[index]?.name;
      const marker = `${this.#keys.push(key) - 1}`;
      this.#options.ledger.resolved({
        operation: receipt.operation,
        marker,
        what: `create ${name}`,
        isVisible: (object) => object.name === name,
      });
    }
    await this.#stage.pass(1000);
  }

  async #edit(edits: readonly ObjectEdit[]): Promise<void> {
    const outcomes = await this.holdfast.objects.editMany(edits);
    for (const [index, outcome] of outcomes.entries()) this.#note(edits[index], outcome);
    await this.#stage.pass(1000);
  }

  #note(edit: ObjectEdit | undefined, outcome: EditOutcome): void {
    if (edit === undefined || "failure" in outcome) {
      throw new Error(`The script's edit was refused: ${JSON.stringify(outcome)}`);
    }
    const { operation } = outcome.receipt;
    const marker = `${this.#keys.indexOf(edit.object as LocalKey)}`;
    this.#options.ledger.resolved({
      ...{ operation, marker, what: edit.kind },
      isVisible: (object) => shows(object, edit),
    });
  }

  async #expectRefusal(object: string): Promise<void> {
    try {
      await (await this.holdfast.objects.get(object))?.setDetails({ tissue: "changed" });
    } catch (error) {
      if (!(error instanceof HoldfastError)) throw error;
      await this.#log(`${error.code}: ${error.message}`);
      return;
    }
    throw new Error("Details of a closed object could be changed.");
  }

  #inputOf({ name, properties }: Sample, index: number): RecordInput {
    return {
      project: this.#project,
      ...{ folder: FOLDER, parents: true, name, types: ["Sample"] },
      properties: { ...properties, [markerProperty]: `${index}` },
      details: { plate: Math.floor(index / 96) + 1, well: index % 96, registeredBy: user },
    };
  }

  #poolOf(pool: number): RecordInput {
    const members = this.#keys.slice(pool * POOL_SIZE, (pool + 1) * POOL_SIZE);
    return {
      project: this.#project,
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
