import type { LocalKey } from "@holdfast/core";
import { expect, test } from "vitest";
import { complete, cut, md5Of, openUploadWorld, partSize, someBytes } from "./upload-world.ts";

const bytes = someBytes(6 * partSize + 10);
const inFlight = 4;

/** A moment at which the sender's process dies: before or after so many calls of this kind. */
interface Death {
  readonly of: "announce" | "put" | "describe" | "close";
  readonly moment: "before" | "after";
  /** Counted from 1. */
  readonly nth: number;
}

const kindOf = (request: Request): Death["of"] | undefined => {
  if (request.method === "PUT") return "put";
  const { pathname } = new URL(request.url);
  if (/^\/file-[^/]+\/upload$/.test(pathname)) return "announce";
  if (pathname.endsWith("/close")) return "close";
  return pathname === "/system/describeDataObjects" ? "describe" : undefined;
};

const deaths: readonly Death[] = [
  ...Array.from({ length: 7 }, (_, index) => index + 1).flatMap((nth) =>
    (["announce", "put"] as const).flatMap((of) =>
      (["before", "after"] as const).map((moment) => ({ of, moment, nth })),
    ),
  ),
  ...[1, 2, 3].flatMap((nth) =>
    (["before", "after"] as const).map((moment) => ({ of: "describe" as const, moment, nth })),
  ),
  { of: "close", moment: "before", nth: 1 },
  { of: "close", moment: "after", nth: 1 },
];

test.each(deaths)(
  "a sender killed $moment $of $nth leaves the rest to another tab, which sends only what was in flight again",
  async ({ of, moment, nth }) => {
    await using uploads = await openUploadWorld(`${of}:${moment}:${nth}`);
    const { world } = uploads;
    const key = await uploads.makeFile(bytes, { close: true });
    const first = await uploads.openTab();
    const before = world.wrapFetch;
    let calls = 0;
    world.wrapFetch = (fetch) => async (request) => {
      if (first.process.isDead || kindOf(request) !== of) return await before(fetch)(request);
      calls += 1;
      if (calls !== nth) return await before(fetch)(request);
      if (moment === "before") {
        first.process.kill();
        throw new TypeError("fetch failed");
      }
      const response = await before(fetch)(request);
      first.process.kill();
      return response;
    };
    await world.run(1_000);
    await uploads.openTab();
    await uploads.untilClosed(key);
    expect(first.process.isDead).toBe(true);
    const id = await uploads.realIdOf(key);
    expect(await uploads.partsOf(id)).toEqual(complete(cut(bytes, partSize)));
    expect(md5Of(await uploads.bytesOf(id))).toBe(md5Of(bytes));
    const sent = uploads.puts.reduce((sum, put) => sum + put.bytes, 0);
    expect(sent - bytes.length).toBeLessThanOrEqual(inFlight * partSize);
    const news = world.platform.effects.filter(({ route }) => route === "/file/new");
    expect(news).toHaveLength(1);
    expect(world.errors).toEqual([]);
    expect(world.lapsed).toEqual([]);
  },
);

test("five kills in a row send no more than what was in flight at each", async () => {
  await using uploads = await openUploadWorld("five kills");
  const { world } = uploads;
  const many = someBytes(40 * partSize + 1);
  const key = await uploads.makeFile(many, { close: true });
  const before = world.wrapFetch;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.method === "PUT") await new Promise<void>((go) => void world.clock.timer(200, go));
    return await before(fetch)(request);
  };
  for (let kill = 0; kill < 5; kill++) {
    const tab = await uploads.openTab();
    await world.run(900 + 130 * kill);
    tab.process.kill();
    await world.run(15_000);
  }
  await uploads.openTab();
  await uploads.untilClosed(key);
  const sent = uploads.puts.reduce((sum, put) => sum + put.bytes, 0);
  expect(sent - many.length).toBeLessThanOrEqual(5 * inFlight * partSize);
  expect(md5Of(await uploads.bytesOf(await uploads.realIdOf(key)))).toBe(md5Of(many));
});

test("a tab that is frozen in the middle sends nothing under its lapsed lease when it thaws", async () => {
  await using uploads = await openUploadWorld("frozen");
  const { world } = uploads;
  const key: LocalKey = await uploads.makeFile(bytes, { close: true });
  const before = world.wrapFetch;
  world.wrapFetch = (fetch) => async (request) => {
    if (request.method === "PUT") await new Promise<void>((go) => void world.clock.timer(300, go));
    return await before(fetch)(request);
  };
  const first = await uploads.openTab();
  await world.run(500);
  first.process.freeze();
  await uploads.openTab();
  await world.run(20_000);
  first.process.thaw();
  await uploads.untilClosed(key);
  expect(world.lapsed).toEqual([]);
  expect(md5Of(await uploads.bytesOf(await uploads.realIdOf(key)))).toBe(md5Of(bytes));
});
