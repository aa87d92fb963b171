import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isFixedFieldOperation } from "../objects/lifecycle.ts";
import { ModelPlatform } from "../outcomes/model-platform.test-support.ts";
import { parkOperations } from "./park.ts";
import { rebase } from "./rebase.ts";
import { at, Device, emptyInput, epoch } from "./replay.test-support.ts";
import { edit } from "../objects/rules.test-support.ts";
import { sampleProject, sampleRealId, sampleState } from "../testing/sample-rows.ts";

const objectId = sampleRealId(1);
const freeEdit = edit.filter(({ kind }) => !isFixedFieldOperation(kind) && kind !== "close");

/** Rights come and go from round to round. */
const round = fc.record({
  level: fc.constantFrom("UPLOAD" as const, "CONTRIBUTE" as const),
  calls: fc.array(freeEdit, { maxLength: 3 }),
  sends: fc.nat({ max: 4 }),
  retries: fc.boolean(),
  sendsAfterRetry: fc.nat({ max: 2 }),
});

async function closedObject(): Promise<{
  readonly device: Device;
  readonly key: Awaited<ReturnType<Device["pull"]>>;
  readonly platform: ModelPlatform;
}> {
  const device = await Device.open();
  const key = await device.pull(objectId, { name: null, state: "closed" });
  return { device, key, platform: platformWithObject() };
}

function platformWithObject(): ModelPlatform {
  const platform = new ModelPlatform();
  const input = { project: sampleProject(), nonce: "theirs", close: true };
  platform.send("/record/new", JSON.stringify(input));
  return platform;
}

describe("retrying what was parked", () => {
  test("brings no old value back over a newer one, whenever it comes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(round, { maxLength: 8 }), async (rounds) => {
        const { device, key, platform } = await closedObject();
        const inCallOrder = platformWithObject();
        const send = (path: string, body: string) => platform.send(path, body);
        for (const { level, calls, sends, retries, sendsAfterRetry } of rounds) {
          platform.level = level;
          for (const operation of calls) {
            await device.edit(key, operation);
            const { kind, ...input } = operation;
            inCallOrder.send(`/${objectId}/${kind}`, JSON.stringify(input));
          }
          for (let sent = 0; sent < sends; sent++) await device.step(key, send);
          if (retries) await device.retry(key);
          for (let sent = 0; sent < sendsAfterRetry; sent++) await device.step(key, send);
        }
        platform.level = "CONTRIBUTE";
        await device.retry(key);
        while ((await device.step(key, send)) !== undefined);

        expect(platform.summary(objectId)).toEqual(inCallOrder.summary(objectId));
        const object = await device.object(key);
        expect(object).toMatchObject({ pending: 0, parked: 0 });
        expect(platform.summary(objectId)).toMatchObject({ name: object?.view.name });
        expect(platform.records.get(objectId)?.tags).toEqual(new Set(object?.view.tags));
        expect(await device.store.count("outbox")).toBe(0);
      }),
      { numRuns: 500 },
    );
  });

  test("ends a rename without a request where a later one took effect meanwhile", async () => {
    const { device, key, platform } = await closedObject();
    const send = (path: string, body: string) => platform.send(path, body);
    platform.level = "UPLOAD";
    const first = await device.edit(key, { kind: "rename", name: "first" });
    await device.step(key, send);
    platform.level = "CONTRIBUTE";
    await device.edit(key, { kind: "rename", name: "second" });
    await device.step(key, send);

    const [parked] = await device.lane(key);
    expect(parked).toMatchObject({ sequence: first, overridden: true });
    const retried = await device.retry(key);
    expect(retried).toEqual({ retried: [], overridden: [parked?.id] });
    const history = await device.store.scan("history", { limit: 10 });
    expect(history.map((row) => row.outcome).toSorted()).toEqual(["acked", "overridden"]);
    expect(await device.object(key)).toMatchObject({ pending: 0, view: { name: "second" } });
  });

  test("keeps of a parked setProperties what no later one has set", async () => {
    const { device, key, platform } = await closedObject();
    const send = (path: string, body: string) => platform.send(path, body);
    platform.level = "UPLOAD";
    await device.edit(key, { kind: "setProperties", properties: { a: "old", b: "old" } });
    await device.step(key, send);
    platform.level = "CONTRIBUTE";
    await device.edit(key, { kind: "setProperties", properties: { a: "new" } });
    await device.step(key, send);
    await device.retry(key);
    const step = await device.step(key, send);
    expect(step?.journal.body).toBe(
      JSON.stringify({ project: sampleProject(), properties: { b: "old" } }),
    );
    expect(await device.object(key)).toMatchObject({
      view: { properties: { a: "new", b: "old" } },
    });
  });

  test("of a close goes behind what was called since, in the view as on the platform", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const close = await device.edit(key, { kind: "close" });
    const reason = { code: "PermissionDenied", message: "no" } as const;
    const park = { epoch, lane: key, operations: [close ?? 0], reason, at };
    await device.store.write(parkOperations(park));
    await device.edit(key, { kind: "addTypes", types: ["T"] });
    expect((await device.retry(key)).retried).toHaveLength(1);
    expect(await device.object(key)).toMatchObject({
      parked: 0,
      view: { state: "closed", types: ["T"] },
    });
    const { body } = await device.journalled(key);
    expect(JSON.parse(body)).toMatchObject({ close: true, types: ["T"] });
  });

  test("parks an edit of a closed object again at once, and does not say it was retried", async () => {
    const device = await Device.open();
    const key = await device.pull(objectId, { name: null });
    const platform = platformWithObject();
    await device.edit(key, { kind: "addTypes", types: ["T"] });
    await device.step(key, (path, body) => platform.send(path, body));
    const described = sampleState({ name: null, state: "closed" });
    await device.store.write(rebase({ epoch, key, at, described }));
    expect(await device.retry(key)).toEqual({ retried: [], overridden: [] });
    const [parked] = await device.lane(key);
    expect(parked?.parked?.reason.code).toBe("Conflict");
  });
});
