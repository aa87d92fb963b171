import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fieldOf } from "./fields.ts";
import type { LocalKey, ObjectId } from "./ids.ts";
import type { JsonText } from "./json.ts";
import { isFixedFieldOperation } from "./lifecycle.ts";
import { ModelPlatform } from "./model-platform.test-support.ts";
import type { CreateInput, Operation, OutboxRow } from "./operation.ts";
import type { EditOperation } from "./parse-edit.ts";
import { Device, type Step } from "./replay.test-support.ts";
import { createInput, edit, words } from "./rules.test-support.ts";
import { sampleProject, sampleRealId } from "./testing/sample-rows.ts";

const objectId = sampleRealId(1);

/**
 * An edit that only the platform knows to be wrong, each wrong in its own way. No removal is: what can be told wrong of
 * one can be told here, and folded into a create it is not sent.
 */
const poisoned: fc.Arbitrary<EditOperation> = fc
  .tuple(fc.nat(), words, fc.constantFrom("type", "tag", "property", "name", "details"))
  .map(([n, more, field]): EditOperation => {
    const poison = `poison${n}`;
    switch (field) {
      case "type":
        return { kind: "addTypes", types: [...more, poison] };
      case "tag":
        return { kind: "addTags", tags: [...more, poison] };
      case "property":
        return { kind: "setProperties", properties: { a: "9", [poison]: "" } };
      case "name":
        return { kind: "rename", name: poison };
      default:
        return { kind: "setDetails", details: JSON.stringify({ poison: n }) as JsonText };
    }
  });

const operation = fc.oneof({ weight: 5, arbitrary: edit }, { weight: 1, arbitrary: poisoned });

type Event =
  | { readonly kind: "call"; readonly operation: EditOperation }
  /** `isLost`: the effect happens, its answer is lost, and the same bytes are sent again. */
  | { readonly kind: "send"; readonly isLost: boolean }
  | { readonly kind: "foreign"; readonly operation: EditOperation };

const call = fc.record({ kind: fc.constant("call" as const), operation });
const send = fc.record({ kind: fc.constant("send" as const), isLost: fc.boolean() });
const foreign = fc.record({ kind: fc.constant("foreign" as const), operation: edit });

const start: fc.Arbitrary<CreateInput | "existing"> = fc.oneof(
  createInput,
  fc.constant("existing" as const),
);
const level = fc.constantFrom("UPLOAD" as const, "CONTRIBUTE" as const);

/** The platform that is sent requests, and one that is sent the same operations one by one. */
class World {
  readonly platform: ModelPlatform = new ModelPlatform();
  readonly oneByOne: ModelPlatform = new ModelPlatform();
  readonly steps: Step[] = [];
  readonly device: Device;
  readonly key: LocalKey;
  /** Sequences the platform refused when they came one by one. */
  readonly refused: Set<number> = new Set();

  constructor(device: Device, key: LocalKey) {
    this.device = device;
    this.key = key;
  }

  static async open(
    begin: CreateInput | "existing",
    foreignEdits: readonly EditOperation[],
  ): Promise<World> {
    const device = await Device.open();
    if (begin !== "existing") return new World(device, await device.create(begin));
    const key = await device.pull(objectId, { name: null });
    const world = new World(device, key);
    for (const platform of [world.platform, world.oneByOne]) {
      platform.send("/record/new", JSON.stringify({ project: sampleProject(), nonce: "theirs" }));
    }
    for (const edited of foreignEdits) world.foreign(edited);
    return world;
  }

  foreign(edited: EditOperation): void {
    for (const platform of [this.platform, this.oneByOne]) {
      const { level: ours } = platform;
      platform.level = "CONTRIBUTE";
      apply(platform, edited);
      platform.level = ours;
    }
  }

  /** @returns false where nothing is to be sent. */
  async send(isLost: boolean): Promise<boolean> {
    const step = await this.device.step(this.key, (path, body) => {
      if (isLost) this.platform.send(path, body);
      return this.platform.send(path, body);
    });
    if (step === undefined) return false;
    this.steps.push(step);
    if (step.outcome !== "split") this.#repeatOneByOne(step);
    if (
      step.outcome === "done" &&
      step.operations.some(({ operation: { kind } }) => kind === "close")
    ) {
      const lane = await this.device.lane(this.key);
      expect(lane.filter(isFixedParked)).toEqual([]);
    }
    expect(this.platform.summary(objectId)).toEqual(this.oneByOne.summary(objectId));
    return true;
  }

  async drain(): Promise<void> {
    let sent = 0;
    while (await this.send(false)) {
      sent += 1;
      expect(sent).toBeLessThan(200);
    }
  }

  #repeatOneByOne({ operations: carried, outcome, journal }: Step): void {
    const operations = closesLast(carried);
    for (const [index, row] of operations.entries()) {
      if (applyInTurn(this.oneByOne, row.operation, journal.nonce)) {
        expect(outcome).toBe("done");
        continue;
      }
      this.refused.add(row.sequence);
      if (outcome === "parked") continue;
      // Merged away: a later operation of the same request said all that this one would have said.
      const field = fieldOf(row.operation);
      expect(["name", "details"]).toContain(field);
      expect(operations.slice(index + 1).some((later) => fieldOf(later.operation) === field)).toBe(
        true,
      );
    }
    const [first] = operations;
    if (outcome === "done" && first?.operation.kind === "create" && first.operation.input.close) {
      apply(this.oneByOne, { kind: "close" });
    }
  }
}

function closesLast(rows: readonly OutboxRow[]): readonly OutboxRow[] {
  const isClose = (row: OutboxRow): boolean => row.operation.kind === "close";
  return [...rows.filter((row) => !isClose(row)), ...rows.filter(isClose)];
}

/** A create's own close comes last, as the edits behind it are to be done with the rights of an open object. */
function applyInTurn(platform: ModelPlatform, given: Operation, nonce = "none"): boolean {
  if (given.kind !== "create") return apply(platform, given);
  const { name, details, ...input } = given.input;
  const body = {
    project: sampleProject(),
    ...input,
    ...(name === null ? undefined : { name }),
    details: JSON.parse(details) as unknown,
    close: false,
    nonce,
  };
  return platform.send("/record/new", JSON.stringify(body)).status === 200;
}

function apply(platform: ModelPlatform, { kind, ...input }: EditOperation): boolean {
  const body = "details" in input ? input.details : JSON.stringify(input);
  return platform.send(`/${objectId}/${kind}`, body).status === 200;
}

function isStopped(row: OutboxRow, lane: readonly OutboxRow[]): boolean {
  const [first] = lane;
  if (first?.operation.kind === "create" && first.parked !== undefined) return true;
  return row.operation.kind === "close" && lane.some(isFixedParked);
}

function isFixedParked(row: OutboxRow): boolean {
  return row.parked !== undefined && isFixedFieldOperation(row.operation.kind);
}

describe("planned requests", () => {
  test("have the effect of their operations one by one, whatever others edit and however often they are split", async () => {
    const events = fc.array(
      fc.oneof({ weight: 5, arbitrary: call }, { weight: 2, arbitrary: send }, foreign),
      { maxLength: 14 },
    ) as fc.Arbitrary<readonly Event[]>;
    await fc.assert(
      fc.asyncProperty(start, level, fc.array(edit, { maxLength: 3 }), events, async (...drawn) => {
        const [begin, ours, foreignEdits, script] = drawn;
        const world = await World.open(begin, foreignEdits);
        world.platform.level = ours;
        world.oneByOne.level = ours;
        for (const event of script) {
          if (event.kind === "call") await world.device.edit(world.key, event.operation);
          else if (event.kind === "send") await world.send(event.isLost);
          else if (world.platform.records.size > 0) world.foreign(event.operation);
        }
        await world.drain();

        const lane = await world.device.lane(world.key);
        for (const row of lane) {
          if (row.parked === undefined) expect(isStopped(row, lane)).toBe(true);
          else
            expect(row.parked.reason.code === "Conflict" || world.refused.has(row.sequence)).toBe(
              true,
            );
        }
        expect(world.platform.records.size).toBeLessThanOrEqual(1);
        expect(await world.device.store.count("journal")).toBe(0);
      }),
      { numRuns: 300 },
    );
  });

  test("leave what the calls would have left in their own order, where nobody else edits", async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(operation, { maxLength: 12 }), async (begin, calls) => {
        const world = await World.open(begin, []);
        const inCallOrder = new ModelPlatform();
        const accepted: OutboxRow[] = [];
        for (const called of calls) await world.device.edit(world.key, called);
        accepted.push(...(await world.device.lane(world.key)));
        await world.drain();

        if (begin === "existing") {
          inCallOrder.send(
            "/record/new",
            JSON.stringify({ project: sampleProject(), nonce: "theirs" }),
          );
        }
        // A refusal that a later operation merged away stops no close.
        const lane = await world.device.lane(world.key);
        const isCloseStopped = lane.some((row) => row.operation.kind === "close");
        const refused = accepted.filter((row) => {
          if (row.operation.kind === "close" && isCloseStopped) return false;
          return !applyInTurn(inCallOrder, row.operation);
        });
        const parked = lane.filter((row) => row.parked !== undefined).map((row) => row.sequence);
        expect(refused.map((row) => row.sequence)).toEqual(expect.arrayContaining(parked));
        for (const row of lane) expect(row.parked !== undefined || isStopped(row, lane)).toBe(true);
        const [first] = accepted;
        if (first?.operation.kind === "create" && first.operation.input.close) {
          apply(inCallOrder, { kind: "close" });
        }
        expect(world.platform.summary(objectId)).toEqual(inCallOrder.summary(objectId));
      }),
      { numRuns: 300 },
    );
  });

  test("are one where an object is made, edited and closed before anything is sent", async () => {
    await fc.assert(
      fc.asyncProperty(createInput, fc.array(edit, { maxLength: 10 }), async (input, edits) => {
        const world = await World.open(input, []);
        for (const edited of edits) await world.device.edit(world.key, edited);
        await world.drain();
        expect(world.steps.map((step) => step.journal.path)).toEqual(["/record/new"]);
        await expectViewIsPlatform(world);
      }),
    );
  });

  test("are never more than the operations, and leave a view that is the platform's state", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 10 }), async (edits) => {
        const world = await World.open("existing", []);
        for (const edited of edits) await world.device.edit(world.key, edited);
        const operations = (await world.device.lane(world.key)).length;
        await world.drain();
        expect(world.steps.length).toBeLessThanOrEqual(operations);
        await expectViewIsPlatform(world);
      }),
    );
  });
});

async function expectViewIsPlatform(world: World): Promise<void> {
  const object = await world.device.object(world.key);
  expect(object?.pending).toBe(0);
  expect(object?.base).toBeUndefined();
  const record = world.platform.records.get(objectId);
  expect(record).toMatchObject({
    name: object?.view.name ?? objectId,
    folder: object?.view.folder,
    state: object?.view.state,
    hidden: object?.view.hidden,
    types: new Set(object?.view.types),
    tags: new Set(object?.view.tags),
  });
  expect(JSON.parse(record?.details ?? "null")).toEqual(JSON.parse(object?.view.details ?? "1"));
  const properties = [...(record?.properties ?? [])].filter(([key]) => key !== ".holdfast-key");
  expect(Object.fromEntries(properties)).toEqual(object?.view.properties);
  void (objectId satisfies ObjectId);
}
