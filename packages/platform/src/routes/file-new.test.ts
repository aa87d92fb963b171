import { expect, test } from "vitest";
import { openFileLab } from "../files/files.test-support.ts";

test("a new file is open, empty, live and of no size", async () => {
  const { call, newFile, project } = openFileLab();
  const id = await newFile({ media: "text/plain", name: "a.txt" });
  expect((await call(`/${id}/describe`)).body).toMatchObject({
    id,
    class: "file",
    project,
    name: "a.txt",
    state: "open",
    media: "text/plain",
    archivalState: "live",
  });
  const { body } = await call(`/${id}/describe`, {
    fields: { size: true, parts: true, media: true },
  });
  expect(body).toEqual({ id, media: "text/plain", parts: {} });
  expect((await call(`/${await newFile()}/describe`)).body).toMatchObject({ media: "" });
  const older = await call(`/${id}/describe`, { parts: true });
  expect(older.body).toMatchObject({ parts: {}, name: "a.txt" });
  expect((await call(`/${id}/describe`, { parts: 1 })).error).toBe("InvalidInput");
});

test("a file takes what every object takes, and its create is in the effect log", async () => {
  const lab = openFileLab();
  const { call, newFile, platform, project } = lab;
  const id = await newFile({
    folder: "/a/b",
    parents: true,
    tags: ["t"],
    types: ["T"],
    hidden: true,
    properties: { ".holdfast-key": "k" },
    details: { n: 1 },
    media: "image/png",
    nonce: "n",
  });
  expect(platform.effects).toMatchObject([
    { id, project, key: "k", nonce: "n", changed: { media: [null, "image/png"] } },
  ]);
  const again = { project, nonce: "n" };
  expect((await call("/file/new", again)).error).toBe("InvalidInput");
  expect((await call(`/${id}/getDetails`)).text).toBe('{"n":1}');
  expect((await call(`/${id}/rename`, { project, name: "z" })).status).toBe(200);
  expect((await call(`/${id}/addTypes`, { types: ["U"] })).status).toBe(200);
  expect((await call(`/${id}/listProjects`)).body).toEqual({ [project]: "ADMINISTER" });
  expect(await lab.describe(id)).toMatchObject({ name: "z", types: ["T", "U"], folder: "/a/b" });
});

test("the same nonce gives the same file", async () => {
  const { newFile } = openFileLab();
  expect(await newFile({ nonce: "n" })).toBe(await newFile({ nonce: "n" }));
});

test.each([
  [{ media: 1 }, "InvalidInput"],
  [{ drive: "drive-000000000000000000000000" }, "InvalidInput"],
  [{ symlinkPath: {} }, "InvalidInput"],
  [{ folder: "/none" }, "ResourceNotFound"],
  [{ project: "record-000000000000000000000000" }, "InvalidType"],
] as const)("a create with %j is %s", async (input, error) => {
  const { call, project, platform } = openFileLab();
  expect((await call("/file/new", { project, ...input })).error).toBe(error);
  expect(platform.effects).toEqual([]);
});

test("a create takes UPLOAD, and a project that takes data from outside", async () => {
  const { call, project, platform } = openFileLab();
  expect((await call("/file/new", { project }, { token: "vic-token" })).error).toBe(
    "PermissionDenied",
  );
  expect((await call("/file/new", { project }, { token: "una-token" })).status).toBe(200);
  await platform.control.setFlags(project, { externalUploadRestricted: true });
  expect((await call("/file/new", { project })).error).toBe("PermissionDenied");
  expect((await call("/record/new", { project })).status).toBe(200);
});
