import { describe, expect, test } from "vitest";
import { type FileLab, fileLabOf, openFileLab, someBytes } from "../files/files.test-support.ts";
import { createPlatform, openPlatform } from "../create-platform.ts";
import { MemoryPersistence } from "../persistence/memory-persistence.ts";
import { IndexedDbPersistence } from "../persistence/indexed-db-persistence.ts";
import { labOf, labProjects, labUsers } from "../platform.test-support.ts";
import { IDBFactory } from "fake-indexeddb";
import { VirtualClock } from "@holdfast/core/testing";
import { WorldFileError } from "./world-reader.ts";

/** Files in every state, and a part in every state. */
async function someFiles(
  lab: FileLab,
): Promise<Record<"open" | "closed" | "closing" | "old", string>> {
  const old = await lab.newFile({ name: "old" });
  await lab.announce(old, { bytes: someBytes(9) });
  await lab.clock.advance(24 * 3_600_000);
  const open = await lab.newFile({ name: "open", media: "text/plain" });
  await lab.upload(open, { index: 2, bytes: someBytes(70_000) });
  await lab.announce(open, { index: 10, bytes: someBytes(3) });
  await lab.call(`/${open}/upload`, { index: 11 });
  const closed = await lab.closedFile(someBytes(100));
  const closing = await lab.newFile();
  await lab.upload(closing, { bytes: someBytes(5) });
  await lab.close(closing);
  return { open, closed, closing, old };
}

test("two runs of the same uploads give byte-identical worlds", async () => {
  const [one, two] = [openFileLab(), openFileLab()];
  await someFiles(one);
  await someFiles(two);
  expect(JSON.stringify(one.platform.snapshot())).toBe(JSON.stringify(two.platform.snapshot()));
  expect(JSON.stringify(one.platform.requests)).toBe(JSON.stringify(two.platform.requests));
});

test("a restored world has its files with their content, and its URLs are good there", async () => {
  const lab = openFileLab();
  const { open, closed, closing, old } = await someFiles(lab);
  const upload = await lab.announce(open, { index: 3, bytes: someBytes(4) });
  const download = await lab.link(closed, { preauthenticated: true });
  const text = JSON.stringify(lab.platform.snapshot());
  expect(JSON.parse(text)).toMatchObject({
    parts: expect.arrayContaining([
      expect.objectContaining({
        file: closed,
        base64: Buffer.from(someBytes(100)).toString("base64"),
      }),
    ]) as unknown,
  });
  const platform = createPlatform({ clock: lab.clock, users: [] });
  await platform.restore(JSON.parse(text));
  expect(JSON.stringify(platform.snapshot())).toBe(text);
  const again = fileLabOf(labOf(platform, lab.clock));
  expect(await again.parts(open)).toEqual(await lab.parts(open));
  expect((await again.put(upload, someBytes(4))).status).toBe(200);
  expect(await (await again.get(download)).bytes()).toEqual(someBytes(100));
  await again.clock.advance(50);
  expect(await again.describe(closing)).toMatchObject({ state: "closed", size: 5 });
  await again.clock.advance(72 * 3_600_000);
  expect((await again.call(`/${old}/describe`)).error).toBe("ResourceNotFound");
});

const implementations = [
  ["in memory", () => new MemoryPersistence()],
  ["in IndexedDB", () => new IndexedDbPersistence({ factory: new IDBFactory() })],
] as const;

describe.each(implementations)("files saved %s", (_, prepare) => {
  test("are there again, byte for byte, and leave nothing behind", async () => {
    const persistence = prepare();
    const clock = new VirtualClock();
    const options = { seed: 7, clock, users: labUsers, projects: labProjects, persistence };
    const lab = fileLabOf(labOf(await openPlatform(options), clock));
    const { open, closed, closing, old } = await someFiles(lab);
    const again = fileLabOf(labOf(await openPlatform(options), clock));
    expect(JSON.stringify(again.platform.snapshot())).toBe(JSON.stringify(lab.platform.snapshot()));
    expect(await (await again.get(await again.link(closed))).bytes()).toEqual(someBytes(100));
    await again.clock.advance(50);
    const objects = [open, closed, closing, old];
    await again.call(`/${again.project}/removeObjects`, { objects });
    expect((await persistence.load())?.parts).toEqual([]);
  });
});

type Writable = Record<string, unknown>;
const row = (file: Writable, table: string, index = 0): Writable =>
  (file[table] as Writable[])[index] as Writable;

test.each<[string, (part: Writable) => unknown]>([
  ["file", (part) => (part["file"] = "file-000000000000000000000000")],
  ["index", (part) => (part["index"] = 0)],
  ["index", (part) => (part["index"] = "1")],
  ["state", (part) => (part["state"] = "lost")],
  ["state", (part) => (part["state"] = "pending")],
  ["size", (part) => (part["size"] = 7)],
  ["size", (part) => (part["size"] = -1)],
  ["md5", (part) => (part["md5"] = "x")],
  ["base64", (part) => (part["base64"] = "%")],
  ["base64", (part) => delete part["base64"]],
  ["stored", (part) => (part["stored"] = "../../etc/passwd")],
])("a part whose %s cannot be is refused, with the path named", async (key, spoil) => {
  const lab = openFileLab();
  await lab.closedFile(someBytes(100));
  const file = JSON.parse(JSON.stringify(lab.platform.snapshot())) as Writable;
  spoil(row(file, "parts"));
  const refused = await lab.platform.restore(file).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WorldFileError);
  expect((refused as WorldFileError).path).toBe(`world.parts[0].${key}`);
});

test.each<[string, (file: Writable) => unknown]>([
  ["world.objects[0].file", (file) => delete row(file, "objects")["file"]],
  ["world.objects[0].file.media", (file) => (row(file, "objects")["file"] = {})],
  ["world.parts", (file) => (file["parts"] = {})],
  ["world.parts[1].index", (file) => (file["parts"] = [row(file, "parts"), row(file, "parts")])],
])("a world whose %s cannot be is refused", async (path, spoil) => {
  const lab = openFileLab();
  await lab.closedFile(someBytes(100));
  const file = JSON.parse(JSON.stringify(lab.platform.snapshot())) as Writable;
  spoil(file);
  const refused = await lab.platform.restore(file).catch((error: unknown) => error);
  expect((refused as WorldFileError).path).toBe(path);
});

test("a world from before there were files is a world", async () => {
  const lab = openFileLab();
  await lab.newRecord();
  const { parts, ...file } = lab.platform.snapshot();
  expect(parts).toEqual([]);
  await lab.platform.restore(file);
  expect(lab.platform.snapshot()).toEqual({ ...file, parts });
});
