import { describeRow, type LocalKey } from "@holdfast/core";
import { expect, test } from "vitest";
import { project, user } from "./replay-world.ts";
import { md5Of, openUploadWorld, partSize, someBytes, type UploadWorld } from "./upload-world.ts";

const hourMs = 3_600_000;
const bytes = someBytes(3 * partSize + 10);

/** A file on the platform whose content is not there yet, and a sender that is gone. */
async function unfinished(
  uploads: UploadWorld,
  { close = false }: { readonly close?: boolean } = {},
): Promise<{ readonly key: LocalKey; readonly id: string }> {
  const { world } = uploads;
  const key = await uploads.makeFile(bytes, { close });
  world.platform.faults.next("/storage/upload", "cutBeforeEffect", 1_000);
  const tab = await uploads.openTab();
  await world.run(3_000);
  tab.process.kill();
  world.platform.faults.clear();
  const id = await uploads.realIdOf(key);
  expect(id).toMatch(/^file-/);
  return { key, id };
}

async function expectMadeAgain(
  uploads: UploadWorld,
  key: LocalKey,
  original: string,
): Promise<void> {
  const { world } = uploads;
  const object = await uploads.object(key);
  expect(object?.replaces).toBe(original);
  const told = object === undefined ? undefined : describeRow(object, () => undefined);
  expect(told?.replaces).toBe(original);
  expect(object?.realId).not.toBe(original);
  const id = await uploads.realIdOf(key);
  expect(await world.describe(id)).toMatchObject({ state: "closed", name: "reads" });
  expect(md5Of(await uploads.bytesOf(id))).toBe(md5Of(bytes));
  expect(await world.outbox()).toEqual([]);
  const [alias] = await world.app.get("aliases", [object?.id as never]);
  expect(alias?.id).toBe(id);
}

test("a file that the platform has abandoned becomes a new one under its provisional id", async () => {
  await using uploads = await openUploadWorld("abandoned");
  const { key, id } = await unfinished(uploads, { close: true });
  await uploads.world.run(30 * hourMs);
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectMadeAgain(uploads, key, id);
  const news = uploads.world.platform.effects.filter(({ route }) => route === "/file/new");
  expect(new Set(news.map((effect) => effect.key)).size).toBe(2);
});

test("a file that the platform has removed after days becomes a new one", async () => {
  await using uploads = await openUploadWorld("removed");
  const { key, id } = await unfinished(uploads, { close: true });
  await uploads.world.run(100 * hourMs);
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectMadeAgain(uploads, key, id);
});

test("a file whose content was there, and that was never closed, becomes a new one when it is", async () => {
  await using uploads = await openUploadWorld("unclosed");
  const { world } = uploads;
  const key = await uploads.makeFile(bytes);
  const tab = await uploads.openTab();
  await world.run(5_000);
  tab.process.kill();
  expect(await world.outbox()).toEqual([]);
  const id = await uploads.realIdOf(key);
  await world.run(30 * hourMs);
  await world.edit(key, "close");
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectMadeAgain(uploads, key, id);
});

test("what the metadata was by then, and what is pending, are the new file's", async () => {
  await using uploads = await openUploadWorld("metadata");
  const { world } = uploads;
  const { key } = await unfinished(uploads);
  const tab = await uploads.openTab();
  world.platform.faults.next("/storage/upload", "cutBeforeEffect", 1_000);
  await world.edit(key, "setProperties", { properties: { a: "1" } });
  await world.edit(key, "addTypes", { types: ["Reads"] });
  await world.run(3_000);
  tab.process.kill();
  world.platform.faults.clear();
  await world.edit(key, "addTags", { tags: ["pending"] });
  await world.edit(key, "close");
  await world.run(100 * hourMs);
  await uploads.openTab();
  await uploads.untilClosed(key);
  expect(await world.describe(await uploads.realIdOf(key))).toMatchObject({
    properties: { a: "1" },
    types: ["Reads"],
    tags: ["pending"],
    state: "closed",
  });
});

test("links of open objects are written anew, and those of closed ones stay", async () => {
  await using uploads = await openUploadWorld("links");
  const { world } = uploads;
  const { key } = await unfinished(uploads, { close: true });
  const file = (await uploads.object(key))?.id ?? "";
  const details = { reads: { $dnanexus_link: file } };
  const open = await world.create({ name: "open", details });
  const closed = await world.create({ name: "closed", details });
  await world.edit(closed.key, "close");
  world.platform.faults.next("/storage/upload", "cutBeforeEffect", 1_000);
  const tab = await uploads.openTab();
  await world.run(3_000);
  tab.process.kill();
  world.platform.faults.clear();
  const original = await uploads.realIdOf(key);
  await world.run(100 * hourMs);
  await uploads.openTab();
  await uploads.untilClosed(key);
  await world.drain();
  const id = await uploads.realIdOf(key);
  const describe = async (of: LocalKey) => await world.describe(await uploads.realIdOf(of));
  expect(await describe(open.key)).toMatchObject({ details: { reads: { $dnanexus_link: id } } });
  expect(await describe(closed.key)).toMatchObject({
    details: { reads: { $dnanexus_link: original } },
  });
});

test("what is gone sooner than the platform cleans up was removed by somebody, and parks", async () => {
  await using uploads = await openUploadWorld("sooner");
  const { world } = uploads;
  const { key, id } = await unfinished(uploads, { close: true });
  await world.run(20 * hourMs);
  await world.platform.control.act(user, `/${project}/removeObjects`, { objects: [id] });
  await uploads.openTab();
  await world.run(30_000);
  const rows = await world.outbox();
  expect(rows.map(({ parked }) => parked?.reason.code)).toEqual(["Removed", "Removed"]);
  expect((await uploads.object(key))?.replaces).toBeUndefined();
});

test("what was closed and is gone then is not made again", async () => {
  await using uploads = await openUploadWorld("closed");
  const { world } = uploads;
  const key = await uploads.makeFile(bytes, { close: true });
  const tab = await uploads.openTab();
  await uploads.untilClosed(key);
  tab.process.kill();
  const id = await uploads.realIdOf(key);
  await world.run(100 * hourMs);
  await world.platform.control.act(user, `/${project}/removeObjects`, { objects: [id] });
  await world.edit(key, "addTags", { tags: ["late"] });
  await uploads.openTab();
  await world.run(30_000);
  const [row] = await world.outbox();
  expect(row?.parked?.reason.code).toMatch(/Removed|ResourceNotFound/);
  expect(world.platform.effects.filter(({ route }) => route === "/file/new")).toHaveLength(1);
});

test("a kill while it is made again makes no third", async () => {
  await using uploads = await openUploadWorld("again killed");
  const { world } = uploads;
  const { key, id } = await unfinished(uploads, { close: true });
  await world.run(100 * hourMs);
  world.platform.faults.next("/file/new", "cutAfterEffect");
  const second = await uploads.openTab();
  await world.run(400);
  second.process.kill();
  await uploads.openTab();
  await uploads.untilClosed(key);
  await expectMadeAgain(uploads, key, id);
  expect(world.platform.effects.filter(({ route }) => route === "/file/new")).toHaveLength(2);
});
