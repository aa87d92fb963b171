import { describe, expect, test } from "vitest";
import { acknowledge, acknowledgeFound } from "./acknowledge.ts";
import type { ObjectId, ProvisionalId } from "../ids.ts";
import { fromLocalKey } from "../ids.ts";
import { journalNext } from "../planning/journal-next.ts";
import type { JsonText } from "../json.ts";
import { parkOperations, parkRequest } from "./park.ts";
import { at, Device, emptyInput, epoch } from "./replay.test-support.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";

const id = sampleRealId(1);
const ack = { epoch, id, at, outcome: "acked" } as const;

describe("an acknowledged create", () => {
  test("gives the object its real id, an alias and a history, and keeps its key", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const local = fromLocalKey(key).id;
    await device.edit(key, { kind: "close" });
    const row = await device.journalled(key);
    const more = { requestId: "r-1", serverOffsetMs: 500 };
    const { object, history } = await device.store.write(acknowledge(row, { ...ack, ...more }));

    expect(object).toMatchObject({
      key,
      id: local,
      realId: id,
      pending: 0,
      view: { state: "closed" },
    });
    expect(object).not.toHaveProperty("base");
    expect(await device.object(key)).toEqual(object);
    expect(await device.store.get("aliases", [local as ProvisionalId])).toMatchObject([
      { id, local },
    ]);
    expect(history.map(({ kind }) => kind)).toEqual(["create", "close"]);
    expect(await device.store.scan("history", { limit: 10 })).toEqual(history);
    expect(history[0]).toMatchObject({
      user: "user-ada",
      endedAt: at,
      platformAt: at + 500,
      requestId: "r-1",
      outcome: "acked",
    });
    expect(await device.store.count("outbox")).toBe(0);
    expect(await device.store.count("journal")).toBe(0);
  });

  test("leaves what was called meanwhile pending on the new base", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const row = await device.journalled(key);
    await device.edit(key, { kind: "addTags", tags: ["late"] });
    const { object } = await device.store.write(acknowledge(row, ack));
    expect(object).toMatchObject({ pending: 1, base: { tags: [] }, view: { tags: ["late"] } });
  });

  test("leaves the row of a close to the look at the object, and twice writes nothing the second time", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    await device.store.write(acknowledge(await device.journalled(key), ack));
    await device.edit(key, { kind: "close" });
    const row = await device.journalled(key);
    const { object } = await device.store.write(acknowledge(row, ack));
    expect(object).toMatchObject({ pending: 0, unsettled: true });
    expect(await device.store.scan("journal", { limit: 10 })).toEqual([row]);
    const nothing = { object: undefined, history: [] };
    expect(await device.store.write(acknowledge(row, ack))).toEqual(nothing);
    expect(await device.store.scan("journal", { limit: 10 })).toEqual([row]);
  });

  test("twice writes nothing the second time", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const row = await device.journalled(key);
    await device.store.write(acknowledge(row, ack));
    await device.edit(key, { kind: "addTags", tags: ["later"] });
    const again = await device.store.write(acknowledge(row, { ...ack, id: sampleRealId(2) }));
    expect(again).toEqual({ object: undefined, history: [] });
    expect(await device.object(key)).toMatchObject({ realId: id, pending: 1 });
  });

  test("that left out what mentions itself keeps its row as what is left, and is acked when all is there", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const own = fromLocalKey(key).id;
    const [row] = await device.lane(key);
    const details = JSON.stringify({ $dnanexus_link: own }) as JsonText;
    await device.store.write({
      durability: "strict",
      reads: {},
      decide: () => ({
        puts: [
          {
            table: "outbox",
            row: {
              ...(row as NonNullable<typeof row>),
              operation: {
                kind: "create",
                class: "record",
                input: { ...emptyInput, details, properties: { a: "1", me: own }, close: true },
              },
            },
          },
        ],
        result: undefined,
      }),
    });
    const first = await device.journalled(key);
    expect(JSON.parse(first.body)).toMatchObject({ properties: { a: "1" } });
    expect(first.body).not.toContain("$dnanexus_link");
    expect(first.body).not.toContain('"close"');
    const created = await device.store.write(acknowledge(first, ack));
    expect(created.history).toEqual([]);
    expect(created.object).toMatchObject({
      realId: id,
      base: { state: "open", properties: { a: "1" } },
    });
    expect(created.object?.view).toMatchObject({
      state: "closed",
      properties: { a: "1", me: own },
    });

    const sent: string[] = [];
    for (
      let next = await device.journal(key);
      next !== undefined;
      next = await device.journal(key)
    ) {
      sent.push(`${next.path} ${next.body}`);
      await device.store.write(acknowledge(next, ack));
    }
    expect(sent).toEqual([
      `/${id}/setDetails {"$dnanexus_link":"${id}"}`,
      expect.stringContaining(`"properties":{"me":"${id}"}`),
      `/${id}/close {}`,
    ]);
    const history = await device.store.scan("history", { limit: 10 });
    expect(history[0]).toMatchObject({ kind: "create", id: row?.id, sequence: row?.sequence });
    expect(new Set(history.map((one) => one.id)).size).toBe(3);
    expect(await device.object(key)).toMatchObject({ pending: 0, view: { state: "closed" } });
  });

  test("found with another's edits shows them", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    const row = await device.journalled(key);
    const described = sampleState({ name: "n", tags: ["theirs"], state: "closed" });
    const { object, history } = await device.store.write(
      acknowledge(row, { ...ack, outcome: "found", described }),
    );
    expect(object?.view).toEqual(described);
    expect(history).toMatchObject([{ outcome: "found" }]);
  });
});

describe("an acknowledged edit", () => {
  test("moves the base and keeps what is behind it in the view", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { tags: ["a"] });
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    const row = await device.journalled(key);
    await device.edit(key, { kind: "removeTags", tags: ["a"] });
    const { object } = await device.store.write(acknowledge(row, ack));
    expect(object).toMatchObject({ base: { tags: ["a", "b"] }, view: { tags: ["b"] }, pending: 1 });
  });

  test("that shows the object closed elsewhere parks what can no longer be done, as a conflict", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    const row = await device.journalled(key);
    await device.edit(key, { kind: "addTypes", types: ["T"] });
    await device.edit(key, { kind: "close" });
    const described = sampleState({ state: "closed", tags: ["b"] });
    const { object } = await device.store.write(acknowledge(row, { ...ack, described }));
    expect(object).toMatchObject({ pending: 2, parked: 1, view: { state: "closed", types: [] } });
    const [parked] = await device.lane(key);
    expect(parked?.parked?.reason).toMatchObject({ code: "Conflict", object: id });
  });

  test("never takes a state back that was known", async () => {
    const device = await Device.open();
    const key = await device.pull(id, { state: "closed" });
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    const row = await device.journalled(key);
    const described = sampleState({ state: "open", tags: ["b"] });
    const { object } = await device.store.write(acknowledge(row, { ...ack, described }));
    expect(object?.view.state).toBe("closed");
  });

  test("is relaxed and fenced", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    await device.edit(key, { kind: "close" });
    const row = await device.journalled(key);
    expect(acknowledge(row, ack)).toMatchObject({ durability: "relaxed", fence: epoch });
    const late = acknowledge(row, { ...ack, epoch: epoch - 1 });
    await expect(device.store.write(late)).rejects.toMatchObject({ code: "Fenced" });
    expect(await device.object(key)).toMatchObject({ pending: 1 });
  });
});

describe("what a survey finds done", () => {
  test("is acked without a request, and the rest stays", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    const first = await device.edit(key, { kind: "addTags", tags: ["a"] });
    await device.edit(key, { kind: "addTags", tags: ["b"] });
    const described = sampleState({ tags: ["a", "theirs"] });
    const found = { ...ack, outcome: "found", described } as const;
    const write = acknowledgeFound({ lane: key, operations: [first ?? 0], ack: found });
    const { object, history } = await device.store.write(write);
    expect(history).toMatchObject([{ sequence: first, outcome: "found" }]);
    expect(object).toMatchObject({ pending: 1, view: { tags: ["a", "theirs", "b"] } });
    expect((await device.store.write(write)).object).toBeUndefined();
  });

  test("is not what a request carries meanwhile", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    const first = await device.edit(key, { kind: "addTags", tags: ["a"] });
    await device.journalled(key);
    const found = { ...ack, outcome: "found", described: sampleState({ tags: ["a"] }) } as const;
    const write = acknowledgeFound({ lane: key, operations: [first ?? 0], ack: found });
    expect((await device.store.write(write)).object).toBeUndefined();
    expect(await device.object(key)).toMatchObject({ pending: 1 });
  });
});

describe("a parked edit of a field", () => {
  test("retried while a later one is on its way ends when that one is done", async () => {
    const device = await Device.open();
    const key = await device.pull(id as ObjectId, {});
    const reason = { code: "PermissionDenied", message: "no" } as const;
    const first = await device.edit(key, { kind: "rename", name: "first" });
    const refused = await device.journalled(key);
    await device.store.write(parkRequest(refused, { epoch, reason, at }));
    await device.edit(key, { kind: "rename", name: "second" });
    const row = await device.journalled(key);
    expect((await device.retry(key)).retried).toHaveLength(1);
    const { object, history } = await device.store.write(acknowledge(row, ack));
    expect(object).toMatchObject({ pending: 0, view: { name: "second" } });
    expect(history.map(({ sequence, outcome }) => [sequence, outcome])).toContainEqual([
      first,
      "overridden",
    ]);
    expect(await device.journal(key)).toBeUndefined();
  });

  test("of other elements is left as it is", async () => {
    const device = await Device.open();
    const key = await device.pull(id, {});
    const reason = { code: "PermissionDenied", message: "no" } as const;
    const first = await device.edit(key, { kind: "addTags", tags: ["a", "b"] });
    await device.store.write(
      parkOperations({ epoch, lane: key, operations: [first ?? 0], reason, at }),
    );
    await device.edit(key, { kind: "addTags", tags: ["c"] });
    await device.edit(key, { kind: "removeTags", tags: ["b"] });
    for (let row = await device.journal(key); row !== undefined; row = await device.journal(key)) {
      await device.store.write(acknowledge(row, ack));
    }
    expect(await device.lane(key)).toMatchObject([{ operation: { kind: "addTags", tags: ["a"] } }]);
    const write = journalNext({
      lane: key,
      epoch,
      firstAttempt: { wallAt: at, monotonicAt: 0, process: "test" },
      aliases: [],
    });
    expect(await device.store.write(write)).toEqual({ kind: "idle" });
  });
});
