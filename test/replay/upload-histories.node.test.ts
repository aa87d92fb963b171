import { seededRandom } from "@holdfast/core/testing";
import type { Fault } from "@holdfast/platform";
import { expect, test } from "vitest";
import type { ReplayTab } from "./replay-world.ts";
import { complete, cut, md5Of, openUploadWorld, partSize, someBytes } from "./upload-world.ts";

const seeds = Array.from({ length: 30 }, (_, index) => index + 1);

const paths = [
  "/storage/upload",
  "/storage/upload",
  "/file-xxxx/upload",
  "/file-xxxx/upload",
  "/file/new",
  "/file-xxxx/close",
  "/system/describeDataObjects",
] as const;

const faults: readonly Fault[] = [
  { kind: "cutBeforeEffect" },
  { kind: "cutAfterEffect" },
  { kind: "late", afterMs: 7_000 },
  { kind: "late", afterMs: 40_000, caller: "hangs" },
  { kind: "double", afterMs: 0 },
  { kind: "double", afterMs: 9_000 },
  { kind: "truncate" },
  { kind: "garbage" },
  { kind: "garbage", afterEffect: true },
  { kind: "throttle", retryAfterS: 2 },
  { kind: "latency", ms: 3_000 },
  { kind: "staleUrl" },
  { kind: "slowTransfer" },
];

test.each(seeds)(
  "history %i ends with each file closed once, with the content that was attached to it",
  async (seed) => {
    await using uploads = await openUploadWorld(`upload-history:${seed}`);
    const { world } = uploads;
    const random = seededRandom(`upload-history:${seed}`);
    let draws = 0;
    const draw = (below: number): number => Math.floor(random.fraction(`${draws++}`) * below);
    const contents = [5 * partSize + 7, 1, 3 * partSize, 0].map((size, index) =>
      someBytes(size, seed * 10 + index),
    );
    const keys = await Promise.all(
      contents.map((bytes, index) => uploads.makeFile(bytes, { close: index !== 2 })),
    );
    let tab: ReplayTab | undefined = await uploads.openTab();
    for (let step = 0; step < 12; step++) {
      const kind = draw(10);
      if (kind < 6) {
        const fault = faults[draw(faults.length)] as Fault;
        world.platform.faults.next(paths[draw(paths.length)] as string, fault, 1 + draw(3));
      } else if (kind < 8) {
        tab?.process.kill();
        tab = await uploads.openTab();
      } else if (kind === 8) {
        world.isOnline = !world.isOnline;
      } else {
        tab.process.freeze();
        const frozen = tab;
        tab = await uploads.openTab();
        await world.run(draw(20_000));
        frozen.process.thaw();
      }
      await world.run(draw(4_000));
    }
    world.isOnline = true;
    world.platform.faults.clear();
    await world.edit(keys[2] as (typeof keys)[0], "close");
    tab.engine.resume();
    for (const key of keys) await uploads.untilClosed(key);
    for (const [index, key] of keys.entries()) {
      const bytes = contents[index] as Uint8Array;
      const id = await uploads.realIdOf(key);
      expect(await world.describe(id)).toMatchObject({ state: "closed", size: bytes.length });
      expect(await uploads.partsOf(id)).toEqual(complete(cut(bytes, partSize)));
      expect(md5Of(await uploads.bytesOf(id))).toBe(md5Of(bytes));
      const row = await uploads.object(key);
      expect(row?.closedWithForeignChange).toBeUndefined();
    }
    const made = world.platform.effects.filter(({ route }) => route === "/file/new");
    expect(made).toHaveLength(contents.length);
    expect(await world.outbox()).toEqual([]);
    expect(world.errors).toEqual([]);
    expect(world.lapsed).toEqual([]);
  },
);
