import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acknowledge } from "./acknowledge.ts";
import { discard, discardPreview } from "./discard.ts";
import { fromLocalKey, type LocalKey, type OperationId } from "../ids.ts";
import type { JsonText } from "../json.ts";
import { parkInDoubt } from "./park.ts";
import { at, Device, emptyInput, epoch } from "./replay.test-support.ts";
import { edit } from "../objects/rules.test-support.ts";
import { sampleRealId } from "../testing/sample-rows.ts";

const id = sampleRealId(1);

async function discardAt(
  device: Device,
  key: LocalKey,
  { index, dependants = [] }: { readonly index: number; readonly dependants?: readonly LocalKey[] },
): Promise<ReturnType<typeof discardPreview>> {
  const operation = (await device.lane(key))[index]?.id ?? ("gone" as OperationId);
  return device.store.write(discard({ lane: key, operation, at, dependants }));
}

describe("discarding an edit", () => {
  test("takes it out of the view, and leaves the others", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { tags: ["old"] });
    await device.edit(key, { kind: "addTags", tags: ["a"] });
    await device.edit(key, { kind: "rename", name: "x" });
    const [row] = await device.lane(key);
    const result = await discardAt(device, key, { index: 0 });
    expect(result).toEqual({ discarded: [row?.id], parked: [] });
    expect(await device.object(key)).toMatchObject({
      pending: 1,
      view: { tags: ["old"], name: "x" },
    });
    const history = await device.store.scan("history", { limit: 10 });
    expect(history).toMatchObject([{ id: row?.id, outcome: "discarded", endedAt: at }]);
  });

  test("of all edits gives the object back as it was", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        async (edits, order) => {
          const device = await Device.open();
          const key = await device.pull(id, { tags: ["a"] });
          const before = await device.object(key);
          for (const operation of edits) await device.edit(key, operation);
          for (const drawn of order) {
            const lane = await device.lane(key);
            if (lane.length === 0) break;
            await discardAt(device, key, { index: drawn % lane.length });
          }
          expect(await device.object(key)).toEqual(before);
        },
      ),
    );
  });

  test("of a close opens the view again", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "close" });
    await discardAt(device, key, { index: 0 });
    expect(await device.object(key)).toMatchObject({ view: { state: "open" } });
  });
});

describe("discarding a create", () => {
  test("takes its object along and all that was done to it, and parks what mentions it", async () => {
    const device = await Device.open();
    const donor = await device.create(emptyInput);
    await device.edit(donor, { kind: "close" });
    const details = JSON.stringify([fromLocalKey(donor).id]) as JsonText;
    const sample = await device.create({ ...emptyInput, details });
    const other = await device.create(emptyInput);
    const lanes = await device.store.lanes([donor, sample, other]);
    const [donors = [], samples = [], others = []] = lanes;
    const [create] = donors;
    const preview = create && discardPreview(create, donors, [...samples, ...others]);

    const dependants = [sample, other, donor];
    const result = await discardAt(device, donor, { index: 0, dependants });
    expect(result).toEqual(preview);
    expect(result.discarded).toEqual(donors.map((row) => row.id));
    expect(result.parked).toEqual(samples.map((row) => row.id));
    expect(await device.object(donor)).toBeUndefined();
    expect(await device.lane(donor)).toEqual([]);
    expect((await device.lane(sample))[0]?.parked?.reason).toMatchObject({
      code: "DependencyParked",
      operation: create?.id,
    });
    expect(await device.object(sample)).toMatchObject({ parked: 1 });
    expect(await device.object(other)).toMatchObject({ parked: 0 });
  });

  test("that is on its way is refused and changes nothing", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    await device.journal(key);
    await expect(discardAt(device, key, { index: 0 })).rejects.toMatchObject({
      code: "InvalidState",
    });
    expect(await device.lane(key)).toHaveLength(1);
  });

  test("that is parked in doubt is possible, and drops its request", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const row = await device.journal(key);
    const reason = { code: "Undecidable", message: "two" } as const;
    if (row !== undefined) await device.store.write(parkInDoubt(row, { epoch, reason, at }));
    await discardAt(device, key, { index: 0 });
    expect(await device.object(key)).toBeUndefined();
    expect(await device.store.count("journal")).toBe(0);
  });

  test("that is done is refused: it is no longer in the outbox", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const [create] = await device.lane(key);
    const row = await device.journal(key);
    const ack = { epoch, id, at, outcome: "acked" } as const;
    if (row !== undefined) await device.store.write(acknowledge(row, ack));
    const operation = create?.id ?? ("gone" as OperationId);
    const late = discard({ lane: key, operation, at, dependants: [] });
    await expect(device.store.write(late)).rejects.toMatchObject({ code: "ResourceNotFound" });
    expect(await device.object(key)).toMatchObject({ realId: id });
  });
});

test("a discard is strict, and of any tab", () => {
  const write = discard({
    lane: "p/o" as LocalKey,
    operation: "o" as OperationId,
    at,
    dependants: [],
  });
  expect(write.durability).toBe("strict");
  expect(write.fence).toBeUndefined();
});
