import { equal, holds, keysOf } from "../expectations.ts";
import { assumed, cannot, client, doc, type Facts, ofClients } from "../fact.ts";
import { type FactLab, nothing, nowhere } from "../fact-lab.ts";

const fixed = (method: string): unknown =>
  ({
    addTypes: { types: ["T"] },
    removeTypes: { types: ["T"] },
    setDetails: { a: 1 },
    setVisibility: { hidden: true },
  })[method];

/** UPLOAD does while open, nothing does later; VIEW never does. */
async function isFixed(lab: FactLab, methods: readonly string[]): Promise<void> {
  for (const method of methods) {
    const id = await lab.record();
    await lab.no("PermissionDenied", `/${id}/${method}`, fixed(method), lab.as("VIEW"));
    await lab.ok(`/${id}/${method}`, fixed(method), lab.as("UPLOAD"));
    await lab.ok(`/${id}/close`);
    await lab.no("InvalidState", `/${id}/${method}`, fixed(method));
  }
}

async function isFree(lab: FactLab, method: string, input: unknown): Promise<void> {
  const body = { project: lab.project, ...(input as object) };
  const id = await lab.record();
  await lab.no("PermissionDenied", `/${id}/${method}`, body, lab.as("VIEW"));
  await lab.ok(`/${id}/${method}`, body, lab.as("UPLOAD"));
  await lab.ok(`/${id}/close`);
  await lab.no("PermissionDenied", `/${id}/${method}`, body, lab.as("UPLOAD"));
  await lab.ok(`/${id}/${method}`, body, lab.as("CONTRIBUTE"));
}

/** Azure-like, where small parts will do. */
async function azure(lab: FactLab): Promise<string> {
  return await lab.newProject({ region: "azure:westus" });
}

/** DO §4 and §5: lifecycle and metadata. */
export const lifecycleFacts: Facts = {
  "DO-4.1-01": doc("open: everything can change", async (lab) => {
    const id = await lab.record();
    equal(await lab.field(id, "state"), "open");
    for (const method of ["addTypes", "removeTypes", "setDetails", "setVisibility"]) {
      await lab.ok(`/${id}/${method}`, fixed(method));
    }
  }),
  "DO-4.1-02": doc("closing: neither upload nor download, and fixed fields stay", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "x");
    await lab.ok(`/${id}/close`);
    await lab.no("InvalidState", `/${id}/upload`, { index: 2, size: 1 });
    await lab.no("InvalidState", `/${id}/addTypes`, { types: [] });
    if (lab.ground.pass !== undefined) {
      equal(await lab.field(id, "state"), "closing");
      await lab.no("InvalidState", `/${id}/download`);
    }
  }),
  "DO-4.1-03": doc("closed: readable, to be cloned, for good", async (lab) => {
    const id = await lab.record({ close: true });
    equal(await lab.field(id, "state"), "closed");
    await lab.clone([id]);
    await lab.no("InvalidState", `/${id}/setDetails`, {});
  }),
  "DO-4.1-04": doc("a file left alone for 24 hours is abandoned", async (lab) => {
    const id = await lab.make("file");
    await lab.pass(86_400_000 - 1000);
    equal(await lab.field(id, "state"), "open");
    await lab.pass(2000);
    equal(await lab.field(id, "state"), "abandoned");
  }),
  "DO-4.1-05": assumed("an abandoned file is removed later", async (lab) => {
    const id = await lab.make("file");
    await lab.pass(86_400_000 * 8);
    await lab.no("ResourceNotFound", `/${id}/describe`);
  }),
  "DO-4.1-06": assumed("an abandoned file takes neither upload nor close", async (lab) => {
    const id = await lab.make("file");
    await lab.pass(86_400_000 + 1000);
    await lab.no("InvalidState", `/${id}/upload`, { index: 1, size: 1 });
    await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-4.2-01": doc(
    "a record is born open, or closed where asked, and closes at once",
    async (lab) => {
      const id = await lab.record();
      equal(await lab.field(id, "state"), "open");
      await lab.ok(`/${id}/close`);
      equal(await lab.field(id, "state"), "closed");
      equal(await lab.field(await lab.record({ close: true }), "state"), "closed");
      await lab.clone([id]);
    },
  ),
  "DO-4.2-02": doc("a file is born open and is not read while open", async (lab) => {
    const id = await lab.make("file");
    equal(await lab.field(id, "state"), "open");
    await lab.put(id, "x");
    await lab.no("InvalidState", `/${id}/download`);
  }),
  "DO-4.2-03": doc(
    "a workflow is born open with editVersion 0; edits need the current one",
    async (lab) => {
      const id = await lab.make("workflow");
      equal(await lab.field(id, "state"), "open");
      equal(await lab.field(id, "editVersion"), 0);
      const { editVersion } = await lab.ok(`/${id}/update`, { editVersion: 0, title: "T" });
      equal(editVersion, 1);
      await lab.no("InvalidState", `/${id}/update`, { editVersion: 0, title: "U" });
      await lab.ok(`/${id}/close`);
      equal(await lab.field(id, "state"), "closed");
      await lab.no("InvalidState", `/${id}/setDetails`, {});
    },
  ),
  "DO-4.2-04": doc(
    "an applet is born closed; its fixed fields answer InvalidState",
    async (lab) => {
      const id = await lab.applet();
      equal(await lab.field(id, "state"), "closed");
      for (const method of ["addTypes", "setDetails", "setVisibility"]) {
        await lab.no("InvalidState", `/${id}/${method}`, fixed(method));
      }
      equal((await lab.raw(`/${id}/close`)).type, "ResourceNotFound");
      await lab.ok(`/${id}/rename`, { project: lab.project, name: "n" });
    },
  ),
  "DO-4.2-05": doc("a database is born open and is not cloned", async (lab) => {
    const id = await lab.database();
    equal(await lab.field(id, "state"), "open");
    const refused = await lab.call(`/${lab.project}/clone`, { objects: [id], project: lab.other });
    holds(refused.status !== 200, "it lives in one project");
  }),
  "DO-4.2-06": doc("a dbcluster is always open and has no close", async (lab) => {
    const id = await lab.make("dbcluster", cluster());
    equal(await lab.field(id, "state"), "open");
    equal((await lab.raw(`/${id}/close`)).type, "ResourceNotFound");
    equal((await lab.raw(`/${id}/listProjects`)).type, "ResourceNotFound");
  }),
  "DO-4.2-07": doc("a drive has new, describe, update and disable, and no state", async (lab) => {
    const { id } = await lab.ok("/drive/new", drive());
    holds(!keysOf(await lab.describe(id as string)).includes("state"), "no state");
    equal((await lab.raw(`/${id}/close`)).type, "ResourceNotFound");
  }),
  "DO-4.2-08": cannot(
    "doc",
    "apps are global and have no open or closed",
    "apps are not part of the platform's data",
  ),
  "DO-4.2-09": client("gtables are no more", async (lab) => {
    equal((await lab.raw("/gtable/new", { project: lab.project })).type, "ResourceNotFound");
  }),
  "DO-4.3-01": doc("content: while open, with UPLOAD", async (lab) => {
    const id = await lab.make("file");
    await lab.no("PermissionDenied", `/${id}/upload`, { index: 1, size: 1 }, lab.as("VIEW"));
    await lab.ok(`/${id}/upload`, { index: 1, size: 1 }, lab.as("UPLOAD"));
    await lab.no("InvalidState", `/${await lab.file()}/upload`, { index: 1, size: 1 });
  }),
  "DO-4.3-02": doc("types: while open, with UPLOAD", (lab) =>
    isFixed(lab, ["addTypes", "removeTypes"]),
  ),
  "DO-4.3-03": doc("details: while open, with UPLOAD", (lab) => isFixed(lab, ["setDetails"])),
  "DO-4.3-04": doc("hidden: while open, with UPLOAD", (lab) => isFixed(lab, ["setVisibility"])),
  "DO-4.3-05": doc("closing: with UPLOAD", async (lab) => {
    const id = await lab.record();
    await lab.no("PermissionDenied", `/${id}/close`, {}, lab.as("VIEW"));
    await lab.ok(`/${id}/close`, {}, lab.as("UPLOAD"));
    equal(await lab.field(id, "state"), "closed");
  }),
  "DO-4.3-06": doc("name, tags, properties: UPLOAD while open, CONTRIBUTE later", async (lab) => {
    await isFree(lab, "rename", { name: "n" });
    await isFree(lab, "setProperties", { properties: { a: "b" } });
    await isFree(lab, "addTags", { tags: ["t"] });
    await isFree(lab, "removeTags", { tags: ["t"] });
  }),
  "DO-4.3-07": doc("folder: by move, in every state", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder });
    const objects = [await lab.record(), await lab.record({ close: true })];
    await lab.ok(`/${lab.project}/move`, { objects, destination: folder });
    for (const id of objects) equal(await lab.field(id, "folder"), folder);
  }),
  "DO-4.3-08": doc("only what is closed is cloned: VIEW there, UPLOAD here", async (lab) => {
    const open = await lab.record();
    const body = { objects: [open], project: lab.other };
    await lab.no("InvalidState", `/${lab.project}/clone`, body);
    await lab.ok(`/${open}/close`);
    await lab.no("PermissionDenied", `/${lab.project}/clone`, body, lab.as("VIEW"));
    await lab.ok(`/${lab.project}/clone`, body, lab.as("UPLOAD"));
  }),
  "DO-4.3-09": doc("id, class, created, createdBy: never", async (lab) => {
    const fields = { id: true, class: true, created: true, createdBy: true };
    const id = await lab.record();
    const before = await lab.describe(id, { fields });
    await lab.ok(`/${id}/rename`, { project: lab.project, name: "n" }, lab.as("UPLOAD"));
    await lab.ok(`/${id}/close`);
    equal(await lab.describe(id, { fields }), before);
  }),
  "DO-4.3-10": doc("VIEW reads and does nothing else", async (lab) => {
    const id = await lab.record({ details: { a: 1 } });
    const viewer = lab.as("VIEW");
    await lab.ok(`/${id}/describe`, {}, viewer);
    equal(await lab.ok(`/${id}/getDetails`, {}, viewer), { a: 1 });
    equal((await lab.ok(`/${id}/listProjects`, {}, viewer))[lab.project], "VIEW");
    await lab.no("PermissionDenied", "/record/new", { project: lab.project }, viewer);
    await lab.no("PermissionDenied", `/${lab.project}/newFolder`, { folder: "/x" }, viewer);
  }),
  "DO-4.4-01": doc("close takes {}", async (lab) => {
    await lab.ok(`/${await lab.record()}/close`, {});
  }),
  "DO-4.4-02": doc(
    "it answers the id, and detail only when there was nothing to close",
    async (lab) => {
      const id = await lab.record();
      equal(await lab.ok(`/${id}/close`), { id });
      const again = await lab.ok(`/${id}/close`);
      equal([again["id"], typeof again["detail"]], [id, "string"]);
    },
  ),
  "DO-4.4-03": doc("it starts closing what is neither closing nor closed", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${id}/close`);
    equal(await lab.field(id, "state"), "closed");
  }),
  "DO-4.4-04": doc("a repeat on a record or a file changes nothing and succeeds", async (lab) => {
    const record = await lab.record({ close: true });
    const before = await lab.describe(record);
    await lab.ok(`/${record}/close`);
    equal(await lab.describe(record), before);
    const file = await lab.file();
    equal(typeof (await lab.ok(`/${file}/close`))["detail"], "string");
  }),
  "DO-4.4-05": assumed("a repeat on a workflow is InvalidState", async (lab) => {
    const id = await lab.make("workflow");
    await lab.ok(`/${id}/close`);
    await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-4.4-06": client("describe tells when it is over", async (lab) => {
    const id = await lab.file();
    equal(await lab.field(id, "state"), "closed");
  }),
  "DO-4.4-07": doc(
    "nobody's object is ResourceNotFound; UPLOAD counts where it was made",
    async (lab) => {
      await lab.no("ResourceNotFound", `/${nothing}/close`);
      const id = await lab.record();
      await lab.no("PermissionDenied", `/${id}/close`, {}, lab.as("VIEW"));
    },
  ),
  "DO-4.4-08": doc("it takes no nonce", async (lab) => {
    const nonce = lab.unique();
    const [a, b] = [await lab.record(), await lab.record()];
    await lab.ok(`/${a}/close`, { nonce });
    equal((await lab.ok(`/${b}/close`, { nonce }))["id"], b);
    equal(await lab.field(b, "state"), "closed");
  }),
  "DO-4.4-09": doc(
    "a file without a part does not close where the last part may be empty",
    async (lab) => {
      const id = await lab.make("file");
      await lab.no("InvalidState", `/${id}/close`);
      await lab.put(id, "");
      await lab.ok(`/${id}/close`);
    },
  ),
  "DO-4.4-10": doc("a file with a pending part does not close", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "x");
    await lab.ok(`/${id}/upload`, { index: 2, size: 1 });
    await lab.no("InvalidState", `/${id}/close`);
    // Nothing is wrong with this one but that its only part has not come.
    const empty = await lab.make("file");
    await lab.ok(`/${empty}/upload`, { index: 1, size: 1 });
    await lab.no("InvalidState", `/${empty}/close`);
  }),
  "DO-4.4-11": doc("a part that is too small closes only as the last one", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "small", 1);
    await lab.put(id, "last", 2);
    await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-4.4-12": doc("an empty last part does not close where it may not be empty", async (lab) => {
    const project = await azure(lab);
    const id = await lab.make("file", { project });
    await lab.put(id, "");
    await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-4.4-13": cannot(
    "doc",
    "a file beyond the largest size does not close",
    "takes hundreds of gigabytes; its parts are announced, but must be there",
  ),
  "DO-4.4-14": assumed("gaps between part numbers are allowed", async (lab) => {
    const id = await lab.make("file", { project: await azure(lab) });
    await lab.put(id, "a", 2);
    await lab.put(id, "b", 7);
    await lab.ok(`/${id}/close`);
    await lab.untilClosed(id);
    const target = await lab.ok(`/${id}/download`);
    equal(await (await lab.get(target)).text(), "ab");
  }),
  "DO-4.4-15": doc("an object that was removed is ResourceNotFound", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    await lab.no("ResourceNotFound", `/${id}/close`);
    await lab.no("ResourceNotFound", `/${id}/describe`);
  }),
  "DO-5-01": doc("addTypes: those that are not there yet, in order", async (lab) => {
    const id = await lab.record({ types: ["B"] });
    equal(await lab.ok(`/${id}/addTypes`, { types: ["A", "B", "C"] }), { id });
    equal(await lab.field(id, "types"), ["B", "A", "C"]);
    await lab.no("InvalidInput", `/${id}/addTypes`, {});
    await lab.no("InvalidInput", `/${id}/addTypes`, { types: "A" });
    await lab.no("ResourceNotFound", `/${nothing}/addTypes`, { types: [] });
  }),
  "DO-5-02": doc("removeTypes: absent ones are passed over", async (lab) => {
    const id = await lab.record({ types: ["A", "B", "C"] });
    equal(await lab.ok(`/${id}/removeTypes`, { types: ["B", "X"] }), { id });
    equal(await lab.field(id, "types"), ["A", "C"]);
  }),
  "DO-5-03": doc("setDetails: the body is all there is then", async (lab) => {
    const id = await lab.record({ details: { a: 1 } });
    equal(await lab.ok(`/${id}/setDetails`, { b: [2] }), { id });
    equal(await lab.ok(`/${id}/getDetails`), { b: [2] });
  }),
  "DO-5-04": doc("getDetails: nothing but the details, with VIEW", async (lab) => {
    const id = await lab.record({ details: [1, { a: null }] });
    const answer = await lab.call(`/${id}/getDetails`, {}, lab.as("VIEW"));
    equal(answer.body, [1, { a: null }]);
    await lab.no("ResourceNotFound", `/${id}/getDetails`, {}, lab.as("NONE"));
    equal(await lab.ok(`/${id}/getDetails`, { project: lab.other }), [1, { a: null }]);
  }),
  "DO-5-05": doc("setVisibility: hidden must be there and a boolean", async (lab) => {
    const id = await lab.record();
    equal(await lab.ok(`/${id}/setVisibility`, { hidden: true }), { id });
    equal(await lab.field(id, "hidden"), true);
    for (const input of [{}, { hidden: "true" }, { hidden: null }]) {
      await lab.no("InvalidInput", `/${id}/setVisibility`, input);
    }
  }),
  "DO-5-06": doc("rename: the project must be named; the name is that copy's", async (lab) => {
    const id = await lab.record();
    equal(await lab.ok(`/${id}/rename`, { project: lab.project, name: "new" }), { id });
    equal(await lab.field(id, "name"), "new");
    await lab.no("InvalidInput", `/${id}/rename`, { name: "x" });
    await lab.no("InvalidInput", `/${id}/rename`, { project: lab.project });
    await lab.no("ResourceNotFound", `/${id}/rename`, { project: lab.other, name: "x" });
    await lab.no("ResourceNotFound", `/${id}/rename`, { project: nowhere, name: "x" });
  }),
  "DO-5-07": doc("setProperties: null deletes, what is not named stays", async (lab) => {
    const id = await lab.record({ properties: { a: "1", b: "2", c: "3" } });
    equal(
      await lab.ok(`/${id}/setProperties`, {
        project: lab.project,
        properties: { a: "x", b: null, n: null },
      }),
      { id },
    );
    equal(await lab.field(id, "properties"), { a: "x", c: "3" });
    await lab.no("InvalidInput", `/${id}/setProperties`, { properties: {} });
    await lab.no("InvalidInput", `/${id}/setProperties`, { project: lab.project });
  }),
  "DO-5-08": doc("addTags and removeTags: set union and difference, in order", async (lab) => {
    const { project } = lab;
    const id = await lab.record({ tags: ["b"] });
    equal(await lab.ok(`/${id}/addTags`, { project, tags: ["a", "b", "c"] }), { id });
    equal(await lab.field(id, "tags"), ["b", "a", "c"]);
    equal(await lab.ok(`/${id}/removeTags`, { project, tags: ["a", "x"] }), { id });
    equal(await lab.field(id, "tags"), ["b", "c"]);
    await lab.no("InvalidInput", `/${id}/addTags`, { tags: [] });
    await lab.no("InvalidInput", `/${id}/removeTags`, { project });
  }),
  "DO-5-09": doc("listProjects: the level in each project that holds it", async (lab) => {
    const id = await lab.record({ close: true });
    equal(await lab.ok(`/${id}/listProjects`), { [lab.project]: "ADMINISTER" });
    equal(await lab.ok(`/${id}/listProjects`, {}, lab.as("UPLOAD")), { [lab.project]: "UPLOAD" });
    await lab.clone([id]);
    equal(keysOf(await lab.ok(`/${id}/listProjects`)), [lab.project, lab.other].sort());
  }),
  "DO-5-10": doc("close: see §4.4", async (lab) => {
    const id = await lab.record();
    equal((await lab.ok(`/${id}/close`))["id"], id);
  }),
  "DO-5-11": doc("describe works in every state", async (lab) => {
    for (const close of [true, false])
      equal((await lab.describe(await lab.record({ close })))["class"], "record");
  }),
  "DO-5-12": doc("records and files have no update", async (lab) => {
    for (const id of [await lab.record(), "file-000000000000000000000000"]) {
      // Where another class has a method of that name, the class is what is wrong (CS §6 [assumed]).
      holds(/ResourceNotFound|InvalidType/.test((await lab.raw(`/${id}/update`)).type ?? ""), id);
    }
  }),
  "DO-5-13": client(
    "from closing on fixed fields refuse even nothing; free ones go on",
    async (lab) => {
      const id = await lab.record();
      await lab.ok(`/${id}/close`);
      await lab.no("InvalidState", `/${id}/addTypes`, { types: [] });
      const { project } = lab;
      await lab.ok(`/${id}/addTags`, { project, tags: ["t"] });
      await lab.ok(`/${id}/setProperties`, { project, properties: { a: "b" } });
      await lab.ok(`/${id}/rename`, { project, name: "n" });
    },
  ),
  "DO-5-14": assumed("listProjects lists what the caller sees", async (lab) => {
    const project = await lab.newProject();
    const id = await lab.record({ project, close: true });
    await lab.no("ResourceNotFound", `/${id}/listProjects`, {}, lab.as("VIEW"));
  }),
  "DO-5.1-01": doc("types: letters, digits, / and _", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${id}/addTypes`, { types: ["a/B_9", "/"] });
    for (const type of ["", "a-b", "a.b", "a b", "ä"]) {
      await lab.no("InvalidInput", `/${id}/addTypes`, { types: ["fine", type] });
    }
    equal(await lab.field(id, "types"), ["a/B_9", "/"]);
  }),
  "DO-5.1-02": doc(
    "name: not empty, no control characters, / allowed, its own id by default",
    async (lab) => {
      const id = await lab.record();
      equal(await lab.field(id, "name"), id);
      const { project } = lab;
      for (const name of ["a/b", "\u007f", " ", "ä\u2028"]) {
        await lab.ok(`/${id}/rename`, { project, name });
        equal(await lab.field(id, "name"), name);
      }
      for (const name of ["", "a\u0000", "\u001f", "a\nb"]) {
        await lab.no("InvalidInput", `/${id}/rename`, { project, name });
      }
      const [one, two] = [await lab.record({ name: "same" }), await lab.record({ name: "same" })];
      holds(one !== two, "names are not unique");
    },
  ),
  "DO-5.1-03": doc("tags are not empty", async (lab) => {
    const id = await lab.record();
    await lab.no("InvalidInput", `/${id}/addTags`, { project: lab.project, tags: [""] });
    await lab.no("InvalidInput", "/record/new", { project: lab.project, tags: ["a", ""] });
    await lab.ok(`/${id}/addTags`, { project: lab.project, tags: [" ", "a-b.c"] });
  }),
  "DO-5.1-04": doc("property keys: 1 to 100 bytes of UTF-8, any of them", async (lab) => {
    const id = await lab.record();
    const set = (key: string): readonly [string, unknown] => [
      `/${id}/setProperties`,
      { project: lab.project, properties: { [key]: "v" } },
    ];
    for (const key of ["x".repeat(100), "ä".repeat(50), "$a.b c", "漢"]) await lab.ok(...set(key));
    for (const key of ["", "x".repeat(101), `${"ä".repeat(50)}x`])
      await lab.no("InvalidInput", ...set(key));
  }),
  "DO-5.1-05": doc("property values: strings of at most 700 bytes, also empty", async (lab) => {
    const id = await lab.record();
    const set = (value: unknown): readonly [string, unknown] => [
      `/${id}/setProperties`,
      { project: lab.project, properties: { k: value } },
    ];
    for (const value of ["x".repeat(700), "ä".repeat(350), ""]) await lab.ok(...set(value));
    equal(await lab.field(id, "properties"), { k: "" });
    for (const value of ["x".repeat(701), "ä".repeat(351), 1, true, [], {}])
      await lab.no("InvalidInput", ...set(value));
  }),
  "DO-5.1-06": assumed("null is no property to begin with", async (lab) => {
    await lab.no("InvalidInput", "/record/new", { project: lab.project, properties: { k: null } });
  }),
  "DO-5.1-07": doc("details: a hash or an array, {} by default", async (lab) => {
    const id = await lab.record();
    equal(await lab.ok(`/${id}/getDetails`), {});
    await lab.ok(`/${id}/setDetails`, []);
    for (const details of ["1", '"a"', "null", "false"]) {
      await lab.no("InvalidInput", `/${id}/setDetails`, details);
      await lab.no(
        "InvalidInput",
        "/record/new",
        `{"project":"${lab.project}","details":${details}}`,
      );
    }
  }),
  "DO-5.1-08": client("doubles in tags and types are one", async (lab) => {
    const id = await lab.record({ tags: ["a", "a"], types: ["A", "B", "A"] });
    equal(await lab.field(id, "tags"), ["a"]);
    equal(await lab.field(id, "types"), ["A", "B"]);
  }),
  "DO-5.1-09": assumed("modified moves with every change and with nothing else", async (lab) => {
    const id = await lab.record({ types: ["A"] });
    const before = await lab.field(id, "modified");
    await lab.passExactly(5000);
    await lab.ok(`/${id}/addTypes`, { types: ["A"] });
    equal(await lab.field(id, "modified"), before);
    await lab.ok(`/${id}/addTypes`, { types: ["B"] });
    equal(await lab.field(id, "modified"), before + 5000);
  }),
  "DO-5.1-10": doc("one that is too long spoils the call: nothing of it is done", async (lab) => {
    const id = await lab.record();
    const properties = { good: "v", ["x".repeat(101)]: "v" };
    await lab.no("InvalidInput", `/${id}/setProperties`, { project: lab.project, properties });
    equal(await lab.field(id, "properties"), {});
  }),
  "DO-5.1-11": client("keys with dots at the front are for everybody", async (lab) => {
    const id = await lab.record({ properties: { ".system-x": "1" } });
    equal(await lab.field(id, "properties"), { ".system-x": "1" });
  }),
  "DO-5.2-01": doc("project is a hint; the answer's project tells", async (lab) => {
    const id = await lab.record({ name: "here" });
    for (const project of [lab.other, nowhere, null]) {
      const answer = await lab.describe(id, { project });
      equal([answer["project"], answer["name"]], [lab.project, "here"]);
    }
    await lab.ok(`/${id}/close`);
    await lab.clone([id]);
    await lab.ok(`/${id}/rename`, { project: lab.other, name: "there" });
    equal((await lab.describe(id, { project: lab.other }))["name"], "there");
    equal((await lab.describe(id, { project: lab.project }))["name"], "here");
  }),
  "DO-5.2-02": doc("fields instead of the defaults; false takes one of them away", async (lab) => {
    const id = await lab.record();
    equal(keysOf(await lab.describe(id, { fields: { name: true, state: false } })), ["id", "name"]);
    const answer = await lab.describe(id, {
      defaultFields: true,
      fields: { name: false, details: true },
    });
    holds(!("name" in answer) && "details" in answer && "state" in answer, "defaults, changed");
  }),
  "DO-5.2-03": doc("defaultFields: true without fields, false with them", async (lab) => {
    const id = await lab.record();
    equal(keysOf(await lab.describe(id, { fields: {} })), ["id"]);
    equal(keysOf(await lab.describe(id, { defaultFields: false })), ["id"]);
    holds("state" in (await lab.describe(id, {})), "defaults");
    holds("state" in (await lab.describe(id, { defaultFields: true, fields: {} })), "defaults");
  }),
  "DO-5.2-04": doc("properties and details as booleans add, but not beside fields", async (lab) => {
    const id = await lab.record();
    const answer = await lab.describe(id, { properties: true, details: true });
    holds("properties" in answer && "details" in answer && "state" in answer, "added");
    equal(keysOf(await lab.describe(id, { properties: true, fields: { name: true } })), [
      "id",
      "name",
    ]);
    holds(!("properties" in (await lab.describe(id, { properties: false }))), "not asked for");
  }),
  "DO-5.2-05": doc("not there: ResourceNotFound; wrong types: InvalidInput", async (lab) => {
    const id = await lab.record();
    await lab.no("ResourceNotFound", `/${nothing}/describe`);
    for (const input of [
      { fields: [] },
      { fields: { a: 1 } },
      { defaultFields: 1 },
      { project: 1 },
      { properties: "x" },
    ]) {
      await lab.no("InvalidInput", `/${id}/describe`, input);
    }
  }),
  "DO-5.2-06": client("id is always there; asked for two, there are three", async (lab) => {
    const id = await lab.record();
    equal(keysOf(await lab.describe(id, { fields: { name: true, tags: true } })), [
      "id",
      "name",
      "tags",
    ]);
    equal(keysOf(await lab.describe(id, { fields: { id: false, name: true } })), ["id", "name"]);
  }),
  "DO-5.2-07": assumed("fields that nobody knows are passed over", async (lab) => {
    equal(keysOf(await lab.describe(await lab.record(), { fields: { unheardOf: true } })), ["id"]);
  }),
  "DO-5.2-08": doc("id, class and project", async (lab) => {
    const id = await lab.record();
    const answer = await lab.describe(id);
    equal([answer["id"], answer["class"], answer["project"]], [id, "record", lab.project]);
  }),
  "DO-5.2-09": doc("types, tags and links", async (lab) => {
    const input = { types: ["A"], tags: ["t"], details: { $dnanexus_link: nothing } };
    const answer = await lab.describe(await lab.record(input));
    equal([answer["types"], answer["tags"], answer["links"]], [["A"], ["t"], [nothing]]);
  }),
  "DO-5.2-10": doc("created and modified; created is the same in all copies", async (lab) => {
    const id = await lab.record({ close: true });
    const { created, modified } = await lab.describe(id);
    holds(Number.isInteger(created) && Number.isInteger(modified), "whole milliseconds");
    await lab.pass(10_000);
    await lab.clone([id]);
    equal((await lab.describe(id, { project: lab.other }))["created"], created);
  }),
  "DO-5.2-11": doc("state", async (lab) => {
    equal((await lab.describe(await lab.record()))["state"], "open");
  }),
  "DO-5.2-12": doc("hidden and sponsored", async (lab) => {
    const answer = await lab.describe(await lab.record({ hidden: true }));
    equal([answer["hidden"], answer["sponsored"]], [true, false]);
  }),
  "DO-5.2-13": doc("name and folder", async (lab) => {
    const folder = `/${lab.unique()}`;
    const answer = await lab.describe(await lab.record({ name: "n", folder, parents: true }));
    equal([answer["name"], answer["folder"]], ["n", folder]);
  }),
  "DO-5.2-14": doc("createdBy names the user", async (lab) => {
    const { id: user } = await lab.ok("/system/whoami");
    equal((await lab.describe(await lab.record()))["createdBy"], { user });
  }),
  "DO-5.2-15": doc("properties only when asked for", async (lab) => {
    const id = await lab.record({ properties: { a: "b" } });
    holds(!("properties" in (await lab.describe(id))), "not by default");
    equal(await lab.field(id, "properties"), { a: "b" });
  }),
  "DO-5.2-16": doc("details only when asked for", async (lab) => {
    const id = await lab.record({ details: { a: 1 } });
    holds(!("details" in (await lab.describe(id))), "not by default");
    equal(await lab.field(id, "details"), { a: 1 });
  }),
  "DO-5.2-17": doc("media of a file, empty by default", async (lab) => {
    equal((await lab.describe(await lab.make("file")))["media"], "");
    equal(
      (await lab.describe(await lab.make("file", { media: "text/plain" })))["media"],
      "text/plain",
    );
  }),
  "DO-5.2-18": client("size of a file, once closed", async (lab) => {
    holds(!("size" in (await lab.describe(await lab.make("file")))), "not while open");
    equal((await lab.describe(await lab.file("four")))["size"], 4);
  }),
  "DO-5.2-19": client("archivalState of a file", async (lab) => {
    equal((await lab.describe(await lab.make("file")))["archivalState"], "live");
  }),
  "DO-5.2-20": client("parts of a file only when asked for", async (lab) => {
    const id = await lab.file("four");
    holds(!("parts" in (await lab.describe(id))), "not by default");
    equal((await lab.field(id, "parts"))["1"]["size"], 4);
  }),
  "DO-5.2-21": client(
    "drive, checksumType and the like are left out where a file has none",
    async (lab) => {
      const fields = { drive: true, checksumType: true, symlinkTargetIdentifier: true };
      equal(keysOf(await lab.describe(await lab.make("file"), { fields })), ["id"]);
    },
  ),
  "DO-5.2-22": client("the default fields of a record", async (lab) => {
    const keys =
      "class created createdBy folder hidden id links modified name project sponsored state tags types";
    equal(keysOf(await lab.describe(await lab.record())), keys.split(" "));
  }),
  "DO-5.2-23": client("the default fields of a closed file", async (lab) => {
    const keys =
      "archivalState class created createdBy folder hidden id links media modified name project size sponsored state tags types";
    const found = keysOf(await lab.describe(await lab.file()));
    for (const key of keys.split(" ")) holds(found.includes(key), `${key} is missing`);
  }),
  "DO-5.2-24": doc("what a fresh object is like", async (lab) => {
    const id = await lab.record();
    const all = { defaultFields: true, fields: { properties: true, details: true } };
    const { name, folder, hidden, types, tags, links, properties, details } = await lab.describe(
      id,
      all,
    );
    equal(
      [name, folder, hidden, types, tags, links, properties, details],
      [id, "/", false, [], [], [], {}, {}],
    );
  }),
  "DO-5.2-25": doc("describeDataObjects: one result for each, errors among them", async (lab) => {
    const id = await lab.record({ name: "n" });
    const objects = [id, { id, describe: { fields: { tags: true } } }, nothing];
    const { results } = await lab.ok("/system/describeDataObjects", { objects });
    equal(results[0]["describe"]["name"], "n");
    holds("tags" in results[1]["describe"], "the fields asked for");
    equal([results[2]["error"]["type"], results[2]["statusCode"]], ["ResourceNotFound", 404]);
    const many = Array.from({ length: 1001 }, () => id);
    await lab.no("InvalidInput", "/system/describeDataObjects", { objects: many });
  }),
  "DO-5.2-26": ofClients("client", "one client takes a level that is missing for NONE"),
};

export function cluster(): Record<string, unknown> {
  return {
    name: "db",
    engine: "aurora-postgresql",
    engineVersion: "15.4",
    dxInstanceClass: "db_std1_x2",
    adminPassword: "a-long-password-1",
  };
}

export function drive(): Record<string, unknown> {
  return {
    name: "drive",
    cloud: "aws",
    credentials: { bucket: "b", accessKeyId: "a", secretAccessKey: "s" },
  };
}
