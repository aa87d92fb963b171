import { equal, holds, keysOf } from "../expectations.ts";
import { assumed, cannot, client, doc, type Facts, ofClients } from "../fact.ts";
import { type Body, type FactLab, noFile, nothing, nowhere } from "../fact-lab.ts";

const emptyMd5 = "d41d8cd98f00b204e9800998ecf8427e";

async function refusesNew(lab: FactLab, input: Body): Promise<void> {
  await lab.no("InvalidInput", "/record/new", { project: lab.project, ...input });
}

async function parameters(lab: FactLab, region: string): Promise<Body> {
  return await lab.field(await lab.newProject({ region }), "fileUploadParameters");
}

function regionFact(field: string, aws: unknown, azure: unknown): (lab: FactLab) => Promise<void> {
  return async (lab) => {
    equal((await parameters(lab, "aws:us-east-1"))[field], aws);
    equal((await parameters(lab, "azure:westus"))[field], azure);
  };
}

/** DO §6 to §9: records, files, what a second delivery sees, what the official client sends. */
export const contentFacts: Facts = {
  "DO-6-01": doc("project is required, and takes UPLOAD", async (lab) => {
    await lab.no("InvalidInput", "/record/new", {});
    await lab.no("PermissionDenied", "/record/new", { project: lab.project }, lab.as("VIEW"));
    await lab.record({}, lab.as("UPLOAD"));
  }),
  "DO-6-02": doc("name: the id by default", async (lab) => {
    const id = await lab.record();
    equal(await lab.field(id, "name"), id);
    await refusesNew(lab, { name: 1 });
    await refusesNew(lab, { name: "" });
  }),
  "DO-6-03": doc("tags and types: [] by default", async (lab) => {
    const id = await lab.record({ tags: ["t"], types: ["T"] });
    equal([await lab.field(id, "tags"), await lab.field(id, "types")], [["t"], ["T"]]);
    for (const input of [{ tags: "t" }, { tags: [1] }, { types: {} }, { types: ["a-b"] }])
      await refusesNew(lab, input);
  }),
  "DO-6-04": doc("hidden: false by default", async (lab) => {
    equal(await lab.field(await lab.record({ hidden: true }), "hidden"), true);
    await refusesNew(lab, { hidden: 1 });
  }),
  "DO-6-05": doc("properties: strings", async (lab) => {
    equal(await lab.field(await lab.record({ properties: { a: "b" } }), "properties"), { a: "b" });
    for (const properties of [
      [],
      "a",
      { a: 1 },
      { ["x".repeat(101)]: "v" },
      { k: "x".repeat(701) },
    ]) {
      await refusesNew(lab, { properties });
    }
  }),
  "DO-6-06": doc("details: a hash or an array, by the rule of links", async (lab) => {
    equal(await lab.ok(`/${await lab.record({ details: [1] })}/getDetails`), [1]);
    await refusesNew(lab, { details: { $dnanexus_link: 1 } });
  }),
  "DO-6-07": doc("folder: an absolute path, / by default", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder });
    equal(await lab.field(await lab.record({ folder: `${folder}//` }), "folder"), folder);
    await refusesNew(lab, { folder: "relative" });
    await refusesNew(lab, { folder: 1 });
  }),
  "DO-6-08": doc("parents: makes the folders that are missing", async (lab) => {
    const folder = `/${lab.unique()}/b/c`;
    await lab.no("ResourceNotFound", "/record/new", { project: lab.project, folder });
    await lab.no("ResourceNotFound", "/record/new", {
      project: lab.project,
      folder,
      parents: false,
    });
    equal(await lab.field(await lab.record({ folder, parents: true }), "folder"), folder);
    await refusesNew(lab, { parents: "yes" });
  }),
  "DO-6-09": doc("close: born closed", async (lab) => {
    equal(await lab.field(await lab.record({ close: true }), "state"), "closed");
    equal(await lab.field(await lab.record({ close: false }), "state"), "open");
  }),
  "DO-6-10": client("initializeFrom: its details, tags and name; given types win", async (lab) => {
    const source = await lab.record({
      details: { a: 1 },
      tags: ["t"],
      types: ["A"],
      properties: { k: "v" },
    });
    const initializeFrom = { id: source, project: lab.project };
    const copy = await lab.record({ initializeFrom, types: ["B"], tags: ["own"] });
    equal(await lab.field(copy, "name"), source);
    equal(await lab.field(copy, "types"), ["B"]);
    equal(await lab.field(copy, "tags"), ["own"]);
    equal(await lab.ok(`/${copy}/getDetails`), { a: 1 });
    equal(await lab.field(await lab.record({ initializeFrom }), "tags"), ["t"]);
  }),
  "DO-6-11": doc("nonce: see §2", async (lab) => {
    const nonce = lab.unique();
    equal(await lab.record({ nonce }), await lab.record({ nonce }));
  }),
  "DO-6-12": doc(
    "InvalidInput: an initializeFrom that is no record's id, and wrong shapes",
    async (lab) => {
      await refusesNew(lab, { initializeFrom: { id: noFile, project: lab.project } });
      await refusesNew(lab, { initializeFrom: "record" });
      await refusesNew(lab, { initializeFrom: { project: lab.project } });
    },
  ),
  "DO-6-13": doc("InvalidType: a project that is none", async (lab) => {
    await lab.no("InvalidType", "/record/new", { project: nothing });
  }),
  "DO-6-14": doc("ResourceNotFound: project, folder or source missing", async (lab) => {
    const { project } = lab;
    await lab.no("ResourceNotFound", "/record/new", { project: nowhere });
    await lab.no("ResourceNotFound", "/record/new", { project, folder: `/${lab.unique()}` });
    await lab.no("ResourceNotFound", "/record/new", {
      project,
      initializeFrom: { id: nothing, project },
    });
    const source = await lab.record();
    await lab.no("ResourceNotFound", "/record/new", {
      project,
      initializeFrom: { id: source, project: lab.other },
    });
  }),
  "DO-6-15": doc("PermissionDenied: less than UPLOAD", async (lab) => {
    await lab.no("PermissionDenied", "/record/new", { project: lab.project }, lab.as("VIEW"));
    await lab.no("PermissionDenied", "/record/new", { project: lab.project }, lab.as("NONE"));
  }),
  "DO-6-16": cannot("doc", "InvalidState: none is known", "there is nothing to provoke"),
  "DO-6-17": assumed("close that is no boolean is InvalidInput", (lab) =>
    refusesNew(lab, { close: 1 }),
  ),
  "DO-6-18": client("records have no further methods", async (lab) => {
    const id = await lab.record();
    for (const method of ["run", "get", "destroy", "remove"]) {
      equal((await lab.raw(`/${id}/${method}`)).type, "ResourceNotFound", method);
    }
  }),
  "DO-7.1-01": doc("/file/new takes what records take, and media", async (lab) => {
    const input = {
      name: "f",
      tags: ["t"],
      types: ["T"],
      hidden: true,
      properties: { a: "b" },
      details: { x: 1 },
      media: "text/x",
    };
    const id = await lab.make("file", { ...input, folder: `/${lab.unique()}`, parents: true });
    const all = { defaultFields: true, fields: { properties: true, details: true } };
    const answer = await lab.describe(id, all);
    for (const [key, value] of Object.entries(input)) equal(answer[key], value, key);
    equal(answer["state"], "open");
  }),
  "DO-7.1-02": doc("its errors are those of records", async (lab) => {
    await lab.no("InvalidInput", "/file/new", {});
    await lab.no("InvalidInput", "/file/new", { project: lab.project, media: 1 });
    await lab.no("InvalidType", "/file/new", { project: noFile });
    await lab.no("ResourceNotFound", "/file/new", { project: nowhere });
    await lab.no("ResourceNotFound", "/file/new", {
      project: lab.project,
      folder: `/${lab.unique()}`,
    });
    await lab.no("PermissionDenied", "/file/new", { project: lab.project }, lab.as("VIEW"));
    const nonce = lab.unique();
    equal(await lab.make("file", { nonce }), await lab.make("file", { nonce }));
    await lab.no("InvalidInput", "/file/new", { project: lab.project, nonce, name: "x" });
  }),
  "DO-7.1-03": assumed("symlinked files are refused", async (lab) => {
    await lab.no("InvalidInput", "/file/new", {
      project: lab.project,
      drive: "drive-000000000000000000000000",
      symlinkPath: {},
    });
  }),
  "DO-7.2-01": client("minimumPartSize", regionFact("minimumPartSize", 5_242_880, 1)),
  "DO-7.2-02": client("maximumPartSize", regionFact("maximumPartSize", 5_368_709_120, 4_194_304)),
  "DO-7.2-03": client(
    "maximumFileSize",
    regionFact("maximumFileSize", 5_497_558_138_880, 209_715_200_000),
  ),
  "DO-7.2-04": client("maximumNumParts", regionFact("maximumNumParts", 10_000, 50_000)),
  "DO-7.2-05": client("emptyLastPartAllowed", regionFact("emptyLastPartAllowed", true, false)),
  "DO-7.2-06": client("they are not among the default fields", async (lab) => {
    holds(!("fileUploadParameters" in (await lab.describe(lab.project))), "only when asked for");
    equal(keysOf(await lab.field(lab.project, "fileUploadParameters")).length, 5);
  }),
  "DO-7.3-01": doc("upload: index from 1 to the region's most, 1 by default", async (lab) => {
    const id = await lab.make("file");
    await lab.ok(`/${id}/upload`, { size: 0, md5: emptyMd5 });
    equal(keysOf(await lab.field(id, "parts")), ["1"]);
    await lab.ok(`/${id}/upload`, { index: 10_000, size: 1 });
    for (const index of [0, -1, 10_001, 1.5, "1"]) {
      await lab.no("InvalidInput", `/${id}/upload`, { index, size: 1 });
    }
  }),
  "DO-7.3-02": client("index alone will do", async (lab) => {
    const id = await lab.make("file");
    await lab.ok(`/${id}/upload`, { index: 1 });
  }),
  "DO-7.3-03": doc("it answers url, headers that are strings, and expires", async (lab) => {
    const id = await lab.make("file");
    const { url, headers, expires } = await lab.ok(`/${id}/upload`, { index: 1, size: 3 });
    holds(typeof url === "string" && /^https?:/.test(url), String(url));
    for (const value of Object.values(headers as Body)) equal(typeof value, "string");
    holds(Number.isInteger(expires), "expires");
  }),
  "DO-7.3-04": client(
    "not open: InvalidState; out of range: InvalidInput; nobody's: ResourceNotFound",
    async (lab) => {
      const id = await lab.make("file");
      for (const input of [{ size: -1 }, { size: "1" }, { md5: "x" }, { md5: "A".repeat(32) }]) {
        await lab.no("InvalidInput", `/${id}/upload`, { index: 1, ...input });
      }
      await lab.no("ResourceNotFound", `/${noFile}/upload`, { index: 1 });
      await lab.no("PermissionDenied", `/${id}/upload`, { index: 1 }, lab.as("VIEW"));
      await lab.no("InvalidState", `/${await lab.file()}/upload`, { index: 1, size: 1 });
    },
  ),
  "DO-7.3-05": client("the part is pending from then on, also if it was complete", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "x");
    equal((await lab.field(id, "parts"))["1"]["state"], "complete");
    await lab.ok(`/${id}/upload`, { index: 1, size: 1 });
    equal((await lab.field(id, "parts"))["1"]["state"], "pending");
  }),
  "DO-7.3-06": client(
    "the PUT takes the headers given, no token, and answers 200 and nothing",
    async (lab) => {
      const response = await lab.put(await lab.make("file"), "bytes");
      equal([response.status, await response.text()], [200, ""]);
    },
  ),
  "DO-7.3-07": ofClients("client", "a browser leaves out the headers that are its own"),
  "DO-7.3-08": client("after the PUT the part is complete", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "bytes");
    const part = (await lab.field(id, "parts"))["1"];
    equal([part["state"], part["size"]], ["complete", 5]);
  }),
  "DO-7.3-09": doc("any part again and again; the last PUT wins", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "first");
    await lab.put(id, "second");
    await lab.ok(`/${id}/close`);
    await lab.untilClosed(id);
    equal(await (await lab.get(await lab.ok(`/${id}/download`))).text(), "second");
  }),
  "DO-7.3-10": client("a new URL can be had at any time", async (lab) => {
    const id = await lab.make("file");
    for (let count = 0; count < 3; count++) await lab.ok(`/${id}/upload`, { index: 1, size: 1 });
    equal((await lab.put(id, "x")).status, 200);
  }),
  "DO-7.3-11": client("a URL counts until expires", async (lab) => {
    const id = await lab.make("file");
    const target = await lab.ok(`/${id}/upload`, { index: 1, size: 1 });
    const now = (await lab.ok("/system/comeBackLater"))["currentTime"] as number;
    await lab.pass((target["expires"] as number) - now + 1000);
    const response = await lab.putTo(target, "x");
    equal(response.status, 403);
    holds((await response.text()).includes("Request has expired"), "the message");
  }),
  "DO-7.3-12": doc("a small part is refused at close, not at upload", async (lab) => {
    const id = await lab.make("file");
    equal((await lab.put(id, "a", 1)).status, 200);
    equal((await lab.put(id, "b", 2)).status, 200);
    await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-7.3-13": doc("parts in any order, several at once", async (lab) => {
    const id = await lab.make("file", {
      project: await lab.newProject({ region: "azure:westus" }),
    });
    await Promise.all([lab.put(id, "c", 3), lab.put(id, "a", 1), lab.put(id, "b", 2)]);
    await lab.ok(`/${id}/close`);
    await lab.untilClosed(id);
    equal(await (await lab.get(await lab.ok(`/${id}/download`))).text(), "abc");
  }),
  "DO-7.3-14": client("a transfer that is too slow is 400 RequestTimeout", async (lab) => {
    const id = await lab.make("file");
    const target = await lab.ok(`/${id}/upload`, { index: 1, size: 1 });
    await lab.fault({ kind: "slowTransfer" });
    const response = await lab.putTo(target, "x");
    equal(response.status, 400);
    holds((await response.text()).includes("RequestTimeout"), "its code");
    equal((await lab.put(id, "x")).status, 200);
  }),
  "DO-7.3-15": client("content that is not what was announced is 400", async (lab) => {
    const id = await lab.make("file");
    const target = await lab.ok(`/${id}/upload`, { index: 1, size: 5, md5: emptyMd5 });
    equal((await lab.putTo(target, "bytes")).status, 400);
    equal((await lab.field(id, "parts"))["1"]["state"], "pending");
  }),
  "DO-7.3-16": client("5xx on a PUT passes: a new URL, and again", async (lab) => {
    const id = await lab.make("file");
    const target = await lab.ok(`/${id}/upload`, { index: 1, size: 1 });
    await lab.fault({ kind: "garbage", status: 503 });
    equal((await lab.putTo(target, "x")).status, 503);
    equal((await lab.field(id, "parts"))["1"]["state"], "pending");
    equal((await lab.put(id, "x")).status, 200);
  }),
  "DO-7.4-01": client("parts: size, md5 and state by number", async (lab) => {
    const id = await lab.make("file");
    equal(await lab.field(id, "parts"), {});
    await lab.put(id, "");
    equal((await lab.field(id, "parts"))["1"], { size: 0, md5: emptyMd5, state: "complete" });
  }),
  "DO-7.4-02": client("an empty file: one empty part here, none at all there", async (lab) => {
    const here = await lab.file("");
    equal(await lab.field(here, "size"), 0);
    const project = await lab.newProject({ region: "azure:westus" });
    const there = await lab.make("file", { project });
    await lab.ok(`/${there}/close`);
    await lab.untilClosed(there);
    equal(await lab.field(there, "size", project), 0);
  }),
  "DO-7.5-01": doc(
    "download takes duration, filename, project and preauthenticated",
    async (lab) => {
      const id = await lab.file();
      await lab.ok(`/${id}/download`, {
        preauthenticated: true,
        filename: "a b.txt",
        duration: 60,
        project: lab.project,
      });
      for (const input of [
        { duration: "1" },
        { preauthenticated: 1 },
        { filename: 1 },
        { project: 1 },
      ]) {
        await lab.no("InvalidInput", `/${id}/download`, input);
      }
    },
  ),
  "DO-7.5-02": assumed("a link counts for 24 hours by default", async (lab) => {
    const now = (await lab.ok("/system/comeBackLater"))["currentTime"] as number;
    const { expires } = await lab.ok(`/${await lab.file()}/download`, { preauthenticated: true });
    holds(Math.abs((expires as number) - now - 86_400_000) < 600_000, String(expires));
  }),
  "DO-7.5-03": client(
    "it answers url, headers, and expires where no token is needed",
    async (lab) => {
      const { url, headers, expires } = await lab.ok(`/${await lab.file()}/download`, {
        preauthenticated: true,
        duration: 60,
      });
      holds(typeof url === "string" && typeof headers === "object", "url and headers");
      holds(Number.isInteger(expires), "expires");
    },
  ),
  "DO-7.5-04": client("otherwise the headers given go with the GET", async (lab) => {
    const target = await lab.ok(`/${await lab.file("here it is")}/download`);
    const response = await lab.get(target);
    equal([response.status, await response.text()], [200, "here it is"]);
  }),
  "DO-7.5-05": client("ranges are answered 206", async (lab) => {
    const response = await lab.get(await lab.ok(`/${await lab.file("0123456789")}/download`), {
      Range: "bytes=2-4",
    });
    equal([response.status, await response.text()], [206, "234"]);
  }),
  "DO-7.5-06": client(
    "not closed: InvalidState; a project without it: ResourceNotFound",
    async (lab) => {
      const open = await lab.make("file");
      await lab.no("InvalidState", `/${open}/download`);
      await lab.no("ResourceNotFound", `/${noFile}/download`);
      await lab.no("ResourceNotFound", `/${await lab.file()}/download`, { project: lab.other });
    },
  ),
  "DO-7.5-07": ofClients("client", "links are kept until a minute before they expire"),
  "DO-7.5-08": client("parts say what to verify a download by", async (lab) => {
    const part = (await lab.field(await lab.file("x"), "parts"))["1"];
    equal([part["md5"], part["size"]], ["9dd4e461268c8034f5c8564e155c67a6", 1]);
  }),
  "DO-7.6-01": doc("close: §4.4", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "x");
    equal((await lab.ok(`/${id}/close`))["id"], id);
  }),
  "DO-7.6-02": doc("listProjects and metadata as for records", async (lab) => {
    const id = await lab.make("file");
    await lab.ok(`/${id}/addTypes`, { types: ["T"] });
    await lab.ok(`/${id}/setDetails`, { a: 1 });
    await lab.ok(`/${id}/rename`, { project: lab.project, name: "n" });
    equal(keysOf(await lab.ok(`/${id}/listProjects`)), [lab.project]);
  }),
  "DO-7.6-03": cannot(
    "client",
    "checksums of files in drives",
    "files in drives are out of scope (DO-7.1-03)",
  ),
  "DO-7.6-04": ofClients("client", "one uploader compresses"),
  "DO-7.6-05": doc("only live files are downloaded", async (lab) => {
    const project = await lab.newProject();
    const id = await lab.file("x", { project });
    await lab.ok(`/${project}/archive`, { files: [id] });
    await lab.no("InvalidState", `/${id}/download`);
  }),
  "DO-7.6-06": client("media never changes", async (lab) => {
    equal((await lab.raw(`/${noFile}/setMedia`)).type, "ResourceNotFound");
  }),
  "DO-7.6-07": doc("content stays after close", async (lab) => {
    await lab.no("InvalidState", `/${await lab.file()}/upload`, { index: 1, size: 1 });
  }),
  "DO-8-01": doc("a create again within the hour: the same id", async (lab) => {
    const input = { nonce: lab.unique(), close: true };
    equal(await lab.record(input), await lab.record(input));
  }),
  "DO-8-02": doc("a create again after the hour: a second object", async (lab) => {
    const input = { nonce: lab.unique() };
    const first = await lab.record(input);
    await lab.pass(3_600_001);
    holds((await lab.record(input)) !== first, "another one");
  }),
  "DO-8-03": doc("the same nonce with an edited body is InvalidInput", async (lab) => {
    const nonce = lab.unique();
    await lab.record({ nonce });
    await lab.no("InvalidInput", "/record/new", { project: lab.project, nonce, tags: ["edited"] });
  }),
  "DO-8-04": doc("one call makes and closes", async (lab) => {
    const input = { nonce: lab.unique(), close: true };
    const id = await lab.record(input);
    equal(await lab.record(input), id);
    equal(await lab.field(id, "state"), "closed");
  }),
  "DO-8-05": doc("fixed fields again, still open: the same result", async (lab) => {
    const id = await lab.record();
    for (let count = 0; count < 2; count++) await lab.ok(`/${id}/addTypes`, { types: ["A"] });
    equal(await lab.field(id, "types"), ["A"]);
  }),
  "DO-8-06": client(
    "fixed fields again, closed meanwhile: InvalidState though they are there",
    async (lab) => {
      const id = await lab.record();
      await lab.ok(`/${id}/addTypes`, { types: ["A"] });
      await lab.ok(`/${id}/close`);
      await lab.no("InvalidState", `/${id}/addTypes`, { types: ["A"] });
      equal(await lab.field(id, "types"), ["A"]);
    },
  ),
  "DO-8-07": doc(
    "free fields again: the same result, but a closed one takes CONTRIBUTE",
    async (lab) => {
      const id = await lab.record();
      const body = { project: lab.project, tags: ["t"] };
      await lab.ok(`/${id}/addTags`, body, lab.as("UPLOAD"));
      await lab.ok(`/${id}/close`);
      await lab.no("PermissionDenied", `/${id}/addTags`, body, lab.as("UPLOAD"));
      await lab.ok(`/${id}/addTags`, body, lab.as("CONTRIBUTE"));
      equal(await lab.field(id, "tags"), ["t"]);
    },
  ),
  "DO-8-08": doc("a part again: written with the same bytes", async (lab) => {
    const id = await lab.make("file");
    await lab.put(id, "same");
    const before = await lab.field(id, "parts");
    await lab.put(id, "same");
    equal(await lab.field(id, "parts"), before);
  }),
  "DO-8-09": doc("close again: 200 with detail", async (lab) => {
    holds("detail" in (await lab.ok(`/${await lab.record({ close: true })}/close`)), "detail");
  }),
  "DO-8-10": assumed("close of a workflow again: InvalidState", async (lab) => {
    const id = await lab.make("workflow");
    await lab.ok(`/${id}/close`);
    await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-8-11": doc("close without parts: InvalidState, again and again", async (lab) => {
    const id = await lab.make("file");
    for (let count = 0; count < 2; count++) await lab.no("InvalidState", `/${id}/close`);
  }),
  "DO-8-12": doc("anything on what is gone: ResourceNotFound", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    await lab.no("ResourceNotFound", `/${id}/addTypes`, { types: [] });
    await lab.no("ResourceNotFound", `/${id}/rename`, { project: lab.project, name: "n" });
  }),
  "DO-8-13": assumed("a second removal is ResourceNotFound", async (lab) => {
    const objects = [await lab.record()];
    await lab.ok(`/${lab.project}/removeObjects`, { objects });
    await lab.no("ResourceNotFound", `/${lab.project}/removeObjects`, { objects });
  }),
  "DO-8-14": client("no version, no ETag: the last writer wins", async (lab) => {
    const id = await lab.record();
    for (const name of ["one", "two"]) {
      const answer = await lab.call(
        `/${id}/rename`,
        { project: lab.project, name },
        { headers: { "If-Match": "0" } },
      );
      equal([answer.status, answer.headers.get("ETag")], [200, null]);
    }
    equal(await lab.field(id, "name"), "two");
  }),
  "DO-8-15": assumed("modified tells of a foreign change", async (lab) => {
    const id = await lab.record();
    const before = await lab.field(id, "modified");
    await lab.pass(10);
    await lab.ok(`/${id}/setDetails`, { a: 1 }, lab.as("UPLOAD"));
    holds((await lab.field(id, "modified")) > before, "later");
  }),
  "DO-8-16": assumed("resending an add after a remove brings it back", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${id}/addTypes`, { types: ["A"] });
    await lab.ok(`/${id}/removeTypes`, { types: ["A"] });
    await lab.ok(`/${id}/addTypes`, { types: ["A"] });
    equal(await lab.field(id, "types"), ["A"]);
  }),
  "DO-8-17": doc("after close what is in doubt can be read, not repeated", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${id}/setVisibility`, { hidden: true });
    await lab.ok(`/${id}/close`);
    await lab.no("InvalidState", `/${id}/setVisibility`, { hidden: true });
    equal(await lab.field(id, "hidden"), true);
  }),
  "DO-9.1-01": client("creation: any of the optional inputs, none that is null", async (lab) => {
    await lab.record({
      name: "n",
      tags: [],
      types: [],
      hidden: false,
      properties: {},
      details: {},
      folder: "/",
      parents: false,
    });
  }),
  "DO-9.1-02": client("describe with both styles at once", async (lab) => {
    await lab.describe(await lab.record(), {
      project: lab.project,
      properties: true,
      details: false,
    });
  }),
  "DO-9.1-03": client("set_details and get_details", async (lab) => {
    const id = await lab.record();
    await lab.ok(`/${id}/setDetails`, { a: [1] });
    equal(await lab.ok(`/${id}/getDetails`, {}), { a: [1] });
  }),
  "DO-9.1-04": client("set_properties sends null to delete", async (lab) => {
    const id = await lab.record({ properties: { a: "b" } });
    await lab.ok(`/${id}/setProperties`, { project: lab.project, properties: { a: null } });
    equal((await lab.describe(id, { properties: true, details: false }))["properties"], {});
  }),
  "DO-9.1-05": client("remove is removeObjects of the project", async (lab) => {
    const id = await lab.record();
    equal(await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] }), { id: lab.project });
  }),
  "DO-9.1-06": client("move is move of the project", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder, parents: true });
    await lab.ok(`/${lab.project}/move`, { objects: [await lab.record()], destination: folder });
  }),
  "DO-9.1-07": client("clone is clone of the project", async (lab) => {
    equal((await lab.clone([await lab.record({ close: true })]))["project"], lab.other);
  }),
  "DO-9.1-08": client("waiting asks for the state alone", async (lab) => {
    const id = await lab.record({ close: true });
    equal(await lab.describe(id, { fields: { state: true }, project: lab.project }), {
      id,
      state: "closed",
    });
  }),
  "DO-9.1-09": client("waiting for parts asks for parts and state", async (lab) => {
    const id = await lab.make("file");
    equal(await lab.describe(id, { fields: { parts: true, state: true } }), {
      id,
      parts: {},
      state: "open",
    });
  }),
  "DO-9.2-01": client("/record/new with initializeFrom, close and nonce", async (lab) => {
    const source = await lab.record();
    await lab.record({
      initializeFrom: { id: source, project: lab.project },
      close: true,
      nonce: lab.unique(),
    });
  }),
  "DO-9.3-01": client("/file/new with media and nonce", async (lab) => {
    await lab.make("file", { media: "text/plain", nonce: lab.unique() });
  }),
  "DO-9.3-02": client("the project says how to upload", async (lab) => {
    equal(keysOf(await lab.describe(lab.project, { fields: { fileUploadParameters: true } })), [
      "fileUploadParameters",
      "id",
    ]);
  }),
  "DO-9.3-03": client("a part without index is the first", async (lab) => {
    const id = await lab.make("file");
    await lab.ok(`/${id}/upload`, { md5: emptyMd5, size: 0 });
    equal(keysOf(await lab.field(id, "parts")), ["1"]);
  }),
  "DO-9.3-04": client(
    "the empty part on a closed file is InvalidState, close then succeeds",
    async (lab) => {
      const id = await lab.file();
      await lab.no("InvalidState", `/${id}/upload`, { index: 1, md5: emptyMd5, size: 0 });
      await lab.ok(`/${id}/close`);
    },
  ),
  "DO-9.3-05": ofClients("client", "a new file after a time-out"),
  "DO-9.3-06": client(
    "a download URL for a project that lacks the file is ResourceNotFound",
    async (lab) => {
      await lab.no("ResourceNotFound", `/${await lab.file()}/download`, {
        preauthenticated: true,
        project: lab.other,
      });
    },
  ),
  "DO-9.3-07": ofClients("client", "reads refuse what is not closed"),
  "DO-9.3-08": ofClients("client", "downloads check each part"),
  "DO-9.4-01": ofClients("client", "how other clients wait for a close"),
};
