import {
  type Answer,
  compareToDescribe,
  describeFields,
  fromDescribe,
  type Json,
  type JsonObject,
  type ObjectState,
} from "@holdfast/core";
import { createPlatform, type Platform } from "@holdfast/platform";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  events,
  PlannedWorld,
  start,
  type Subject,
} from "../../packages/core/src/planning/planned-world.test-support.ts";
import { edit } from "../../packages/core/src/objects/rules.test-support.ts";
import { sampleProject } from "../../packages/core/src/testing/sample-rows.ts";

// The planner's own tests play against a model of the platform. Here the reference platform decides what a request does,
// what it refuses, and in which words.

const token = "ada-token";

function open(): Platform {
  return createPlatform({
    users: [{ id: "user-root" }, { id: "user-ada", token }],
    projects: [
      {
        name: "p",
        id: sampleProject(),
        permissions: { "user-root": "ADMINISTER", "user-ada": "CONTRIBUTE" },
      },
    ],
  });
}

async function post(platform: Platform, path: string, body: string): Promise<Answer> {
  const response = await platform.fetch(`https://platform.holdfast.invalid${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body,
  });
  return { kind: "response", status: response.status, body: await response.text() };
}

async function act(platform: Platform, path: string, body: string): Promise<Answer> {
  const input = JSON.parse(body) as Json;
  try {
    const answer = await platform.control.act("user-root", path, input);
    return { kind: "response", status: 200, body: JSON.stringify(answer) };
  } catch {
    return { kind: "response", status: 422, body: "" };
  }
}

function byText(left: string, right: string): number {
  return left < right ? -1 : 1;
}

async function summary(platform: Platform, id: string): Promise<Json> {
  const fields = ["name", "folder", "state", "hidden", "details", "types", "tags", "properties"];
  const asked = Object.fromEntries(fields.map((field) => [field, true]));
  const described = await platform.control.act("user-root", `/${id}/describe`, {
    project: sampleProject(),
    fields: asked,
  });
  const { id: _, name, types, tags, properties, ...rest } = described as JsonObject;
  return {
    ...rest,
    name: name === id ? null : (name as string),
    types: (types as string[]).toSorted(byText),
    tags: (tags as string[]).toSorted(byText),
    properties: Object.entries(properties as JsonObject)
      .filter(([key]) => key !== ".holdfast-key")
      .toSorted(([left], [right]) => byText(left, right)),
  };
}

function subject(platform: Platform = open()): Subject {
  return {
    send: (path, body) => post(platform, path, body),
    act: (path, body) => act(platform, path, body),
    setLevel: (level) => platform.control.setLevel(sampleProject(), "user-ada", level),
    summary: (id) => summary(platform, id),
  };
}

describe("requests planned for the reference platform", () => {
  test("have the effect of their operations one by one, with foreign edits and refusals", async () => {
    const level = fc.constantFrom("UPLOAD" as const, "CONTRIBUTE" as const);
    await fc.assert(
      fc.asyncProperty(start, level, fc.array(edit, { maxLength: 3 }), events, async (...drawn) => {
        const [begin, ours, foreignEdits, happened] = drawn;
        const platform = open();
        const subjects = [subject(platform), subject()] as const;
        const world = await PlannedWorld.open(subjects, begin, foreignEdits);
        await world.setLevel(ours);
        await world.play(happened);
        await world.expectAllSettled();
        const created = platform.effects.filter((effect) => effect.route === "/record/new");
        expect(created.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 150 },
    );
  });

  test("leave an object whose describe is read as the view, and shows every operation done", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 8 }), async (edits) => {
        const platform = open();
        const world = await PlannedWorld.open([subject(platform), subject()], "existing");
        for (const edited of edits) await world.device.edit(world.key, edited);
        const operations = (await world.device.lane(world.key)).map((row) => row.operation);
        await world.drain();

        const object = await world.device.object(world.key);
        const fields = Object.fromEntries(describeFields.map((field) => [field, true]));
        const input = JSON.stringify({ project: sampleProject(), fields });
        const answer = await post(platform, `/${object?.id}/describe`, input);
        const described = fromDescribe((answer.kind === "response" && answer.body) || "");
        const { created: _, modified: __, createdBy: ___, ...view } = object?.view ?? {};
        expect(described).toMatchObject({ id: object?.id, project: sampleProject() });
        expect({ ...described?.state, ...sets(described?.state) }).toMatchObject({
          ...view,
          ...sets(object?.view),
        });
        if (described === undefined) return;
        const { state } = described;
        const found = compareToDescribe({
          operations,
          described: state,
          realIdOf: () => undefined,
        });
        expect(found).toBe("holds");
      }),
      { numRuns: 60 },
    );
  });
});

/** Types and tags in an order that does not matter. */
function sets(state?: ObjectState): object {
  return { types: state?.types.toSorted(byText), tags: state?.tags.toSorted(byText) };
}
