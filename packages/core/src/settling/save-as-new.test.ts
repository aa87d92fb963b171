import { describe, expect, test } from "vitest";
import type { LocalKey } from "../ids.ts";
import type { JsonText } from "../json.ts";
import { ModelPlatform } from "../outcomes/model-platform.test-support.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";
import { seededRandom } from "../testing/seeded-random.ts";
import { choicesFor } from "./choices.ts";
import { rebase } from "./rebase.ts";
import { at, Device, epoch } from "./replay.test-support.ts";
import { saveAsNew, type SavedAsNew } from "./save-as-new.ts";

const id = sampleRealId(1);
const random = seededRandom(3);

/** A record with edits of all kinds, which somebody closed after changing its tags. */
async function closedElsewhere(): Promise<{ readonly device: Device; readonly key: LocalKey }> {
  const device = await Device.open();
  const key = await device.pull(id, {
    name: null,
    folder: "/f",
    types: ["T"],
    details: '{"a":1}' as JsonText,
  });
  await device.edit(key, { kind: "setDetails", details: '{"a":2.50}' as JsonText });
  await device.edit(key, { kind: "rename", name: "mine" });
  await device.edit(key, { kind: "addTypes", types: ["U"] });
  await device.edit(key, { kind: "close" });
  const theirs = {
    name: null,
    folder: "/f",
    types: ["T"],
    tags: ["theirs"],
    details: '{"a":1}' as JsonText,
  };
  const described = sampleState({ ...theirs, state: "closed" });
  await device.store.write(rebase({ epoch, key, described, at }));
  return { device, key };
}

async function save(device: Device, key: LocalKey, place: number): Promise<SavedAsNew> {
  const row = (await device.lane(key))[place];
  if (row === undefined) throw new Error("There is an operation to save.");
  return await device.store.write(saveAsNew({ lane: key, operation: row.id, random, at }));
}

describe("saving as new", () => {
  test("makes an open record of the closed one and all that is parked for it", async () => {
    const { device, key } = await closedElsewhere();
    const before = await device.lane(key);
    const { created, saved } = await save(device, key, 0);
    expect(saved).toEqual([before[0]?.id, before[2]?.id]);
    expect(await device.object(created.key)).toMatchObject({
      view: {
        state: "open",
        name: "mine",
        folder: "/f",
        types: ["T", "U"],
        details: '{"a":2.50}',
        tags: ["theirs"],
      },
      pending: 1,
    });
    expect((await device.lane(key)).map(({ operation }) => operation.kind)).toEqual([
      "rename",
      "close",
    ]);
    expect(await device.object(key)).toMatchObject({ pending: 2, parked: 0 });
    const history = await device.store.scan("history", { limit: 10 });
    expect(history.map(({ kind, outcome, savedAs }) => [kind, outcome, savedAs])).toEqual([
      ["setDetails", "savedAsNew", created.key],
      ["addTypes", "savedAsNew", created.key],
    ]);
    const platform = new ModelPlatform();
    const step = await device.step(created.key, (path, body) => platform.send(path, body));
    expect(step?.outcome).toBe("done");
    expect([...platform.records.values()][0]).toMatchObject({ state: "open", name: "mine" });
  });

  test("names a copy of an unnamed record by its id", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { name: null });
    await device.edit(key, { kind: "addTypes", types: ["U"] });
    const described = sampleState({ name: null, state: "closed" });
    await device.store.write(rebase({ epoch, key, described, at }));
    const { created } = await save(device, key, 0);
    expect((await device.object(created.key))?.view.name).toBe(id);
  });

  test("is for such edits only, and offered for no others", async () => {
    const { device, key } = await closedElsewhere();
    const object = await device.object(key);
    const lane = await device.lane(key);
    expect(lane.map((row) => choicesFor(row, object))).toEqual([
      ["saveAsNew", "discard"],
      ["edit", "discard"],
      ["saveAsNew", "discard"],
      ["discard"],
    ]);
    await expect(save(device, key, 1)).rejects.toMatchObject({ code: "InvalidState" });
    const [first] = lane;
    await save(device, key, 0);
    const again = saveAsNew({ lane: key, operation: first?.id ?? ("" as never), random, at });
    await expect(device.store.write(again)).rejects.toMatchObject({ code: "ResourceNotFound" });
  });

  test("is refused while the object is open: then the edit itself can still be made", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    const platform = new ModelPlatform();
    await device.edit(key, { kind: "addTypes", types: ["poison"] });
    await device.step(key, (path, body) => platform.send(path, body));
    await expect(save(device, key, 0)).rejects.toMatchObject({ code: "InvalidState" });
  });
});
