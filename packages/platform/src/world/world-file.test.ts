import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { createPlatform } from "../create-platform.ts";
import { labOf, openLab, type Lab, unknownProject } from "../platform.test-support.ts";
import { WorldFileError } from "./world-reader.ts";
import type { WorldFile } from "./world-file.ts";

async function someCalls({ call, project, newRecord, clock }: Lab): Promise<void> {
  const a = await newRecord({
    name: "a",
    folder: "/f/g",
    parents: true,
    nonce: "n",
    details: { n: 1 },
  });
  await clock.advance(1500);
  const b = await newRecord({
    name: "b",
    properties: { z: "1", a: "2" },
    tags: ["t"],
    types: ["T"],
  });
  await call(`/${b}/setDetails`, '{"n": 1.000000000000000000001}');
  await call(`/${a}/close`);
  const c = await newRecord();
  await call(`/${project}/removeObjects`, { objects: [c] });
  await call("/project/new", { name: "Third" }, { token: "una-token" });
}

test("two runs of the same calls give byte-identical worlds", async () => {
  const [one, two] = [openLab(), openLab()];
  await someCalls(one);
  await someCalls(two);
  expect(JSON.stringify(one.platform.snapshot())).toBe(JSON.stringify(two.platform.snapshot()));
  expect(JSON.stringify(one.platform.requests)).toBe(JSON.stringify(two.platform.requests));
  const other = openLab({ seed: 8 });
  await someCalls(other);
  expect(JSON.stringify(other.platform.snapshot())).not.toBe(
    JSON.stringify(one.platform.snapshot()),
  );
});

test("a world holds no token", async () => {
  const lab = openLab();
  await someCalls(lab);
  const text = JSON.stringify(lab.platform.snapshot());
  for (const token of ["ada-token", "una-token"]) expect(text).not.toContain(token);
});

test("a restored world is the same world, and goes on as the first one would", async () => {
  const lab = openLab();
  await someCalls(lab);
  const file = JSON.parse(JSON.stringify(lab.platform.snapshot())) as WorldFile;
  const platform = createPlatform({ clock: lab.clock, users: [] });
  await platform.restore(file);
  expect(JSON.stringify(platform.snapshot())).toBe(JSON.stringify(file));

  const again = labOf(platform, lab.clock);
  const input = {
    project: lab.project,
    name: "a",
    folder: "/f/g",
    parents: true,
    nonce: "n",
    details: { n: 1 },
  };
  const replica = await again.call("/record/new", input);
  expect(replica.body["id"]).toBe(file.effects[0]?.id);
  expect((await again.call("/record/new", { ...input, name: "b" })).error).toBe("InvalidInput");
  expect(await again.newRecord()).toBe(await lab.newRecord());
  const find = {
    scope: { project: lab.project },
    describe: { defaultFields: true, fields: { details: true } },
  };
  expect((await again.call("/system/findDataObjects", find)).text).toBe(
    (await lab.call("/system/findDataObjects", find)).text,
  );
});

test("a snapshot stays as it was", async () => {
  const lab = openLab();
  await lab.newRecord();
  const before = lab.platform.snapshot();
  const text = JSON.stringify(before);
  await someCalls(lab);
  expect(JSON.stringify(before)).toBe(text);
});

test.each<[string, (file: Writable) => unknown]>([
  ["world.format", (file) => (file["format"] = "other")],
  ["world.version", (file) => (file["version"] = 2)],
  ["world.meta.seed", (file) => (file["meta"] = {})],
  ["world.users", (file) => (file["users"] = {})],
  ["world.users[0].id", (file) => (row(file, "users")["id"] = "ada")],
  ["world.users[1].id", (file) => (row(file, "users", 1)["id"] = "user-ada")],
  ["world.users[0].tokenHashes[0]", (file) => (row(file, "users")["tokenHashes"] = ["ada-token"])],
  [
    "world.users[0].tokenScopes.x",
    (file) => (row(file, "users")["tokenScopes"] = { x: { "*": "VIEW" } }),
  ],
  [
    "world.meta.drives[0].id",
    (file) => ((file["meta"] as Writable)["drives"] = [{ id: "drive-1" }]),
  ],
  ["world.projects[0].id", (file) => (row(file, "projects")["id"] = "x")],
  ["world.projects[0].version", (file) => (row(file, "projects")["version"] = -1)],
  [
    "world.projects[0].permissions.user-ada",
    (file) => (row(file, "projects")["permissions"] = { "user-ada": "ALL" }),
  ],
  ["world.projects[0].folders[0]", (file) => (row(file, "projects")["folders"] = ["/a/b"])],
  ["world.projects[0].settings.name", (file) => (row(file, "projects")["settings"] = {})],
  ["world.projects[0].settings.drive", (file) => (settings(file)["drive"] = 1)],
  [
    "world.projects[0].settings.allowedExecutables[0]",
    (file) => (settings(file)["allowedExecutables"] = [1]),
  ],
  ["world.objects[0].id", (file) => (row(file, "objects")["id"] = "record-1")],
  ["world.objects[0].state", (file) => (row(file, "objects")["state"] = "abandoned")],
  ["world.objects[0].details", (file) => (row(file, "objects")["details"] = "{")],
  ["world.objects[0].details", (file) => (row(file, "objects")["details"] = "1")],
  ["world.objects[0].types[0]", (file) => (row(file, "objects")["types"] = ["a-b"])],
  ["world.objects[0].hidden", (file) => (row(file, "objects")["hidden"] = null)],
  ["world.objects[0].own", (file) => (row(file, "objects")["own"] = {})],
  [
    "world.objects[0].own.editVersion",
    (file) => {
      row(file, "objects")["id"] = "workflow-000000000000000000000000";
      row(file, "objects")["own"] = { stages: [] };
    },
  ],
  ["world.objects[0].copies", (file) => (row(file, "objects")["copies"] = [])],
  ["world.objects[0].copies[0].project", (file) => (copy(file)["project"] = unknownProject)],
  ["world.objects[0].copies[0].folder", (file) => (copy(file)["folder"] = "/nowhere")],
  ["world.objects[0].copies[0].name", (file) => (copy(file)["name"] = "")],
  ["world.objects[0].copies[0].properties.p", (file) => (copy(file)["properties"] = { p: 1 })],
  ["world.objects[0].copies[0].modified", (file) => (copy(file)["modified"] = "now")],
  ["world.nonces[0].inputHash", (file) => (row(file, "nonces")["inputHash"] = "x")],
  ["world.effects[1].number", (file) => (row(file, "effects", 1)["number"] = 7)],
  ["world.removed[0].project", (file) => (row(file, "removed")["project"] = "x")],
])("a world whose %s cannot be is refused, with the path named", async (path, spoil) => {
  const lab = openLab();
  await someCalls(lab);
  const before = JSON.stringify(lab.platform.snapshot());
  const file = JSON.parse(before) as Writable;
  spoil(file);
  const refused = await lab.platform.restore(file).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(WorldFileError);
  expect((refused as WorldFileError).path).toBe(path);
  expect(JSON.stringify(lab.platform.snapshot())).toBe(before);
});

test.each([null, 1, "x", [], {}])("%j is no world", async (file) => {
  await expect(openLab().platform.restore(file)).rejects.toBeInstanceOf(WorldFileError);
});

type Writable = Record<string, unknown>;

function row(file: Writable, table: string, index = 0): Writable {
  return (file[table] as Writable[])[index] as Writable;
}

function settings(file: Writable): Writable {
  return row(file, "projects")["settings"] as Writable;
}

function copy(file: Writable): Writable {
  return (row(file, "objects")["copies"] as Writable[])[0] as Writable;
}

test("a world of before the later settings has their defaults", async () => {
  const lab = openLab();
  const file = JSON.parse(JSON.stringify(lab.platform.snapshot())) as Writable;
  for (const key of ["destroyProtected", "previewViewerRestricted", "allowedExecutables"]) {
    delete settings(file)[key];
  }
  await lab.platform.restore(file);
  const fields = { destroyProtected: true, previewViewerRestricted: true };
  expect((await lab.call(`/${lab.project}/describe`, { fields })).body).toEqual({
    id: lab.project,
    destroyProtected: false,
    previewViewerRestricted: false,
  });
});

test("an effect log that is full forgets the oldest and keeps counting", async () => {
  const lab = openLab({ limits: { loggedEffects: 4 } });
  for (let count = 0; count < 12; count++) await lab.newRecord();
  const numbers = lab.platform.effects.map(({ number }) => number);
  expect(numbers.at(-1)).toBe(11);
  expect(numbers.length).toBeGreaterThanOrEqual(4);
  expect(numbers.length).toBeLessThanOrEqual(5);
  const restored = openLab();
  await restored.platform.restore(
    JSON.parse(JSON.stringify(lab.platform.snapshot())) as JsonObject,
  );
  await restored.newRecord();
  expect(restored.platform.effects.at(-1)?.number).toBe(12);
});
