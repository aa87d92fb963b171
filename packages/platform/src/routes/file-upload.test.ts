import { expect, test } from "vitest";
import { md5Of, openFileLab, someBytes } from "../files/files.test-support.ts";

test("an upload answers where and how to PUT, and the part is pending until then", async () => {
  const { announce, clock, newFile, parts, put } = openFileLab();
  const id = await newFile();
  const bytes = someBytes(300);
  const md5 = md5Of(bytes);
  const link = await announce(id, { bytes });
  expect(link.url).toMatch(/^http:\/\/platform\.holdfast\.invalid\/storage\/upload\//);
  expect(link.url).toContain(id);
  expect(link.expires).toBe(clock.now() + 3_600_000);
  expect(link.headers).toEqual({
    "content-type": "application/octet-stream",
    "content-length": "300",
    "content-md5": Buffer.from(md5, "hex").toString("base64"),
  });
  expect(await parts(id)).toEqual({ 1: { size: 300, md5, state: "pending" } });
  const response = await put(link, bytes);
  expect([response.status, await response.text()]).toEqual([200, ""]);
  expect(await parts(id)).toEqual({ 1: { size: 300, md5, state: "complete" } });
});

test("size and MD5 need not be announced, and the index is 1 where it is not given", async () => {
  const { call, newFile, parts, put } = openFileLab();
  const id = await newFile();
  const { body } = await call(`/${id}/upload`);
  const link = { url: body["url"] as string, headers: body["headers"] as object, expires: 0 };
  expect(link.headers).toEqual({ "content-type": "application/octet-stream" });
  expect(await parts(id)).toEqual({ 1: { state: "pending" } });
  expect((await put({ ...link, headers: { ...link.headers } }, "abc")).status).toBe(200);
  expect(await parts(id)).toEqual({
    1: { size: 3, md5: "900150983cd24fb0d6963f7d28e17f72", state: "complete" },
  });
});

test("a complete part that is announced again is pending again, and the last PUT wins", async () => {
  const { announce, newFile, parts, put, upload } = openFileLab();
  const id = await newFile();
  await upload(id, { bytes: someBytes(10) });
  const [one, two] = [someBytes(20), someBytes(30)];
  const first = await announce(id, { bytes: one });
  expect(await parts(id)).toMatchObject({ 1: { state: "pending", size: 20 } });
  const second = await announce(id, { bytes: two });
  await put(second, two);
  await put(first, one);
  expect(await parts(id)).toEqual({ 1: { size: 20, md5: md5Of(one), state: "complete" } });
});

test("parts come in any order, and keep theirs", async () => {
  const { newFile, parts, upload } = openFileLab();
  const id = await newFile();
  await Promise.all([11, 2, 1].map((index) => upload(id, { index, bytes: someBytes(index) })));
  expect(Object.keys(await parts(id))).toEqual(["1", "2", "11"]);
});

test.each([
  [{ index: 0 }],
  [{ index: 10_001 }],
  [{ index: "1" }],
  [{ index: 1.5 }],
  [{ size: -1 }],
  [{ size: 5_368_709_121 }],
  [{ size: "1" }],
  [{ md5: "D41D8CD98F00B204E9800998ECF8427E" }],
  [{ md5: "d41d8cd9" }],
  [{ md5: 1 }],
])("an upload of %j is InvalidInput, and announces nothing", async (input) => {
  const { call, newFile, parts } = openFileLab();
  const id = await newFile();
  expect((await call(`/${id}/upload`, input)).error).toBe("InvalidInput");
  expect(await parts(id)).toEqual({});
});

test("a region says how many parts there may be, and how large", async () => {
  const { call, newFile } = openFileLab();
  const { body } = await call("/project/new", { name: "West", region: "azure:westus" });
  const id = await newFile({ project: body["id"] as string });
  expect((await call(`/${id}/upload`, { index: 50_000, size: 4_194_304 })).status).toBe(200);
  expect((await call(`/${id}/upload`, { index: 50_001 })).error).toBe("InvalidInput");
  expect((await call(`/${id}/upload`, { size: 4_194_305 })).error).toBe("InvalidInput");
});

test("an upload takes UPLOAD, an open file, and a project that takes data", async () => {
  const { call, close, closedFile, newFile, newRecord, platform, project, upload } = openFileLab();
  const id = await newFile();
  expect((await call(`/${id}/upload`, {}, { token: "vic-token" })).error).toBe("PermissionDenied");
  expect((await call(`/${id}/upload`, {}, { token: "noa-token" })).error).toBe("ResourceNotFound");
  expect((await call(`/${await newRecord()}/upload`)).error).toBe("InvalidType");
  expect((await call(`/${await newRecord()}/download`)).error).toBe("InvalidType");
  await platform.control.setFlags(project, { externalUploadRestricted: true });
  expect((await call(`/${id}/upload`)).error).toBe("PermissionDenied");
  await platform.control.setFlags(project, { externalUploadRestricted: false });
  await upload(id, { bytes: someBytes(1) });
  await close(id);
  expect((await call(`/${id}/upload`)).error).toBe("InvalidState");
  const closed = await call(`/${await closedFile(someBytes(1))}/upload`);
  expect([closed.error, closed.text]).toEqual(["InvalidState", expect.stringContaining("closed")]);
});

test("announcing and completing a part are effects, repeating either is none", async () => {
  const { announce, newFile, platform, put } = openFileLab();
  const id = await newFile();
  const bytes = someBytes(5);
  const md5 = md5Of(bytes);
  const [pending, complete] = [
    { size: 5, md5, state: "pending" },
    { size: 5, md5, state: "complete" },
  ];
  const link = await announce(id, { bytes });
  await announce(id, { bytes });
  await put(link, bytes);
  await put(link, bytes);
  expect(platform.effects.slice(1)).toMatchObject([
    { route: "/file-xxxx/upload", user: "user-ada", id, changed: { "parts.1": [null, pending] } },
    { route: "/storage/upload", user: "user-ada", id, changed: { "parts.1": [pending, complete] } },
  ]);
});
