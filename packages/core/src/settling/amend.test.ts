import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureOf } from "../failure.ts";
import { fromLocalKey, type LocalKey } from "../ids.ts";
import { parseChange } from "../input/parse-change.ts";
import type { JsonText } from "../json.ts";
import { ModelPlatform } from "../outcomes/model-platform.test-support.ts";
import { sampleProject, sampleRealId } from "../testing/sample-rows.ts";
import { amend } from "./amend.ts";
import { parkInDoubt, parkOperations, parkRequest } from "./park.ts";
import { at, Device, emptyInput, epoch } from "./replay.test-support.ts";

const id = sampleRealId(1);
const reason = { code: "InvalidInput", message: "no" } as const;
const settle = { epoch, reason, at };

/** Changes the operation at this place of the lane; the code of the refusal, where it is refused. */
async function change(
  device: Device,
  [key, place]: readonly [LocalKey, number],
  input: object,
): Promise<string | undefined> {
  const row = (await device.lane(key)).at(place);
  if (row === undefined) throw new Error("There is an operation to change.");
  try {
    const request = parseChange(row.operation, sampleProject(), input);
    await device.store.write(amend({ lane: key, operation: row.id, change: request, at }));
    return undefined;
  } catch (error) {
    return failureOf(error)?.code ?? String(error);
  }
}

describe("changing an operation", () => {
  test("that is parked puts the new input at its old place and lets it go", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "rename", name: "poison" });
    await device.store.write(parkRequest(await device.journalled(key), settle));
    await device.edit(key, { kind: "addTags", tags: ["a"] });
    const [before] = await device.lane(key);
    expect(await change(device, [key, 0], { name: "fine" })).toBeUndefined();
    const [row, tags] = await device.lane(key);
    expect(row).toEqual({
      ...before,
      operation: { kind: "rename", name: "fine" },
      parked: undefined,
    });
    expect(tags?.operation.kind).toBe("addTags");
    expect(await device.object(key)).toMatchObject({
      parked: 0,
      pending: 2,
      view: { name: "fine", tags: ["a"] },
    });
  });

  test("that was never sent is as good as having called it so", async () => {
    const device = await Device.open();
    const key = await device.create({ ...emptyInput, name: "wrong", tags: ["kept"] });
    await device.edit(key, { kind: "addTags", tags: ["a"] });
    expect(await change(device, [key, 0], { name: "right", detailsText: '{"n":1.10}' })).toBe(
      undefined,
    );
    expect(await change(device, [key, 1], { tags: ["b"] })).toBeUndefined();
    expect(await device.object(key)).toMatchObject({
      view: { name: "right", details: '{"n":1.10}', tags: ["kept", "b"] },
    });
    const { body } = await device.journalled(key);
    expect(body).toContain('"name":"right"');
    expect(body).toContain('{"n":1.10}');
  });

  test("of a refused create sends another body under another nonce and the same key", async () => {
    const device = await Device.open();
    const platform = new ModelPlatform();
    const send = (path: string, body: string) => platform.send(path, body);
    const key = await device.create({ ...emptyInput, name: "poison" });
    expect((await device.step(key, send))?.outcome).toBe("parked");
    const refused = (await device.lane(key))[0]?.create;
    expect(await change(device, [key, 0], { name: "fine" })).toBeUndefined();
    const step = await device.step(key, send);
    expect(step?.outcome).toBe("done");
    expect(step?.journal.key).toBe(refused?.key);
    expect(step?.journal.nonce).toBe(refused?.nonce);
    expect([...platform.records.values()].map(({ name }) => name)).toEqual(["fine"]);
  });

  test("of a refused create lets go what was refused with it, and nothing else", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    await device.edit(key, { kind: "rename", name: "x" });
    await device.store.write(parkRequest(await device.journalled(key), settle));
    const later = (await device.edit(key, { kind: "addTags", tags: ["t"] })) ?? 0;
    const because = { code: "DependencyParked", message: "no", operation: "" as never } as const;
    const park = { epoch, lane: key, operations: [later], reason: because, at };
    await device.store.write(parkOperations(park));
    expect(await change(device, [key, 0], { parents: true })).toBeUndefined();
    expect((await device.lane(key)).map(({ parked }) => parked?.reason.code)).toEqual([
      undefined,
      undefined,
      "DependencyParked",
    ]);
  });

  test("is refused while it is on its way, in doubt, or gone", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const [{ operation, id: operationId } = {}] = await device.lane(key);
    if (operation === undefined || operationId === undefined) throw new Error("It is there.");
    const journal = await device.journalled(key);
    expect(await change(device, [key, 0], { name: "late" })).toBe("InvalidState");
    await device.store.write(parkInDoubt(journal, settle));
    const before = await device.lane(key);
    expect(await change(device, [key, 0], { name: "late" })).toBe("InvalidState");
    expect(await device.lane(key)).toEqual(before);
    const other = await device.create(emptyInput);
    const request = parseChange(operation, sampleProject(), { name: "x" });
    const gone = amend({ lane: other, operation: operationId, change: request, at });
    await expect(device.store.write(gone)).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  test("is validated as a call: its input, what it mentions, the state of its object", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { state: "closed" });
    await device.edit(key, { kind: "rename", name: "x" });
    expect(await change(device, [key, 0], { name: "" })).toBe("InvalidInput");
    expect(await change(device, [key, 0], { tags: ["x"] })).toBe("InvalidInput");
    const made = await device.create(emptyInput);
    await device.edit(made, { kind: "setDetails", details: "{}" as JsonText });
    const nobody = "record-hold00000000000000000009";
    expect(await change(device, [made, 1], { details: [nobody] })).toBe("ResourceNotFound");
    await device.edit(made, { kind: "close" });
    expect(await change(device, [made, 2], {})).toBe("InvalidInput");
    expect(await change(device, [made, 0], { project: "project-x" })).toBe("InvalidInput");
  });

  test("of a create may mention what was made after it, and neither waits for ever", async () => {
    const device = await Device.open();
    const platform = new ModelPlatform();
    const send = (path: string, body: string) => platform.send(path, body);
    const first = await device.create({ ...emptyInput, name: "first" });
    const links = { back: fromLocalKey(first).id };
    const second = await device.create({
      ...emptyInput,
      details: JSON.stringify(links) as JsonText,
    });
    const details = { on: fromLocalKey(second).id };
    expect(await change(device, [first, 0], { details })).toBeUndefined();
    expect((await device.step(first, send))?.journal.body).not.toContain("-hold");
    expect((await device.step(second, send))?.outcome).toBe("done");
    expect((await device.step(first, send))?.outcome).toBe("done");
    expect(await device.store.count("outbox")).toBe(0);
    const [one, two] = [...platform.records.values()];
    expect(one?.details).toBe(JSON.stringify({ on: two?.id }));
    expect(two?.details).toBe(JSON.stringify({ back: one?.id }));
  });

  test("leaves what is seen and what the platform has the same, whatever was refused and mended", async () => {
    const word = fc.constantFrom("a", "b", "poison");
    const call = fc.oneof(
      word.map((name) => ({ kind: "rename", name }) as const),
      word.map((tag) => ({ kind: "addTags", tags: [tag] }) as const),
      word.map((type) => ({ kind: "addTypes", types: [type] }) as const),
      word.map((w) => ({ kind: "setDetails", details: `{"w":"${w}"}` as JsonText }) as const),
    );
    const rounds = fc.array(
      fc.record({
        calls: fc.array(call, { maxLength: 3 }),
        sends: fc.nat({ max: 3 }),
        mends: fc.boolean(),
      }),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(word, rounds, async (name, plan) => {
        const device = await Device.open();
        const platform = new ModelPlatform();
        const send = (path: string, body: string) => platform.send(path, body);
        const key = await device.create({ ...emptyInput, name });
        const mend = async (): Promise<void> => {
          for (const [place, row] of (await device.lane(key)).entries()) {
            if (row.parked === undefined) continue;
            const input = mended[row.operation.kind] ?? {};
            expect(await change(device, [key, place], input)).toBeUndefined();
          }
        };
        for (const { calls, sends, mends } of plan) {
          for (const operation of calls) await device.edit(key, operation);
          for (let sent = 0; sent < sends; sent++) await device.step(key, send);
          if (mends) await mend();
        }
        for (let tries = 0; tries < 4; tries++) {
          while ((await device.step(key, send)) !== undefined);
          await mend();
        }
        const { view, pending } = (await device.object(key)) ?? {};
        const [record] = platform.records.values();
        expect([pending, platform.records.size]).toEqual([0, 1]);
        expect(record?.name).toBe(view?.name);
        expect(record?.tags).toEqual(new Set(view?.tags));
        expect(record?.types).toEqual(new Set(view?.types));
        expect(record?.details).toBe(view?.details);
      }),
      { numRuns: 200 },
    );
  });
});

/** What a person writes instead of what was refused. */
const mended: Readonly<Record<string, object>> = {
  create: { name: "mended" },
  rename: { name: "mended" },
  addTags: { tags: ["mended"] },
  addTypes: { types: ["mended"] },
  setDetails: { details: { mended: true } },
};
