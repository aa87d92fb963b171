import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ModelPlatform } from "../outcomes/model-platform.test-support.ts";
import {
  events,
  isStopped,
  operation,
  PlannedWorld,
  start,
  type Subject,
} from "./planned-world.test-support.ts";
import { createInput, edit } from "../objects/rules.test-support.ts";

function subject(platform: ModelPlatform = new ModelPlatform()): Subject {
  return {
    send: async (path, body) => platform.send(path, body),
    act: async (path, body) => {
      const { level } = platform;
      platform.level = "CONTRIBUTE";
      const answer = platform.send(path, body);
      platform.level = level;
      return answer;
    },
    setLevel: async (level) => {
      platform.level = level;
    },
    summary: async (id) => platform.summary(id),
  };
}

describe("planned requests", () => {
  test("have the effect of their operations one by one, whatever others edit and however often they are split", async () => {
    const level = fc.constantFrom("UPLOAD" as const, "CONTRIBUTE" as const);
    const before = fc.array(edit, { maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(start, level, before, events, async (...drawn) => {
        const [begin, ours, foreignEdits, happened] = drawn;
        const platform = new ModelPlatform();
        const world = await PlannedWorld.open([subject(platform), subject()], begin, foreignEdits);
        await world.setLevel(ours);
        await world.play(happened);
        await world.expectAllSettled();
        expect(platform.records.size).toBeLessThanOrEqual(1);
      }),
      { numRuns: 300 },
    );
  });

  test("leave what the calls would have left in their own order, where nobody else edits", async () => {
    await fc.assert(
      fc.asyncProperty(start, fc.array(operation, { maxLength: 12 }), async (begin, calls) => {
        const world = await PlannedWorld.open([subject(), subject()], begin);
        const inCallOrder = await PlannedWorld.open([subject(), subject()], begin);
        for (const called of calls) await world.device.edit(world.key, called);
        const accepted = await world.device.lane(world.key);
        await world.drain();

        // A refusal that a later operation merged away stops no close.
        const lane = await world.device.lane(world.key);
        const isCloseStopped = lane.some((row) => row.operation.kind === "close");
        const refused: number[] = [];
        for (const row of accepted) {
          if (row.operation.kind === "close" && isCloseStopped) continue;
          if (!(await inCallOrder.applyOneByOne(row.operation))) refused.push(row.sequence);
        }
        const [first] = accepted;
        if (first !== undefined) await inCallOrder.closeOneByOne(first.operation);

        expect(await world.summary()).toEqual(await inCallOrder.summaryOneByOne());
        const parked = lane.filter((row) => row.parked !== undefined);
        expect(refused).toEqual(expect.arrayContaining(parked.map((row) => row.sequence)));
        for (const row of lane) expect(row.parked !== undefined || isStopped(row, lane)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test("are one where an object is made, edited and closed before anything is sent", async () => {
    await fc.assert(
      fc.asyncProperty(createInput, fc.array(edit, { maxLength: 10 }), async (input, edits) => {
        const world = await PlannedWorld.open([subject(), subject()], input);
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
        const world = await PlannedWorld.open([subject(), subject()], "existing");
        for (const edited of edits) await world.device.edit(world.key, edited);
        const operations = (await world.device.lane(world.key)).length;
        await world.drain();
        expect(world.steps.length).toBeLessThanOrEqual(operations);
        await expectViewIsPlatform(world);
      }),
    );
  });
});

async function expectViewIsPlatform(world: PlannedWorld): Promise<void> {
  const object = await world.device.object(world.key);
  expect(object).toMatchObject({ pending: 0, parked: 0 });
  expect(object).not.toHaveProperty("base");
  const { name, folder, state, hidden, types, tags, properties, details } = object?.view ?? {};
  expect(await world.summary()).toEqual({
    name,
    folder,
    state,
    hidden,
    types: types?.toSorted(),
    tags: tags?.toSorted(),
    properties: Object.entries(properties ?? {}).toSorted(([left], [right]) =>
      left < right ? -1 : 1,
    ),
    details: JSON.stringify(JSON.parse(details ?? "")),
  });
}
