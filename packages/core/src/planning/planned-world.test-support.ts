import fc from "fast-check";
import { assert } from "../assert.ts";
import { expect } from "vitest";
import { fieldOf } from "../objects/fields.ts";
import type { LocalKey, ObjectId } from "../ids.ts";
import type { Json, JsonObject, JsonText } from "../json.ts";
import { isFixedFieldOperation } from "../objects/lifecycle.ts";
import { isFolderOperation } from "../operation.ts";
import type { CreateInput, Operation, OutboxRow } from "../operation.ts";
import type { EditOperation } from "../input/parse-edit.ts";
import { Device, type Step } from "../settling/replay.test-support.ts";
import type { Answer } from "../request.ts";
import { createInput, edit, words } from "../objects/rules.test-support.ts";
import { sampleProject } from "../testing/sample-rows.ts";

/** A platform to be sent planned requests, or the same operations one by one. */
export interface Subject {
  /** As the user of the device. */
  send(path: string, body: string): Promise<Answer>;
  /** As somebody who may do everything. */
  act(path: string, body: string): Promise<Answer>;
  setLevel(level: "UPLOAD" | "CONTRIBUTE"): Promise<void>;
  /** The object as a person would describe it, the order of types, tags and properties aside. */
  summary(id: string): Promise<Json>;
}

/**
 * An edit that only the platform knows to be wrong, each wrong in its own way. No removal is: what can be told wrong of
 * one can be told here, and folded into a create it is not sent.
 */
const poisoned: fc.Arbitrary<EditOperation> = fc
  .tuple(fc.nat(), words, fc.constantFrom("type", "tag", "property", "name", "details"))
  .map(([n, more, field]): EditOperation => {
    switch (field) {
      case "type":
        return { kind: "addTypes", types: [...more, `poison-${n}`] };
      case "tag":
        return { kind: "addTags", tags: [...more, `poison${n}`.padEnd(5000, "x")] };
      case "property":
        return {
          kind: "setProperties",
          properties: { a: "9", [`poison${n}`.padEnd(101, "x")]: "" },
        };
      case "name":
        return { kind: "rename", name: `poison\u0000${n}` };
      default:
        return { kind: "setDetails", details: `{"$dnanexus_link":"x","poison":${n}}` as JsonText };
    }
  });

/** No create takes it over, and one of the folders is nowhere. */
const move: fc.Arbitrary<EditOperation> = fc.record({
  kind: fc.constant("move"),
  folder: fc.constantFrom("/", "/x", "/gone"),
});

export const operation: fc.Arbitrary<EditOperation> = fc.oneof(
  { weight: 5, arbitrary: edit },
  { weight: 1, arbitrary: move },
  { weight: 1, arbitrary: poisoned },
);

export type Event =
  | { readonly kind: "call"; readonly operation: EditOperation }
  /** `isLost`: the effect happens, its answer is lost, and the same bytes are sent again. */
  | { readonly kind: "send"; readonly isLost: boolean }
  | { readonly kind: "foreign"; readonly operation: EditOperation };

const call: fc.Arbitrary<Event> = operation.map((called) => ({ kind: "call", operation: called }));
const send: fc.Arbitrary<Event> = fc.boolean().map((isLost) => ({ kind: "send", isLost }));
const foreign: fc.Arbitrary<Event> = edit.map((edited) => ({ kind: "foreign", operation: edited }));

export const events: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof({ weight: 5, arbitrary: call }, { weight: 2, arbitrary: send }, foreign),
  { maxLength: 14 },
);

/** What is made here, or `"existing"` for an object that the platform and the device know already. */
export const start: fc.Arbitrary<CreateInput | "existing"> = fc.oneof(
  createInput,
  fc.constant("existing" as const),
);

/** A device with one object, the platform it sends planned requests to, and one that gets them one by one. */
export class PlannedWorld {
  readonly platform: Subject;
  readonly oneByOne: Subject;
  readonly steps: Step[] = [];
  readonly device: Device;
  readonly key: LocalKey;
  /** Sequences the platform refused when they came one by one. */
  readonly refused: Set<number> = new Set();
  #id: string | undefined;
  #idOneByOne: string | undefined;

  private constructor(
    subjects: readonly [Subject, Subject],
    device: Device,
    object: { readonly key: LocalKey; readonly ids?: readonly [string, string] },
  ) {
    [this.platform, this.oneByOne] = subjects;
    this.device = device;
    this.key = object.key;
    [this.#id, this.#idOneByOne] = object.ids ?? [];
  }

  static async open(
    subjects: readonly [Subject, Subject],
    begin: CreateInput | "existing",
    foreignEdits: readonly EditOperation[] = [],
  ): Promise<PlannedWorld> {
    const device = await Device.open();
    if (begin !== "existing") {
      return new PlannedWorld(subjects, device, { key: await device.create(begin) });
    }
    const [id, idOneByOne] = [await existing(subjects[0]), await existing(subjects[1])];
    const key = await device.pull(id as ObjectId, { name: null });
    const world = new PlannedWorld(subjects, device, { key, ids: [id, idOneByOne] });
    for (const edited of foreignEdits) await world.foreign(edited);
    return world;
  }

  async setLevel(level: "UPLOAD" | "CONTRIBUTE"): Promise<void> {
    await this.platform.setLevel(level);
    await this.oneByOne.setLevel(level);
  }

  /** Nothing where the object is not on the platform yet. */
  async foreign(edited: EditOperation): Promise<void> {
    if (this.#id === undefined || this.#idOneByOne === undefined) return;
    await this.platform.act(...callOf(this.#id, edited));
    await this.oneByOne.act(...callOf(this.#idOneByOne, edited));
  }

  /** @returns false where nothing is to be sent. */
  async send(isLost: boolean): Promise<boolean> {
    const step = await this.device.step(this.key, async (path, body) => {
      if (isLost) await this.platform.send(path, body);
      const answer = await this.platform.send(path, body);
      if (path === "/record/new") this.#id = idOf(answer) ?? this.#id;
      return answer;
    });
    if (step === undefined) return false;
    this.steps.push(step);
    if (step.outcome !== "split") await this.#repeatOneByOne(step);
    if (step.outcome === "done" && step.operations.some(isClose)) {
      expect((await this.device.lane(this.key)).filter(isFixedParked)).toEqual([]);
    }
    expect(await this.summary()).toEqual(await this.summaryOneByOne());
    return true;
  }

  async drain(): Promise<void> {
    let sent = 0;
    while (await this.send(false)) {
      sent += 1;
      expect(sent).toBeLessThan(200);
    }
  }

  async play(happened: readonly Event[]): Promise<void> {
    for (const event of happened) {
      if (event.kind === "call") await this.device.edit(this.key, event.operation);
      else if (event.kind === "send") await this.send(event.isLost);
      else await this.foreign(event.operation);
    }
    await this.drain();
  }

  /** What is left is parked because the platform refused it, or stopped by what is parked. */
  async expectAllSettled(): Promise<void> {
    const lane = await this.device.lane(this.key);
    for (const row of lane) {
      const isAccountedFor =
        row.parked === undefined
          ? isStopped(row, lane)
          : row.parked.reason.code === "Conflict" || this.refused.has(row.sequence);
      expect(isAccountedFor).toBe(true);
    }
    // An accepted close stays there until the object is seen closed, and nobody looks here.
    const journal = await this.device.store.scan("journal", { limit: 100 });
    expect(journal.filter(({ path }) => !path.endsWith("/close"))).toEqual([]);
  }

  async summary(): Promise<Json> {
    return this.#id === undefined ? null : this.platform.summary(this.#id);
  }

  async summaryOneByOne(): Promise<Json> {
    return this.#idOneByOne === undefined ? null : this.oneByOne.summary(this.#idOneByOne);
  }

  async #repeatOneByOne({ operations: carried, outcome, journal }: Step): Promise<void> {
    const operations = closesLast(carried);
    for (const [index, row] of operations.entries()) {
      if (await this.applyOneByOne(row.operation, journal.nonce)) {
        expect(outcome).toBe("done");
        continue;
      }
      this.refused.add(row.sequence);
      if (outcome === "parked") continue;
      // Merged away: a later operation of the same request said all that this one would have said.
      const field = fieldOf(row.operation);
      expect(["name", "details"]).toContain(field);
      const later = operations.slice(index + 1);
      expect(later.some(({ operation: other }) => fieldOf(other) === field)).toBe(true);
    }
    const [first] = operations;
    if (outcome === "done" && first !== undefined) await this.closeOneByOne(first.operation);
  }

  /** A create's own close is left for `closeOneByOne`: edits behind it are made with the rights of an open object. */
  async applyOneByOne(given: Operation, nonce: string = "none"): Promise<boolean> {
    assert(given.kind !== "clone" && given.kind !== "remove", "these worlds have one copy");
    assert(!isFolderOperation(given) && given.kind !== "attach", "these worlds have one object");
    if (given.kind !== "create") {
      if (this.#idOneByOne === undefined) return false;
      return isDone(await this.oneByOne.send(...callOf(this.#idOneByOne, given)));
    }
    const { name, details, ...input } = given.input;
    const body = {
      project: sampleProject(),
      ...input,
      ...(name === null ? undefined : { name }),
      details: JSON.parse(details) as Json,
      close: false,
      nonce,
    };
    const answer = await this.oneByOne.send("/record/new", JSON.stringify(body));
    this.#idOneByOne = idOf(answer) ?? this.#idOneByOne;
    return isDone(answer);
  }

  async closeOneByOne(given: Operation): Promise<void> {
    if (given.kind === "create" && given.input.close) await this.applyOneByOne({ kind: "close" });
  }
}

async function existing(subject: Subject): Promise<string> {
  const input = { project: sampleProject(), nonce: "theirs" };
  return idOf(await subject.act("/record/new", JSON.stringify(input))) ?? "";
}

function callOf(id: string, { kind, ...input }: EditOperation): [string, string] {
  if ("folder" in input) {
    const body = { objects: [id], destination: input.folder };
    return [`/${sampleProject()}/move`, JSON.stringify(body)];
  }
  const isOfCopy = !isFixedFieldOperation(kind) && kind !== "close";
  const body = { ...input, ...(isOfCopy ? { project: sampleProject() } : undefined) };
  return [`/${id}/${kind}`, "details" in input ? input.details : JSON.stringify(body)];
}

function isDone(answer: Answer): boolean {
  return answer.kind === "response" && answer.status === 200;
}

function idOf(answer: Answer): string | undefined {
  if (answer.kind !== "response" || answer.status !== 200) return undefined;
  return (JSON.parse(answer.body ?? "{}") as JsonObject).id as string;
}

function isClose(row: OutboxRow): boolean {
  return row.operation.kind === "close";
}

function closesLast(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  return [...rows.filter((row) => !isClose(row)), ...rows.filter(isClose)];
}

export function isStopped(row: OutboxRow, lane: readonly OutboxRow[]): boolean {
  const [first] = lane;
  if (first?.operation.kind === "create" && first.parked !== undefined) return true;
  return isClose(row) && lane.some(isFixedParked);
}

function isFixedParked(row: OutboxRow): boolean {
  return row.parked !== undefined && isFixedFieldOperation(row.operation.kind);
}
