import { describe, expect, test } from "vitest";
import type { LocalKey } from "../ids.ts";
import type { JsonText } from "../json.ts";
import { sampleRealId, sampleState } from "../testing/sample-rows.ts";
import { parkRequest, releaseRequest } from "./park.ts";
import { rebase } from "./rebase.ts";
import type { DetailsAnswer, DetailsConflict } from "./rebase-details.ts";
import { at, Device, epoch } from "./replay.test-support.ts";

const id = sampleRealId(1);

interface World {
  readonly device: Device;
  readonly key: LocalKey;
}

/** An object whose details we have edited, one after the other, with the one they began with. */
async function edited(base: object, ...edits: readonly object[]): Promise<World> {
  const device = await Device.open();
  const key = await device.pull(id, { details: text(base) });
  for (const details of edits)
    await device.edit(key, { kind: "setDetails", details: text(details) });
  return { device, key };
}

async function see(
  { device, key }: World,
  theirs: object,
  resolve?: (conflict: DetailsConflict) => DetailsAnswer,
): Promise<void> {
  const described = sampleState({ details: text(theirs) });
  const details = resolve === undefined ? {} : { details: { resolve } };
  await device.store.write(rebase({ epoch, key, at, described, ...details }));
}

/** What each operation would set now, and why it is parked. */
async function outline({ device, key }: World): Promise<readonly unknown[]> {
  return (await device.lane(key)).map(({ operation, parked }) => {
    const details =
      operation.kind === "setDetails" ? (JSON.parse(operation.details) as object) : {};
    const { reason } = parked ?? {};
    return parked === undefined
      ? details
      : [details, reason?.code, (reason as { paths?: unknown }).paths];
  });
}

function text(value: object): JsonText {
  return JSON.stringify(value) as JsonText;
}

describe("details changed on both sides", () => {
  test("are merged, and sent with what somebody else has set", async () => {
    const world = await edited({ a: 1, b: 1 }, { a: 2, b: 1 });
    await see(world, { a: 1, b: 9 });
    expect(await outline(world)).toEqual([{ a: 2, b: 9 }]);
    const object = await world.device.object(world.key);
    expect(object?.view.details).toBe('{"a":2,"b":9}');
    expect((await world.device.journalled(world.key)).body).toContain('{"a":2,"b":9}');
  });

  test("at the same path park by default, ours there and theirs elsewhere", async () => {
    const world = await edited({ a: 1, b: 1 }, { a: 2, b: 1 });
    await see(world, { a: 3, b: 9 });
    expect(await outline(world)).toEqual([[{ a: 2, b: 9 }, "Conflict", ["/a"]]]);
    expect((await world.device.object(world.key))?.view.details).toBe('{"a":3,"b":9}');
    await world.device.retry(world.key);
    expect((await world.device.journalled(world.key)).body).toContain('{"a":2,"b":9}');
  });

  test.each<[string, DetailsAnswer, object]>([
    ["ours", "ours", { a: 2, b: 9, c: 1 }],
    ["theirs", "theirs", { a: 3, b: 9, c: 1 }],
    ["a third way", { details: text({ a: 5 }) }, { a: 5 }],
  ])("at the same path are resolved to %s where the app says so", async (_, answer, expected) => {
    const world = await edited({ a: 1, b: 1 }, { a: 2, b: 1, c: 1 });
    const asked: DetailsConflict[] = [];
    await see(world, { a: 3, b: 9 }, (conflict) => {
      asked.push(conflict);
      return answer;
    });
    expect(await outline(world)).toEqual([expected]);
    const [conflict] = asked;
    expect(conflict).toMatchObject({
      paths: ["/a"],
      base: '{"a":1,"b":1}',
      theirs: '{"a":3,"b":9}',
    });
  });

  test("park where the answer is no details", async () => {
    const world = await edited({ a: 1 }, { a: 2 });
    await see(world, { a: 3 }, () => ({ details: "5" as JsonText }));
    expect(await outline(world)).toEqual([[{ a: 2 }, "Conflict", ["/a"]]]);
  });

  test("of one edit after another are merged each with the one before it", async () => {
    const world = await edited({ a: 1, b: 1 }, { a: 2, b: 1 }, { a: 2, b: 2 });
    await see(world, { a: 1, b: 1, c: 1 });
    expect(await outline(world)).toEqual([
      { a: 2, b: 1, c: 1 },
      { a: 2, b: 2, c: 1 },
    ]);
  });

  test("park all that would overwrite the same, not the first alone", async () => {
    const world = await edited({ a: 1 }, { a: 2 }, { a: 2, b: 2 });
    await see(world, { a: 3 });
    expect(await outline(world)).toEqual([
      [{ a: 2 }, "Conflict", ["/a"]],
      [{ a: 2, b: 2 }, "Conflict", ["/a"]],
    ]);
  });

  test("that come to the same are done, without a request", async () => {
    const world = await edited({ a: 1 }, { a: 2 });
    await see(world, { a: 2, b: 1 });
    expect(await outline(world)).toEqual([]);
    const history = await world.device.store.scan("history", { limit: 10 });
    expect(history.map(({ outcome }) => outcome)).toEqual(["found"]);
  });

  test("while a request was in doubt are merged, sent anew or done, and its bytes are given up", async () => {
    const world = await edited({ a: 1 }, { a: 2 });
    const { device, key } = world;
    const described = sampleState({ details: text({ a: 1, b: 1 }) });
    await device.store.write(
      releaseRequest(await device.journalled(key), { epoch, at, described }),
    );
    expect(await outline(world)).toEqual([{ a: 2, b: 1 }]);
    const again = await device.journalled(key);
    const landed = sampleState({ details: text({ a: 2, b: 1, c: 1 }) });
    await device.store.write(releaseRequest(again, { epoch, at, described: landed }));
    expect(await outline(world)).toEqual([]);
  });

  test("of what is parked for something else are merged as well", async () => {
    const world = await edited({ a: 1, b: 1 }, { a: 2, b: 1 });
    const { device, key } = world;
    const reason = { code: "PermissionDenied", message: "no" } as const;
    await device.store.write(parkRequest(await device.journalled(key), { epoch, at, reason }));
    await see(world, { a: 1, b: 2 });
    expect(await outline(world)).toEqual([[{ a: 2, b: 2 }, "PermissionDenied", undefined]]);
    await see(world, { a: 4, b: 2 });
    expect(await outline(world)).toEqual([[{ a: 2, b: 2 }, "Conflict", ["/a"]]]);
  });
});
