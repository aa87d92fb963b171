import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Lab, openLab } from "../platform.test-support.ts";

const applet = { dxapi: "1.0.0", runSpec: { code: "", interpreter: "bash" } };
const inputSpec = [{ name: "my_input", class: "string" }];

async function make({ call, project }: Lab, route: string, input: JsonObject = {}) {
  const { body, error } = await call(route, { project, ...input });
  expect(error).toBeUndefined();
  return body["id"] as string;
}

test("an applet is born closed: its free fields change, its fixed ones never, and it has no close", async () => {
  const lab = openLab();
  const { call, project, describe } = lab;
  const id = await make(lab, "/applet/new", { ...applet, inputSpec, title: "T", name: "a" });
  expect(await describe(id)).toMatchObject({
    class: "applet",
    state: "closed",
    dxapi: "1.0.0",
    runSpec: applet.runSpec,
    inputSpec,
    title: "T",
    access: {},
  });
  expect(await describe(id)).not.toHaveProperty("outputSpec");
  const fields = { title: true };
  expect((await call(`/${id}/describe`, { fields })).body).toEqual({ id, title: "T" });
  expect((await call(`/${id}/rename`, { project, name: "b" })).status).toBe(200);
  for (const [method, input] of [
    ["addTypes", { types: [] }],
    ["setDetails", {}],
    ["setVisibility", { hidden: true }],
  ] as const) {
    expect((await call(`/${id}/${method}`, input)).error).toBe("InvalidState");
  }
  expect((await call(`/${id}/close`)).error).toBe("ResourceNotFound");
});

test.each([
  { runSpec: {} },
  { dxapi: "1.0.0" },
  { ...applet, inputSpec: "x" },
  { ...applet, outputSpec: [{ name: "x" }] },
  { ...applet, runSpec: { bundledDepends: {} } },
  { ...applet, title: 1 },
])("an applet of %j is InvalidInput", async (input) => {
  const { call, project } = openLab();
  expect((await call("/applet/new", { project, ...input })).error).toBe("InvalidInput");
});

test("what an applet bundles travels and goes with it", async () => {
  const lab = openLab();
  const { call, project, otherProject, newRecord } = lab;
  const bundled = await newRecord({ hidden: true, close: true });
  const bundledDepends = [{ name: "asset", id: { $dnanexus_link: bundled } }];
  const id = await make(lab, "/applet/new", {
    ...applet,
    runSpec: { ...applet.runSpec, bundledDepends },
  });
  expect((await lab.describe(id))["links"]).toEqual([]);
  await call(`/${project}/clone`, { objects: [id], project: otherProject });
  const { body } = await call(`/${bundled}/listProjects`);
  expect(Object.keys(body).sort()).toEqual([project, otherProject].sort());
  await call(`/${project}/removeObjects`, { objects: [id] });
  expect(Object.keys((await call(`/${bundled}/listProjects`)).body)).toEqual([otherProject]);
  const linking = await call("/system/findDataObjects", { link: bundled });
  expect(linking.body["results"]).toEqual([]);
});

/** Makes a workflow and an edit method that sends the version as it stands. */
async function withWorkflow() {
  const lab = openLab();
  const id = await make(lab, "/workflow/new", { title: "t", outputFolder: "/o" });
  const describe = async () => await lab.describe(id);
  const edit = async (method: string, input: JsonObject = {}, name = "ada") => {
    const editVersion = (await describe())["editVersion"] ?? 0;
    const token = `${name}-token`;
    return await lab.call(`/${id}/${method}`, { editVersion, ...input }, { token });
  };
  const executable = await make(lab, "/applet/new", { ...applet, inputSpec });
  const addStage = async (input: JsonObject = {}) => {
    return (await edit("addStage", { executable, ...input })).body["stage"] as string;
  };
  return { lab, id, describe, edit, executable, addStage };
}

test("every edit of a workflow answers the next version, and only the version that is there edits", async () => {
  const { lab, id, describe, edit, executable } = await withWorkflow();
  expect(await describe()).toMatchObject({
    state: "open",
    editVersion: 0,
    title: "t",
    summary: "",
    outputFolder: "/o",
    stages: [],
    inputs: null,
  });
  const added = await edit("addStage", { executable, name: "s", input: { my_input: "x" } });
  expect(added.body).toMatchObject({ id, editVersion: 1 });
  expect((await edit("addStage", { executable, editVersion: 0 })).error).toBe("InvalidState");
  expect((await lab.call(`/${id}/addStage`, { executable })).error).toBe("InvalidInput");
  expect(await describe()).toMatchObject({
    editVersion: 1,
    stages: [
      {
        id: added.body["stage"],
        executable,
        name: "s",
        folder: null,
        input: { my_input: "x" },
        systemRequirements: {},
      },
    ],
  });
  expect(lab.platform.effects.at(-1)).toMatchObject({ route: "/workflow-xxxx/addStage", id });
});

test("a workflow without a title shows its name as one, and where it comes from", async () => {
  const lab = openLab();
  const id = await make(lab, "/workflow/new", { name: "flow" });
  expect(await lab.describe(id)).toMatchObject({ title: "flow" });
  await lab.call(`/${id}/rename`, { project: lab.project, name: "other" });
  expect(await lab.describe(id)).toMatchObject({ title: "other" });
  expect(await lab.describe(id)).not.toHaveProperty("initializedFrom");
  const copy = await make(lab, "/workflow/new", { initializeFrom: { id } });
  expect(await lab.describe(copy)).toMatchObject({
    name: "other",
    initializedFrom: { id, editVersion: 0 },
  });
});

test("an update merges inputs, unsets with null, and of nothing raises no version", async () => {
  const { id, describe, edit, addStage } = await withWorkflow();
  const stage = await addStage({ name: "s", folder: "/f", input: { my_input: "x" } });
  expect((await edit("update")).body).toEqual({ id, editVersion: 1 });
  const inputs = [{ name: "foo", class: "int" }];
  const changes = { [stage]: { name: null, input: { my_input: null, other: 1 } } };
  await edit("update", {
    title: null,
    summary: "new",
    inputs,
    outputFolder: null,
    stages: changes,
  });
  expect(await describe()).toMatchObject({
    editVersion: 2,
    title: id,
    summary: "new",
    inputs,
    outputFolder: null,
    stages: [{ id: stage, name: null, folder: "/f", input: { other: 1 } }],
  });
  expect((await edit("update", { stages: { none: {} } })).error).toBe("ResourceNotFound");
  expect((await edit("update", { stages: { [stage]: { input: 1 } } })).error).toBe("InvalidInput");
  expect((await edit("update", { title: 1 })).error).toBe("InvalidInput");
});

test("stages move and go", async () => {
  const { describe, edit, addStage } = await withWorkflow();
  const [a, b, c] = [await addStage(), await addStage(), await addStage({ id: "mine" })];
  const order = async () => ((await describe())["stages"] as JsonObject[]).map(({ id }) => id);
  await edit("moveStage", { stage: a, newIndex: 2 });
  expect(await order()).toEqual([b, c, a]);
  expect((await edit("moveStage", { stage: a, newIndex: 3 })).error).toBe("InvalidInput");
  await edit("removeStage", { stage: c });
  expect(await order()).toEqual([b, a]);
  expect((await edit("removeStage", { stage: c })).error).toBe("ResourceNotFound");
  expect((await edit("addStage", { executable: "record-x" })).error).toBe("InvalidInput");
  expect((await edit("addStage", { executable: "app-any" })).error).toBe("ResourceNotFound");
});

test("an executable that takes other inputs needs force, and loses what it does not take", async () => {
  const { lab, describe, edit, addStage, executable } = await withWorkflow();
  const stage = await addStage({ input: { my_input: "x" } });
  const other = await make(lab, "/applet/new", { ...applet, inputSpec: [] });
  const replace = async (force: boolean) =>
    await edit("updateStageExecutable", { stage, executable: other, force });
  expect((await edit("isStageCompatible", { stage, executable: other })).body).toMatchObject({
    compatible: false,
    editVersion: 1,
  });
  expect((await replace(false)).body["error"]).toMatchObject({
    type: "InvalidState",
    message: expect.stringContaining("compatible") as string,
    details: { incompatibilities: [] },
  });
  expect((await describe())["stages"]).toMatchObject([{ executable }]);
  expect((await replace(true)).body).toMatchObject({ editVersion: 2, compatible: false });
  const [after] = (await describe())["stages"] as JsonObject[];
  expect(after).toMatchObject({ executable: other, input: {} });
});

test("editing takes CONTRIBUTE and an open workflow; a close is not repeated", async () => {
  const { lab, id, edit, executable } = await withWorkflow();
  expect((await edit("addStage", { executable }, "una")).error).toBe("PermissionDenied");
  expect((await lab.call(`/${id}/close`)).status).toBe(200);
  expect((await edit("addStage", { executable })).error).toBe("InvalidState");
  expect((await edit("addStage", { executable }, "una")).error).toBe("PermissionDenied");
  expect((await lab.call(`/${id}/close`)).error).toBe("InvalidState");
});

test("a workflow begins from another one, with its own version", async () => {
  const { lab, id, edit, addStage, executable } = await withWorkflow();
  const stage = await addStage();
  await edit("update", { summary: "s" });
  const initializeFrom = { id, project: lab.project };
  const copy = await make(lab, "/workflow/new", { initializeFrom, title: "mine" });
  expect(await lab.describe(copy)).toMatchObject({
    title: "mine",
    summary: "s",
    editVersion: 0,
    stages: [{ id: stage }],
  });
  const two = [
    { id: "s", executable },
    { id: "s", executable },
  ];
  const input = { project: lab.project, stages: two };
  expect((await lab.call("/workflow/new", input)).error).toBe("InvalidInput");
});

test("a database is made by the platform, lives in one project and is put into another one", async () => {
  const lab = openLab();
  const { call, project, otherProject, platform } = lab;
  const id = await platform.control.addDatabase(project, "db");
  expect(await lab.describe(id)).toMatchObject({
    class: "database",
    state: "open",
    name: "db",
    databaseName: "db",
  });
  expect((await call("/database/new", { project })).error).toBe("ResourceNotFound");
  const clone = await call(`/${project}/clone`, { objects: [id], project: otherProject });
  expect(clone.error).toBe("InvalidType");
  expect((await call(`/${id}/relocate`, { project })).error).toBe("InvalidState");
  expect((await call(`/${id}/relocate`, { project: otherProject })).body).toEqual({ id });
  expect(Object.keys((await call(`/${id}/listProjects`)).body)).toEqual([otherProject]);
  expect((await call(`/${id}/close`)).status).toBe(200);
});

test("a cluster stays open, does what it is told, and keeps no password", async () => {
  const lab = openLab();
  const { call, project, platform } = lab;
  const input = {
    name: "c",
    engine: "aurora-mysql",
    engineVersion: "8.0",
    dxInstanceClass: "db_std1_x2",
    adminPassword: "open sesame",
  };
  const id = await make(lab, "/dbcluster/new", input);
  const order = async (method: string, name = "ada") =>
    (await call(`/${id}/${method}`, {}, { token: `${name}-token` })).error;
  expect(await lab.describe(id)).toMatchObject({ state: "open", status: "available" });
  expect(await order("start")).toBe("InvalidState");
  expect(await order("stop", "una")).toBe("PermissionDenied");
  expect(await order("stop")).toBeUndefined();
  expect(await lab.describe(id)).toMatchObject({ state: "open", status: "stopped" });
  expect(await order("start")).toBeUndefined();
  expect(await order("terminate")).toBeUndefined();
  expect(await order("start")).toBe("InvalidState");
  for (const method of ["close", "listProjects"]) {
    expect(await order(method)).toBe("ResourceNotFound");
  }
  expect(JSON.stringify(platform.snapshot())).not.toContain("open sesame");
  const { adminPassword: _, ...without } = input;
  expect((await call("/dbcluster/new", { project, ...without })).error).toBe("InvalidInput");
});

test("a drive lies in no project, is its maker's alone, and keeps no credentials", async () => {
  const { call, platform } = openLab();
  const input = { name: "d", cloud: "aws", credentials: { secret: "open sesame" } };
  const id = (await call("/drive/new", input)).body["id"] as string;
  expect((await call(`/${id}/describe`)).body).toEqual({ id, name: "d", cloud: "aws" });
  expect((await call(`/${id}/describe`, {}, { token: "una-token" })).error).toBe(
    "ResourceNotFound",
  );
  expect((await call(`/${id}/update`, { name: "e" })).body).toEqual({ id });
  await platform.restore(platform.snapshot());
  expect((await call(`/${id}/describe`)).body["name"]).toBe("e");
  expect((await call(`/${id}/disable`)).body).toEqual({ id });
  expect((await call(`/${id}/update`, { name: "f" })).error).toBe("InvalidState");
  expect((await call("/drive/new", { ...input, cloud: "moon" })).error).toBe("InvalidInput");
  expect((await call("/drive/new", { name: "d", cloud: "aws" })).error).toBe("InvalidInput");
  expect(JSON.stringify(platform.snapshot())).not.toContain("open sesame");
});

test("the methods of one class are InvalidType on another one", async () => {
  const { call, newRecord } = openLab();
  const id = await newRecord();
  for (const method of ["addStage", "relocate", "terminate", "upload", "download"]) {
    expect((await call(`/${id}/${method}`, { index: 1, size: 0 })).error).toBe("InvalidType");
  }
  expect((await call(`/${id.replace("record", "applet")}/addStage`)).error).toBe(
    "ResourceNotFound",
  );
});

test("all that a class has of its own survives in a snapshot", async () => {
  const { lab, id, addStage } = await withWorkflow();
  await addStage({ input: { my_input: "x" } });
  const before = await lab.describe(id);
  const snapshot = lab.platform.snapshot();
  await lab.platform.restore(snapshot);
  expect(await lab.describe(id)).toEqual(before);
  expect(lab.platform.snapshot()).toEqual(snapshot);
});

test("a container answers the routes of a project and says what it is", async () => {
  const container = "container-000000000000000000000001";
  const { call, platform, project, newRecord } = openLab();
  await platform.control.addProject({ name: "workspace", id: container });
  const id = await newRecord({ close: true });
  expect((await call(`/${container}/newFolder`, { folder: "/f" })).status).toBe(200);
  const cloned = await call(`/${project}/clone`, {
    objects: [id],
    project: container,
    destination: "/f",
  });
  expect(cloned.error).toBeUndefined();
  expect((await call(`/${container}/listFolder`, { folder: "/f" })).body["objects"]).toEqual([
    { id },
  ]);
  expect((await call(`/${container}/describe`)).body).toMatchObject({
    class: "container",
    type: "job",
    project: null,
    destroyAt: null,
    app: null,
    appName: null,
  });
  expect((await call(`/${project}/describe`)).body).not.toHaveProperty("destroyAt");
});

test("which work is not taken from earlier runs is described by the applet and the workflow that say so", async () => {
  const lab = openLab();
  const { call, describe } = lab;
  const id = await make(lab, "/applet/new", { ...applet, ignoreReuse: true });
  expect((await describe(id))["ignoreReuse"]).toBe(true);
  const workflow = await make(lab, "/workflow/new", { ignoreReuse: ["stage_0"] });
  expect((await describe(workflow))["ignoreReuse"]).toEqual(["stage_0"]);
  const update = async (ignoreReuse: JsonObject[string], editVersion: number) =>
    (await call(`/${workflow}/update`, { ignoreReuse, editVersion })).error;
  expect(await update(["*"], 0)).toBeUndefined();
  expect((await describe(workflow))["ignoreReuse"]).toEqual(["*"]);
  expect(await update([1], 1)).toBe("InvalidInput");
  expect(await update(null, 1)).toBeUndefined();
  expect((await describe(workflow))["ignoreReuse"]).toBeNull();
});
