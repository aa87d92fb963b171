import { expect, test } from "vitest";
import { type FileLab, minimumPart, openFileLab, someBytes } from "../files/files.test-support.ts";
import type { WorldFile } from "../world/world-file.ts";

test("a close takes its time on the clock, and the size comes with the end", async () => {
  const { call, clock, close, newFile, platform, upload } = openFileLab();
  const id = await newFile();
  await upload(id, { index: 1, bytes: someBytes(minimumPart) });
  await upload(id, { index: 2, bytes: someBytes(10) });
  const closedAt = clock.now() + 55;
  expect((await close(id)).body).toEqual({ id });
  const describe = async () =>
    (await call(`/${id}/describe`, { fields: { state: true, size: true, modified: true } })).body;
  expect(await describe()).toEqual({ id, state: "closing", modified: clock.now() });
  await clock.advance(54);
  expect(await describe()).toMatchObject({ state: "closing" });
  await clock.advance(1);
  const closed = { id, state: "closed", size: minimumPart + 10, modified: closedAt };
  expect(await describe()).toEqual(closed);
  await clock.advance(1000);
  expect(await describe()).toEqual(closed);
  expect(platform.effects.slice(-2)).toMatchObject([
    { route: "/file-xxxx/close", user: "user-ada", changed: { state: ["open", "closing"] } },
    { route: "/file-xxxx/closed", at: closedAt, changed: { state: ["closing", "closed"] } },
  ]);
});

test("how long a close takes is a setting", async () => {
  const { clock, close, describe, newFile, upload } = openFileLab({
    files: { closingMs: 0, closingMsPerMiB: 100 },
  });
  const [small, large] = [await newFile(), await newFile()];
  await upload(small, { bytes: someBytes(3) });
  await upload(large, { bytes: someBytes(1024 * 1024) });
  await close(small);
  await close(large);
  expect(await describe(small)).toMatchObject({ state: "closed" });
  expect(await describe(large)).toMatchObject({ state: "closing" });
  await clock.advance(100);
  expect(await describe(large)).toMatchObject({ state: "closed" });
});

test("a search finds a file in the state that time has brought it to", async () => {
  const { call, clock, close, newFile, project, upload } = openFileLab();
  const id = await newFile();
  await upload(id, { bytes: someBytes(3) });
  await close(id);
  const find = async (state: string) =>
    (await call("/system/findDataObjects", { class: "file", state, scope: { project } })).body[
      "results"
    ];
  expect(await find("closed")).toEqual([]);
  await clock.advance(50);
  expect(await find("closed")).toEqual([{ project, id }]);
  expect(await find("closing")).toEqual([]);
});

test("a repeated close changes nothing, and says so", async () => {
  const { clock, close, newFile, platform, upload } = openFileLab();
  const id = await newFile();
  await upload(id, { bytes: someBytes(3) });
  await close(id);
  const detail = expect.stringContaining("closing") as string;
  expect((await close(id)).body).toEqual({ id, detail });
  await clock.advance(50);
  const { length } = platform.effects;
  expect((await close(id)).body).toEqual({ id, detail: expect.any(String) as string });
  expect(platform.effects).toHaveLength(length);
});

const west = async (lab: FileLab): Promise<string> => {
  const { body } = await lab.call("/project/new", { name: "West", region: "azure:westus" });
  return body["id"] as string;
};

test.each<[string, (lab: FileLab) => Promise<string>, string | undefined]>([
  ["no part where an empty one is allowed", (lab) => lab.newFile(), "no part"],
  [
    "an empty part where one is allowed",
    async (lab) => {
      const id = await lab.newFile();
      await lab.upload(id, { bytes: someBytes(0) });
      return id;
    },
    undefined,
  ],
  [
    "a pending part",
    async (lab) => {
      const id = await lab.newFile();
      await lab.upload(id, { index: 1, bytes: someBytes(minimumPart) });
      await lab.announce(id, { index: 2, bytes: someBytes(1) });
      return id;
    },
    "part 2 is pending",
  ],
  [
    "a part before the last that is too small",
    async (lab) => {
      const id = await lab.newFile();
      await lab.upload(id, { index: 3, bytes: someBytes(minimumPart - 1) });
      await lab.upload(id, { index: 7, bytes: someBytes(1) });
      return id;
    },
    "part 3 has",
  ],
  [
    "gaps between its parts",
    async (lab) => {
      const id = await lab.newFile();
      await lab.upload(id, { index: 3, bytes: someBytes(minimumPart) });
      await lab.upload(id, { index: 7, bytes: someBytes(1) });
      return id;
    },
    undefined,
  ],
  [
    "an empty last part where every part may be empty",
    async (lab) => {
      const id = await lab.newFile();
      await lab.upload(id, { index: 1, bytes: someBytes(minimumPart) });
      await lab.upload(id, { index: 2, bytes: someBytes(0) });
      return id;
    },
    undefined,
  ],
  [
    "no part where an empty one is not allowed",
    async (lab) => await lab.newFile({ project: await west(lab) }),
    undefined,
  ],
  [
    "an empty last part where it is not allowed",
    async (lab) => {
      const id = await lab.newFile({ project: await west(lab) });
      await lab.upload(id, { index: 1, bytes: someBytes(1) });
      await lab.upload(id, { index: 2, bytes: someBytes(0) });
      return id;
    },
    "part 2 is empty",
  ],
  [
    "parts of one byte where that is enough",
    async (lab) => {
      const id = await lab.newFile({ project: await west(lab) });
      await lab.upload(id, { index: 1, bytes: someBytes(1) });
      await lab.upload(id, { index: 2, bytes: someBytes(1) });
      return id;
    },
    undefined,
  ],
])("a close of a file with %s", async (_, make, problem) => {
  const lab = openFileLab();
  const id = await make(lab);
  const answer = await lab.close(id);
  if (problem === undefined) {
    expect(answer.body).toEqual({ id });
    await lab.clock.advance(1000);
    expect(await lab.describe(id)).toMatchObject({ state: "closed" });
  } else {
    expect([answer.error, answer.text]).toEqual(["InvalidState", expect.stringContaining(problem)]);
    expect(await lab.describe(id)).toMatchObject({ state: "open" });
  }
});

test.each([
  [1024, undefined],
  [1025, "InvalidState"],
])("a close of %d of the largest parts of a region: %s", async (count, error) => {
  const lab = openFileLab();
  const id = await lab.newFile();
  // Nobody uploads 5 TiB: a world in which somebody has.
  const file = JSON.parse(JSON.stringify(lab.platform.snapshot())) as WorldFile;
  const md5 = "d41d8cd98f00b204e9800998ecf8427e";
  const parts = Array.from({ length: count }, (_, index) => ({
    file: id,
    index: index + 1,
    state: "complete" as const,
    size: 5_368_709_120,
    md5,
    stored: `${id}-${index + 1}-${md5}`,
  }));
  await lab.platform.restore({ ...file, parts });
  expect((await lab.close(id)).error).toBe(error);
});

test("a close takes UPLOAD", async () => {
  const { call, newFile } = openFileLab();
  const id = await newFile();
  expect((await call(`/${id}/close`, {}, { token: "vic-token" })).error).toBe("PermissionDenied");
  expect((await call(`/${id}/close`, {}, { token: "una-token" })).error).toBe("InvalidState");
});

test("from closing on, fixed fields stand, and free ones take CONTRIBUTE", async () => {
  const { call, close, newFile, project, upload } = openFileLab();
  const id = await newFile();
  await upload(id, { bytes: someBytes(3) });
  await close(id);
  expect((await call(`/${id}/addTypes`, { types: [] })).error).toBe("InvalidState");
  const rename = { project, name: "b" };
  expect((await call(`/${id}/rename`, rename, { token: "una-token" })).error).toBe(
    "PermissionDenied",
  );
  expect((await call(`/${id}/rename`, rename, { token: "cora-token" })).status).toBe(200);
});
