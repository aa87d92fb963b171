import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { archivingMs, unarchivingMs } from "../assumed.ts";
import { createPlatform } from "../create-platform.ts";
import { type FileLab, openFileLab, someBytes, storageError } from "../files/files.test-support.ts";
import type { PlatformOptions } from "../platform.ts";

const bytes = someBytes(1000);

async function stateOf({ call }: FileLab, id: string, project: string): Promise<unknown> {
  const input = { project, fields: { archivalState: true } };
  return (await call(`/${id}/describe`, input)).body["archivalState"];
}

test("a file goes into the archive and comes back, each in its time, and is not modified by it", async () => {
  const lab = openFileLab();
  const { call, clock, closedFile, platform, project } = lab;
  const id = await closedFile(bytes);
  const { modified } = await lab.describe(id);
  const archived = await call(`/${project}/archive`, { files: [id, id] });
  expect(archived.body).toEqual({ id: project, count: 1 });
  expect(await stateOf(lab, id, project)).toBe("archival");
  await clock.advance(archivingMs - 1);
  expect(await stateOf(lab, id, project)).toBe("archival");
  await clock.advance(1);
  expect(await stateOf(lab, id, project)).toBe("archived");
  const asked = await call(`/${project}/unarchive`, { files: [id], dryRun: true });
  expect(asked.body).toEqual({ id: project, files: 1, size: 1000 / 1024 ** 3, cost: 0 });
  expect(await stateOf(lab, id, project)).toBe("archived");
  await call(`/${project}/unarchive`, { files: [id], rate: "Expedited" });
  expect(await stateOf(lab, id, project)).toBe("unarchiving");
  await clock.advance(unarchivingMs.Expedited);
  expect(await stateOf(lab, id, project)).toBe("live");
  expect((await lab.describe(id))["modified"]).toBe(modified);
  const moves = platform.effects.flatMap(({ route, changed }) =>
    changed["archivalState"] === undefined ? [] : [[route, ...changed["archivalState"]]],
  );
  expect(moves).toEqual([
    ["/project-xxxx/archive", "live", "archival"],
    ["/file-xxxx/archival", "archival", "archived"],
    ["/project-xxxx/unarchive", "archived", "unarchiving"],
    ["/file-xxxx/archival", "unarchiving", "live"],
  ]);
});

test("only closed files in the right state are taken, and nothing of a call that names another", async () => {
  const lab = openFileLab();
  const { call, closedFile, newFile, newRecord, otherProject, project } = lab;
  const [id, open, record] = [await closedFile(bytes), await newFile(), await newRecord()];
  const archive = async (input: object, token = "ada-token") =>
    (await call(`/${project}/archive`, { ...input }, { token })).error;
  expect(await archive({ files: [id, open] })).toBe("InvalidState");
  expect(await archive({ files: [id, record] })).toBe("InvalidType");
  expect(await archive({ files: [id] }, "una-token")).toBe("PermissionDenied");
  expect(await archive({ folder: "/none" })).toBe("ResourceNotFound");
  expect((await call(`/${otherProject}/archive`, { files: [id] })).error).toBe("InvalidInput");
  expect((await call(`/${project}/unarchive`, { files: [id] })).error).toBe("InvalidState");
  for (const input of [{}, { files: [id], folder: "/" }, { files: id }, { folder: "f" }]) {
    expect(await archive(input)).toBe("InvalidInput");
  }
  const rate = { files: [id], rate: "Soon" };
  expect((await call(`/${project}/unarchive`, rate)).error).toBe("InvalidInput");
  expect(await stateOf(lab, id, project)).toBe("live");
  expect(await archive({ files: [id] }, "cora-token")).toBeUndefined();
  expect(await archive({ files: [id] })).toBe("InvalidState");
});

test("of a folder whatever is fit is taken, below it too unless the caller says no", async () => {
  const lab = openFileLab();
  const { call, closedFile, newFile, newRecord, project } = lab;
  await call(`/${project}/newFolder`, { folder: "/a/b", parents: true });
  const upper = await closedFile(bytes, { folder: "/a" });
  const lower = await closedFile(bytes, { folder: "/a/b" });
  await newFile({ folder: "/a" });
  await newRecord({ folder: "/a" });
  const count = async (input: object) =>
    (await call(`/${project}/archive`, { ...input })).body["count"];
  expect(await count({ folder: "/a", recurse: false })).toBe(1);
  expect([await stateOf(lab, upper, project), await stateOf(lab, lower, project)]).toEqual([
    "archival",
    "live",
  ]);
  expect(await count({ folder: "/" })).toBe(1);
  expect(await count({ folder: "/" })).toBe(0);
});

test("what is archived is not downloaded, also by a URL from before, until it is back", async () => {
  const lab = openFileLab();
  const { call, clock, closedFile, get, link, project } = lab;
  const id = await closedFile(bytes);
  const urls = [
    await link(id),
    await link(id, { preauthenticated: true, duration: 30 * 24 * 3600 }),
  ];
  await call(`/${project}/archive`, { files: [id] });
  expect((await call(`/${id}/download`)).error).toBe("InvalidState");
  for (const url of urls) {
    expect((await storageError(await get(url))).slice(0, 2)).toEqual([403, "InvalidObjectState"]);
  }
  await clock.advance(archivingMs);
  await call(`/${project}/unarchive`, { files: [id] });
  await clock.advance(unarchivingMs.Standard);
  for (const url of urls) expect((await get(url)).status).toBe(200);
  expect((await call(`/${id}/download`)).status).toBe(200);
});

test("each copy has its own state: asked for it is not cloned, and into another account only when it is live", async () => {
  const lab = openFileLab();
  const { call, clock, closedFile, project, otherProject, platform } = lab;
  const id = await closedFile(bytes);
  const clone = async (to: string) =>
    (await call(`/${project}/clone`, { objects: [id], project: to })).error;
  expect(await clone(otherProject)).toBeUndefined();
  await call(`/${project}/archive`, { files: [id] });
  expect(await stateOf(lab, id, otherProject)).toBe("live");
  expect((await call(`/${id}/download`)).status).toBe(200);
  const create = async (input: object) =>
    (await call("/project/new", { name: "p", ...input })).body["id"] as string;
  const [same, foreign] = [await create({}), await create({ billTo: "org-lab" })];
  expect(await clone(same)).toBe("InvalidState");
  const all = await call(`/${otherProject}/archive`, { files: [id], allCopies: true });
  expect(all.body["count"]).toBe(1);
  await clock.advance(archivingMs);
  expect(await clone(foreign)).toBe("InvalidState");
  expect(await clone(same)).toBeUndefined();
  expect(await stateOf(lab, id, same)).toBe("archived");
  expect(platform.snapshot().objects.flatMap(({ copies }) => copies)).toHaveLength(3);
});

/** A file with a copy in each of two projects of one account, the first one asked for. */
async function openAskedFor(options: PlatformOptions = {}) {
  const lab = openFileLab(options);
  const { call, clock, closedFile, project, otherProject } = lab;
  const id = await closedFile(bytes);
  await call(`/${project}/clone`, { objects: [id], project: otherProject });
  await call(`/${project}/archive`, { files: [id] });
  await clock.advance(30 * 24 * 3_600_000);
  return { ...lab, id, at: async (of = project) => await stateOf(lab, id, of) };
}

test("a copy that was asked for stays in archival as long as its account has another live one", async () => {
  const { at, call, clock, id, otherProject, project } = await openAskedFor();
  expect([await at(), await at(otherProject)]).toEqual(["archival", "live"]);
  expect((await call(`/${project}/unarchive`, { files: [id] })).error).toBe("InvalidState");
  await call(`/${otherProject}/archive`, { files: [id] });
  await clock.advance(archivingMs - 1);
  expect([await at(), await at(otherProject)]).toEqual(["archival", "archival"]);
  await clock.advance(1);
  expect([await at(), await at(otherProject)]).toEqual(["archived", "archived"]);
});

test.for<readonly [string, string, (id: string) => JsonObject]>([
  ["is removed", "removeObjects", (id) => ({ objects: [id] })],
  ["goes with its project", "destroy", () => ({})],
  ["is billed to another account", "update", () => ({ billTo: "org-lab" })],
])(
  "a copy that was asked for goes into the archive after the last live one %s",
  async ([, method, inputFor]) => {
    const { at, call, clock, id, otherProject } = await openAskedFor();
    expect((await call(`/${otherProject}/${method}`, inputFor(id))).status).toBe(200);
    await clock.advance(archivingMs - 1);
    expect(await at()).toBe("archival");
    await clock.advance(1);
    expect(await at()).toBe("archived");
  },
);

test("a copy that comes back takes the other ones of its account to archival, and a saved world knows", async () => {
  const { at, call, clock, id, otherProject, platform, project } = await openAskedFor();
  await call(`/${otherProject}/archive`, { files: [id] });
  await clock.advance(archivingMs);
  await call(`/${project}/unarchive`, { files: [id] });
  expect([await at(), await at(otherProject)]).toEqual(["unarchiving", "archived"]);
  await clock.advance(unarchivingMs.Standard);
  expect([await at(), await at(otherProject)]).toEqual(["live", "archival"]);
  const snapshot = platform.snapshot();
  const restored = createPlatform({ clock });
  await restored.restore(snapshot);
  expect(restored.snapshot()).toEqual(snapshot);
  await call(`/${project}/archive`, { files: [id] });
  await clock.advance(archivingMs);
  expect([await at(), await at(otherProject)]).toEqual(["archived", "archived"]);
});

test("how long the archive takes is a rule of the platform's", async () => {
  const rules = { archivingMs: 7, unarchivingMs: { Expedited: 1, Standard: 2, Bulk: 3 } };
  const lab = openFileLab({ files: rules });
  const { call, clock, closedFile, project } = lab;
  const id = await closedFile(bytes);
  await call(`/${project}/archive`, { files: [id] });
  await clock.advance(7);
  expect(await stateOf(lab, id, project)).toBe("archived");
  await call(`/${project}/unarchive`, { files: [id], rate: "Bulk" });
  await clock.advance(2);
  expect(await stateOf(lab, id, project)).toBe("unarchiving");
  await clock.advance(1);
  expect(await stateOf(lab, id, project)).toBe("live");
});

test("allCopies takes the live copies in the projects of the same account", async () => {
  const lab = openFileLab();
  const { call, closedFile, project, otherProject } = lab;
  const id = await closedFile(bytes);
  await call(`/${project}/clone`, { objects: [id], project: otherProject });
  const { body } = await call(`/${project}/archive`, { files: [id], allCopies: true });
  expect(body["count"]).toBe(2);
  expect(await stateOf(lab, id, otherProject)).toBe("archival");
});

test("a saved world goes on where it was, and search finds files by where their content is", async () => {
  const lab = openFileLab();
  const { call, clock, closedFile, platform, project } = lab;
  const id = await closedFile(bytes);
  await call(`/${project}/archive`, { files: [id] });
  const snapshot = platform.snapshot();
  const restored = createPlatform({ clock });
  await restored.restore(snapshot);
  expect(restored.snapshot()).toEqual(snapshot);
  const find = async (archivalState: string) =>
    (
      await call("/system/findDataObjects", {
        class: "file",
        scope: { project, folder: "/" },
        archivalState,
      })
    ).body["results"];
  expect([await find("archival"), await find("live")]).toEqual([[{ project, id }], []]);
  await clock.advance(archivingMs);
  expect(await find("archived")).toEqual([{ project, id }]);
  expect(restored.snapshot().objects[0]?.copies[0]?.archival).toEqual({ state: "archived" });
  const [row] = snapshot.objects;
  const odd = { ...row?.copies[0], archival: { state: "live" } };
  const bad = { ...snapshot, objects: [{ ...row, copies: [odd] }] };
  await expect(restored.restore(bad as typeof snapshot)).rejects.toThrow("archival");
});
