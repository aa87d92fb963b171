import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { acknowledge } from "../settling/acknowledge.ts";
import { failureOf } from "../failure.ts";
import { fromLocalKey, type LocalKey, type ProvisionalId } from "../ids.ts";
import { journalNext } from "./journal-next.ts";
import type { JsonText } from "../json.ts";
import { ModelPlatform } from "../outcomes/model-platform.test-support.ts";
import { at, Device, emptyInput, epoch } from "../settling/replay.test-support.ts";
import { sampleRealId } from "../testing/sample-rows.ts";

const firstAttempt = { wallAt: at, monotonicAt: 0, process: "test" };

function linksTo(ids: readonly string[]): JsonText {
  return JSON.stringify(ids.map((id) => ({ $dnanexus_link: id }))) as JsonText;
}

function idOf(key: LocalKey): ProvisionalId {
  return fromLocalKey(key).id as ProvisionalId;
}

describe("journalling", () => {
  test("writes the request down before it leaves, and says which operations it carries", async () => {
    const device = await Device.open();
    const key = await device.create(emptyInput);
    await device.edit(key, { kind: "addTags", tags: ["a"] });
    const row = await device.journal(key);
    expect(row).toMatchObject({ path: "/record/new", epoch, lane: key, firstAttempt });
    const lane = await device.lane(key);
    expect(lane.map((one) => one.request)).toEqual([row?.number, row?.number]);
    expect(row?.operations).toEqual(lane.map((one) => one.sequence));
    expect(await device.store.get("journal", [row?.number ?? 0])).toEqual([row]);
  });

  test("is strict and fenced", () => {
    const write = journalNext({ lane: "p/o" as LocalKey, epoch: 7, firstAttempt, aliases: [] });
    expect(write).toMatchObject({ durability: "strict", fence: 7 });
  });

  test("of an engine that has been replaced is refused", async () => {
    const device = await Device.open();
    const lane = await device.create(emptyInput);
    const late = journalNext({ lane, epoch: epoch - 1, firstAttempt, aliases: [] });
    const error: unknown = await device.store.write(late).catch((caught: unknown) => caught);
    expect(failureOf(error)).toMatchObject({ code: "Fenced" });
    expect(await device.store.count("journal")).toBe(0);
  });

  test("is one request at a time in a lane, whatever is called meanwhile", async () => {
    const device = await Device.open();
    const lane = await device.create(emptyInput);
    const row = await device.journal(lane);
    await device.edit(lane, { kind: "addTags", tags: ["late"] });
    const next = await device.store.write(journalNext({ lane, epoch, firstAttempt, aliases: [] }));
    expect(next).toEqual({ kind: "inFlight", request: row?.number });
    expect(row?.body).not.toContain("late");
  });

  test("is idle in an empty lane, and in one that nobody knows", async () => {
    const device = await Device.open();
    const known = await device.pull(sampleRealId(1), {});
    for (const lane of [known, `${known}x` as LocalKey]) {
      const write = journalNext({ lane, epoch, firstAttempt, aliases: [] });
      expect(await device.store.write(write)).toEqual({ kind: "idle" });
    }
  });

  test("waits for the real id of an object that is mentioned, and writes it in once it may read it", async () => {
    const device = await Device.open();
    const donor = await device.create(emptyInput);
    const sample = await device.create({ ...emptyInput, details: linksTo([idOf(donor)]) });
    const next = (aliases: readonly ProvisionalId[]) =>
      device.store.write(journalNext({ lane: sample, epoch, firstAttempt, aliases }));
    expect(await next([idOf(donor)])).toEqual({
      kind: "waiting",
      waitsFor: [idOf(donor)],
      behind: [],
    });

    const create = await device.journal(donor);
    const ack = { epoch, id: sampleRealId(7), at, outcome: "acked" } as const;
    if (create !== undefined) await device.store.write(acknowledge(create, ack));
    expect(await next([])).toEqual({ kind: "waiting", waitsFor: [idOf(donor)], behind: [] });
    const journalled = await next([idOf(donor)]);
    expect(journalled).toMatchObject({ kind: "journalled" });
    expect(JSON.stringify(journalled)).toContain(sampleRealId(7));
  });

  test("brings every web of links to the platform, whoever links to whom and whenever", async () => {
    const size = 4;
    const one = fc.nat({ max: size - 1 });
    const edits = fc.array(
      fc.record({ from: one, to: fc.array(one, { maxLength: 3 }), asProperty: fc.boolean() }),
      {
        maxLength: 8,
      },
    );
    const created = fc.array(fc.array(one, { maxLength: 3 }), { minLength: size, maxLength: size });
    await fc.assert(
      fc.asyncProperty(created, edits, fc.array(one, { maxLength: 8 }), async (...drawn) => {
        const [inputs, links, sendsFirst] = drawn;
        const device = await Device.open();
        const platform = new ModelPlatform();
        const send = (path: string, body: string) => platform.send(path, body);
        const keys: LocalKey[] = [];
        for (const targets of inputs) {
          const earlier = targets.flatMap((target) => keys[target] ?? []).map(idOf);
          keys.push(await device.create({ ...emptyInput, details: linksTo(earlier) }));
        }
        for (const { from, to, asProperty } of links) {
          const ids = to.flatMap((target) => keys[target] ?? []).map(idOf);
          const key = keys[from] as LocalKey;
          if (asProperty) {
            await device.edit(key, { kind: "setProperties", properties: { of: ids[0] ?? "none" } });
          } else await device.edit(key, { kind: "setDetails", details: linksTo(ids) });
        }
        for (const key of keys) await device.edit(key, { kind: "close" });
        for (const first of sendsFirst) await device.step(keys[first] as LocalKey, send);
        for (let sent = true; sent; ) {
          sent = false;
          for (const key of keys) sent = (await device.step(key, send)) !== undefined || sent;
        }

        expect(platform.records.size).toBe(size);
        const real = await device.store.get("aliases", keys.map(idOf));
        for (const [index, key] of keys.entries()) {
          const object = await device.object(key);
          const record = platform.records.get(real[index]?.id ?? "");
          expect(object).toMatchObject({
            pending: 0,
            realId: record?.id,
            view: { state: "closed" },
          });
          let details = object?.view.details ?? "";
          for (const [at, alias] of real.entries()) {
            details = details.replaceAll(idOf(keys[at] as LocalKey), alias?.id ?? "");
          }
          expect(JSON.parse(record?.details ?? "")).toEqual(JSON.parse(details));
          expect(record?.state).toBe("closed");
        }
      }),
      { numRuns: 150 },
    );
  });
});
