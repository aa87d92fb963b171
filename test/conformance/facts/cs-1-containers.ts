import { equal, holds, keysOf, sameSet } from "../expectations.ts";
import { assumed, cannot, client, destructive, doc, type Facts } from "../fact.ts";
import { type FactLab, nothing, nowhere } from "../fact-lab.ts";

/** A project where everybody has the level of their name. */
async function shared(lab: FactLab, input: Record<string, unknown> = {}): Promise<string> {
  const project = await lab.newProject(input);
  for (const level of ["VIEW", "UPLOAD", "CONTRIBUTE"] as const) {
    const { id: invitee } = await lab.ok("/system/whoami", {}, lab.as(level));
    await lab.ok(`/${project}/invite`, { invitee, level });
  }
  return project;
}

/** A tree of folders of its own, so that facts can share a project. */
async function folderOf(lab: FactLab): Promise<string> {
  const folder = `/${lab.unique()}`;
  await lab.ok(`/${lab.project}/newFolder`, { folder });
  return folder;
}

const link = (id: string): unknown => ({ $dnanexus_link: id });

async function isThere(lab: FactLab, id: string, project: string): Promise<boolean> {
  const answer = await lab.call(`/${id}/describe`, { project });
  return answer.status === 200 && answer.body["project"] === project;
}

const projectFields =
  "id name class created modified billTo cloudAccount level dataUsage sponsoredDataUsage remoteDataUsage archivedDataUsage region summary description protected restricted downloadRestricted externalUploadRestricted previewViewerRestricted displayDataProtectionNotice databaseUIViewOnly databaseResultsRestricted allowedExecutables containsPHI createdBy version pendingTransfer tags defaultInstanceType totalSponsoredEgressBytes consumedSponsoredEgressBytes atSpendingLimit provider".split(
    " ",
  );

/** CS §1 to §4: containers, folders, removal, cloning. */
export const containerFacts: Facts = {
  "CS-1.1-01": doc(
    "made in one container; closed it can be in several; removing one copy leaves the others",
    async (lab) => {
      const id = await lab.record({ close: true });
      await lab.clone([id]);
      await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
      equal((await lab.describe(id))["project"], lab.other);
    },
  ),
  "CS-1.1-02": cannot(
    "doc",
    "container-… is made by the system for executions",
    "nothing is executed here, so there is none",
  ),
  "CS-1.1-03": client("containers answer the methods of projects", async (lab) => {
    const container = nowhere.replace("project", "container");
    for (const [method, input] of [
      ["describe", {}],
      ["listFolder", {}],
      ["newFolder", { folder: "/a" }],
      ["removeObjects", { objects: [] }],
    ] as const) {
      await lab.no("ResourceNotFound", `/${container}/${method}`, input);
    }
  }),
  "CS-1.1-04": client("the same methods by either name", async (lab) => {
    const container = nowhere.replace("project", "container");
    await lab.no("InvalidInput", `/${container}/newFolder`, {});
    await lab.no("InvalidInput", `/${lab.project}/newFolder`, {});
  }),
  "CS-1.1-05": doc(
    "copies share content, types, details, hidden; name, tags, properties, folder are each one's own",
    async (lab) => {
      const id = await lab.record({
        close: true,
        name: "n",
        tags: ["t"],
        properties: { a: "b" },
        types: ["T"],
      });
      await lab.clone([id]);
      const project = lab.other;
      await lab.ok(`/${id}/rename`, { project, name: "m" });
      await lab.ok(`/${id}/addTags`, { project, tags: ["u"] });
      await lab.ok(`/${id}/setProperties`, { project, properties: { a: "c" } });
      const here = await lab.describe(id, { project: lab.project, properties: true });
      const there = await lab.describe(id, { project, properties: true });
      equal([here["name"], here["tags"], here["properties"]], ["n", ["t"], { a: "b" }]);
      equal([there["name"], there["tags"], there["properties"]], ["m", ["t", "u"], { a: "c" }]);
      for (const key of [
        "id",
        "class",
        "created",
        "createdBy",
        "state",
        "types",
        "links",
        "hidden",
      ])
        equal(there[key], here[key], key);
    },
  ),
  "CS-1.1-06": client(
    "without a hint any copy answers; when it is gone, another one",
    async (lab) => {
      const id = await lab.record({ close: true });
      await lab.clone([id]);
      const first = (await lab.describe(id))["project"] as string;
      await lab.ok(`/${first}/removeObjects`, { objects: [id] });
      equal((await lab.describe(id))["project"], first === lab.project ? lab.other : lab.project);
    },
  ),
  "CS-1.1-07": client("listProjects: container to level", async (lab) => {
    equal(await lab.ok(`/${await lab.record()}/listProjects`), { [lab.project]: "ADMINISTER" });
  }),
  "CS-1.2-01": doc(
    "/project/new: a name is needed; the caller is its administrator",
    async (lab) => {
      const id = await lab.newProject({
        name: "P",
        summary: "s",
        description: "d",
        tags: ["t"],
        properties: { a: "b" },
        protected: true,
        restricted: true,
        containsPHI: true,
      });
      const found = await lab.describe(id, { properties: true });
      for (const [key, value] of Object.entries({
        name: "P",
        summary: "s",
        description: "d",
        tags: ["t"],
        properties: { a: "b" },
        protected: true,
        restricted: true,
        downloadRestricted: false,
        containsPHI: true,
        level: "ADMINISTER",
      })) {
        equal(found[key], value, key);
      }
      for (const input of [
        {},
        { name: "" },
        { name: 1 },
        { name: "x", protected: 1 },
        { name: "x", tags: "t" },
        { name: "x", region: 1 },
      ]) {
        await lab.no("InvalidInput", "/project/new", input);
      }
    },
  ),
  "CS-1.2-02": doc("describe takes VIEW; unknown ids are ResourceNotFound", async (lab) => {
    equal((await lab.describe(lab.project, {}, lab.as("VIEW")))["level"], "VIEW");
    await lab.no("ResourceNotFound", `/${nowhere}/describe`);
  }),
  "CS-1.2-03": client(
    "update: fields, by an administrator, with version as a condition",
    async (lab) => {
      const project = await lab.newProject();
      await lab.ok(`/${project}/update`, { name: "N", summary: "S", version: 0 });
      const { name, summary, version } = await lab.describe(project);
      equal([name, summary, version], ["N", "S", 1]);
      equal((await lab.call(`/${project}/update`, { name: "M", version: 0 })).status, 422);
      equal(await lab.field(project, "name"), "N");
      await lab.no(
        "PermissionDenied",
        `/${lab.project}/update`,
        { summary: "x" },
        lab.as("CONTRIBUTE"),
      );
      await lab.no("InvalidInput", `/${project}/update`, { name: "" });
    },
  ),
  "CS-1.2-04": destructive(
    client("destroy takes everything along", async (lab) => {
      const project = await lab.newProject();
      const id = await lab.record({ project });
      await lab.no("PermissionDenied", `/${lab.project}/destroy`, {}, lab.as("CONTRIBUTE"));
      equal(await lab.ok(`/${project}/destroy`), { id: project });
      await lab.no("ResourceNotFound", `/${project}/describe`);
      await lab.no("ResourceNotFound", `/${id}/describe`);
    }),
  ),
  "CS-1.2-05": doc("invite gives a level", async (lab) => {
    const project = await lab.newProject();
    const viewer = lab.as("VIEW");
    const { id: invitee } = await lab.ok("/system/whoami", {}, viewer);
    equal((await lab.ok(`/${project}/invite`, { invitee, level: "UPLOAD" }))["id"], project);
    equal((await lab.describe(project, {}, viewer))["level"], "UPLOAD");
    await lab.no("PermissionDenied", `/${project}/invite`, { invitee, level: "VIEW" }, viewer);
    await lab.no("InvalidInput", `/${project}/invite`, { invitee, level: "GOD" });
  }),
  "CS-1.2-06": client("decreasePermissions lowers or takes a level", async (lab) => {
    const project = await shared(lab);
    const contributor = lab.as("CONTRIBUTE");
    const { id } = await lab.ok("/system/whoami", {}, contributor);
    await lab.ok(`/${project}/decreasePermissions`, { [id as string]: "VIEW" });
    equal((await lab.describe(project, {}, contributor))["level"], "VIEW");
    await lab.ok(`/${project}/decreasePermissions`, { [id as string]: null });
    equal((await lab.call(`/${project}/describe`, {}, contributor)).status !== 200, true);
  }),
  "CS-1.2-07": doc("leave: any member", async (lab) => {
    const project = await shared(lab);
    await lab.ok(`/${project}/leave`, {}, lab.as("VIEW"));
    holds((await lab.call(`/${project}/describe`, {}, lab.as("VIEW"))).status !== 200, "gone");
  }),
  "CS-1.2-08": client("tags and properties of projects", async (lab) => {
    const project = await lab.newProject();
    await lab.ok(`/${project}/addTags`, { tags: ["a", "b"] });
    await lab.ok(`/${project}/removeTags`, { tags: ["a"] });
    await lab.ok(`/${project}/setProperties`, { properties: { k: "v" } });
    equal(
      [await lab.field(project, "tags"), await lab.field(project, "properties")],
      [["b"], { k: "v" }],
    );
  }),
  "CS-1.2-09": client("archive: closed live files", async (lab) => {
    const project = await lab.newProject();
    const open = await lab.make("file", { project });
    const id = await lab.file("x", { project });
    await lab.no("InvalidState", `/${project}/archive`, { files: [id, open] });
    await lab.no("InvalidState", `/${project}/unarchive`, { files: [id] });
    equal(await lab.field(id, "archivalState", project), "live");
    await lab.ok(`/${project}/archive`, { files: [id] });
    equal(await lab.field(id, "archivalState", project), "archival");
    await lab.no("InvalidState", `/${project}/archive`, { files: [id] });
    for (const input of [{}, { files: [], folder: "/" }, { files: 1 }, { folder: "x" }]) {
      await lab.no("InvalidInput", `/${project}/archive`, input);
    }
  }),
  "CS-1.2-10": cannot("assumed", "transfers and sponsorship", "out of scope in the source itself"),
  "CS-1.2-11": client("archive and unarchive take CONTRIBUTE", async (lab) => {
    const input = { files: [await lab.file()] };
    await lab.no("PermissionDenied", `/${lab.project}/archive`, input, lab.as("UPLOAD"));
    await lab.ok(`/${lab.project}/archive`, input, lab.as("CONTRIBUTE"));
  }),
  "CS-1.2-12": client("archive of a folder: what is fit in it, below it or not", async (lab) => {
    const project = await lab.newProject();
    const top = await lab.file("x", { project });
    const below = await lab.file("x", { project, folder: "/f", parents: true });
    await lab.make("file", { project });
    await lab.record({ project, close: true });
    equal((await lab.ok(`/${project}/archive`, { folder: "/", recurse: false }))["count"], 1);
    equal(
      [
        await lab.field(top, "archivalState", project),
        await lab.field(below, "archivalState", project),
      ],
      ["archival", "live"],
    );
    equal((await lab.ok(`/${project}/archive`, { folder: "/" }))["count"], 1);
    await lab.no("ResourceNotFound", `/${project}/archive`, { folder: "/none" });
  }),
  "CS-1.2-13": client("allCopies: the copies in other projects, too", async (lab) => {
    const [one, two] = [await lab.newProject(), await lab.newProject()];
    const alone = await lab.file("x", { project: one });
    const all = await lab.file("x", { project: one });
    await lab.ok(`/${one}/clone`, { objects: [alone, all], project: two });
    equal((await lab.ok(`/${one}/archive`, { files: [alone] }))["count"], 1);
    equal((await lab.ok(`/${one}/archive`, { files: [all], allCopies: true }))["count"], 2);
    equal(
      [await lab.field(alone, "archivalState", two), await lab.field(all, "archivalState", two)],
      ["live", "archival"],
    );
    await lab.pass(30_000);
    equal(
      [await lab.field(alone, "archivalState", one), await lab.field(all, "archivalState", one)],
      ["archival", "archived"],
    );
  }),
  "CS-1.2-14": client("live, archival, archived, unarchiving, live", async (lab) => {
    const project = await lab.newProject();
    const files = [await lab.file("x", { project })];
    const state = async (): Promise<string> =>
      (await lab.field(files[0] ?? "", "archivalState", project)) as string;
    await lab.ok(`/${project}/archive`, { files });
    await lab.no("InvalidState", `/${project}/unarchive`, { files });
    await lab.pass(10_000);
    equal(await state(), "archived");
    await lab.ok(`/${project}/unarchive`, { files, dryRun: true });
    equal(await state(), "archived");
    equal((await lab.ok(`/${project}/unarchive`, { files, rate: "Expedited" }))["files"], 1);
    equal(await state(), "unarchiving");
    await lab.no("InvalidState", `/${files[0] ?? ""}/download`);
    await lab.pass(5 * 60_000);
    equal(await state(), "live");
    await lab.ok(`/${files[0] ?? ""}/download`);
    await lab.no("InvalidInput", `/${project}/unarchive`, { files, rate: "Soon" });
  }),
  "CS-1.3-01": client("the default fields", async (lab) => {
    // storageCost is told as one to ask for; a test of the official client reads it without asking.
    const keys = keysOf(await lab.describe(lab.project)).filter((key) => key !== "storageCost");
    sameSet(keys, projectFields);
  }),
  "CS-1.3-02": client(
    "properties, permissions, folders, objects and upload parameters on request",
    async (lab) => {
      const fields = {
        properties: true,
        permissions: true,
        folders: true,
        objects: true,
        fileUploadParameters: true,
      };
      equal(
        keysOf(await lab.describe(lab.project, { fields })),
        [...Object.keys(fields), "id"].sort(),
      );
      const { permissions } = await lab.describe(
        lab.project,
        { fields: { permissions: true } },
        lab.as("VIEW"),
      );
      equal(permissions, undefined, "not for a viewer");
    },
  ),
  "CS-1.3-03": doc("level is the caller's own", async (lab) => {
    for (const level of ["VIEW", "UPLOAD", "CONTRIBUTE", "ADMINISTER"] as const) {
      equal((await lab.describe(lab.project, {}, lab.as(level)))["level"], level);
    }
  }),
  "CS-1.3-04": client("fileUploadParameters of an AWS-like region", async (lab) => {
    equal(await lab.field(lab.project, "fileUploadParameters"), {
      minimumPartSize: 5_242_880,
      maximumPartSize: 5_368_709_120,
      emptyLastPartAllowed: true,
      maximumNumParts: 10_000,
      maximumFileSize: 5_497_558_138_880,
    });
  }),
  "CS-1.3-05": client("created in whole seconds, modified in milliseconds", async (lab) => {
    if (lab.ground.pass !== undefined) {
      const now = (await lab.ok("/system/comeBackLater"))["currentTime"] as number;
      await lab.pass(1234 - (now % 1000));
    }
    const { created, modified } = await lab.describe(await lab.record());
    equal((created as number) % 1000, 0);
    holds((modified as number) >= (created as number), "modified");
    if (lab.ground.pass !== undefined) equal((modified as number) % 1000, 234);
    equal(((await lab.field(await lab.newProject(), "created")) as number) % 1000, 0);
  }),
  "CS-1.3-06": assumed("a project's modified does not move with its objects", async (lab) => {
    const before = await lab.field(lab.project, "modified");
    await lab.pass(5000);
    await lab.record();
    equal(await lab.field(lab.project, "modified"), before);
  }),
  "CS-1.3-07": client("version starts at 0; region is us-east-1 by default", async (lab) => {
    const { version, region, class: kind } = await lab.describe(await lab.newProject());
    equal([version, region, kind], [0, "aws:us-east-1", "project"]);
  }),
  "CS-1.3-08": client("folders: every path, the root first", async (lab) => {
    const project = await lab.newProject();
    await lab.ok(`/${project}/newFolder`, { folder: "/a/b", parents: true });
    equal(await lab.field(project, "folders"), ["/", "/a", "/a/b"]);
  }),
  "CS-1.4-01": doc("protected: only administrators remove", async (lab) => {
    const id = await lab.record({ project: lab.guarded });
    await lab.no(
      "PermissionDenied",
      `/${lab.guarded}/removeObjects`,
      { objects: [id] },
      lab.as("CONTRIBUTE"),
    );
    await lab.ok(`/${lab.guarded}/removeObjects`, { objects: [id] });
    const here = await lab.record();
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [here] }, lab.as("CONTRIBUTE"));
  }),
  "CS-1.4-02": doc("restricted: nothing is cloned out", async (lab) => {
    const project = await lab.newProject({ restricted: true });
    const id = await lab.record({ project, close: true });
    await lab.no("PermissionDenied", `/${project}/clone`, { objects: [id], project: lab.project });
  }),
  "CS-1.4-03": doc("downloadRestricted: nothing is downloaded", async (lab) => {
    const project = await lab.newProject({ downloadRestricted: true });
    const id = await lab.file("x", { project });
    await lab.no("PermissionDenied", `/${id}/download`, { project });
  }),
  "CS-1.4-04": doc(
    "externalUploadRestricted: no data from outside; records are free",
    async (lab) => {
      const project = await lab.newProject({ externalUploadRestricted: true });
      await lab.record({ project });
      await lab.no("PermissionDenied", "/file/new", { project });
    },
  ),
  "CS-1.4-05": doc("containsPHI: not cloned to where it is not; not taken back", async (lab) => {
    const project = await lab.newProject({ containsPHI: true });
    const id = await lab.record({ project, close: true });
    const refused = await lab.call(`/${project}/clone`, { objects: [id], project: lab.project });
    holds(refused.status !== 200, "refused");
    await lab.ok(`/${project}/clone`, {
      objects: [id],
      project: await lab.newProject({ containsPHI: true }),
    });
    holds((await lab.call(`/${project}/update`, { containsPHI: false })).status !== 200, "stays");
    equal(await lab.field(project, "containsPHI"), true);
  }),
  "CS-1.4-06": doc("destroyProtected: nobody destroys it until that is cleared", async (lab) => {
    const project = await lab.newProject();
    await lab.ok(`/${project}/update`, { destroyProtected: true });
    holds((await lab.call(`/${project}/destroy`)).status !== 200, "refused");
    await lab.ok(`/${project}/update`, { destroyProtected: false });
    await lab.ok(`/${project}/destroy`);
  }),
  "CS-1.4-07": cannot(
    "client",
    "rights of an organisation to delete",
    "organisations are not modelled",
  ),
  "CS-1.5-01": doc("VIEW reads", async (lab) => {
    await lab.describe(await lab.record(), {}, lab.as("VIEW"));
    await lab.no("PermissionDenied", "/record/new", { project: lab.project }, lab.as("VIEW"));
  }),
  "CS-1.5-02": doc("UPLOAD creates, changes what is open, closes", async (lab) => {
    const uploader = lab.as("UPLOAD");
    const id = await lab.record({}, uploader);
    await lab.ok(`/${id}/rename`, { project: lab.project, name: "n" }, uploader);
    await lab.ok(`/${id}/setDetails`, { a: 1 }, uploader);
    await lab.ok(`/${id}/close`, {}, uploader);
    await lab.no("PermissionDenied", `/${lab.project}/removeObjects`, { objects: [id] }, uploader);
  }),
  "CS-1.5-03": doc(
    "CONTRIBUTE changes anything, and removes where nothing is protected",
    async (lab) => {
      const id = await lab.record({ close: true });
      await lab.ok(`/${id}/rename`, { project: lab.project, name: "n" }, lab.as("CONTRIBUTE"));
      await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] }, lab.as("CONTRIBUTE"));
    },
  ),
  "CS-1.5-04": doc("ADMINISTER: flags and removal where it is protected", async (lab) => {
    const id = await lab.record({ project: lab.guarded });
    await lab.ok(`/${lab.guarded}/removeObjects`, { objects: [id] }, lab.as("ADMINISTER"));
    await lab.no(
      "PermissionDenied",
      `/${lab.project}/update`,
      { protected: true },
      lab.as("CONTRIBUTE"),
    );
  }),
  "CS-1.5-05": cannot(
    "assumed",
    "nobody's objects are their own",
    "the source speaks of an absence; DO-4.3-05 shows it",
  ),
  "CS-1.5-06": doc("reads: VIEW in every state", async (lab) => {
    for (const close of [true, false]) {
      const id = await lab.record({ close });
      for (const method of ["describe", "getDetails", "listProjects"])
        await lab.ok(`/${id}/${method}`, {}, lab.as("VIEW"));
    }
    await lab.ok(`/${lab.project}/listFolder`, {}, lab.as("VIEW"));
  }),
  "CS-1.5-07": doc("new and newFolder: UPLOAD", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.no("PermissionDenied", `/${lab.project}/newFolder`, { folder }, lab.as("VIEW"));
    await lab.ok(`/${lab.project}/newFolder`, { folder }, lab.as("UPLOAD"));
  }),
  "CS-1.5-08": doc("close: UPLOAD where it was made, with detail later", async (lab) => {
    const id = await lab.record();
    await lab.no("PermissionDenied", `/${id}/close`, {}, lab.as("VIEW"));
    await lab.ok(`/${id}/close`, {}, lab.as("UPLOAD"));
    holds("detail" in (await lab.ok(`/${id}/close`, {}, lab.as("UPLOAD"))), "detail");
  }),
  "CS-1.5-09": doc(
    "fixed fields of a closed object: InvalidState whatever the level",
    async (lab) => {
      const id = await lab.record({ close: true });
      for (const level of ["UPLOAD", "CONTRIBUTE", "ADMINISTER"] as const)
        await lab.no("InvalidState", `/${id}/setDetails`, {}, lab.as(level));
    },
  ),
  "CS-1.5-10": client("free fields of a closed object: CONTRIBUTE", async (lab) => {
    const id = await lab.record({ close: true });
    const body = { project: lab.project, properties: { a: "b" } };
    await lab.no("PermissionDenied", `/${id}/setProperties`, body, lab.as("UPLOAD"));
    await lab.ok(`/${id}/setProperties`, body, lab.as("CONTRIBUTE"));
  }),
  "CS-1.5-11": client("move and renameFolder: CONTRIBUTE", async (lab) => {
    const folder = await folderOf(lab);
    const move = { objects: [await lab.record()], destination: folder };
    await lab.no("PermissionDenied", `/${lab.project}/move`, move, lab.as("UPLOAD"));
    await lab.ok(`/${lab.project}/move`, move, lab.as("CONTRIBUTE"));
    await lab.no(
      "PermissionDenied",
      `/${lab.project}/renameFolder`,
      { folder, name: lab.unique() },
      lab.as("UPLOAD"),
    );
  }),
  "CS-1.5-12": doc("removal: CONTRIBUTE, in protected projects ADMINISTER", async (lab) => {
    for (const close of [true, false]) {
      const id = await lab.record({ close });
      await lab.no(
        "PermissionDenied",
        `/${lab.project}/removeObjects`,
        { objects: [id] },
        lab.as("UPLOAD"),
      );
      await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] }, lab.as("CONTRIBUTE"));
    }
  }),
  "CS-1.5-13": doc("clone: VIEW there, UPLOAD here", async (lab) => {
    const objects = [await lab.record({ close: true })];
    const body = { objects, project: lab.other };
    await lab.no("PermissionDenied", `/${lab.project}/clone`, body, lab.as("VIEW"));
    await lab.ok(`/${lab.project}/clone`, body, lab.as("UPLOAD"));
  }),
  "CS-1.5-14": doc("download: VIEW", async (lab) => {
    const id = await lab.file();
    await lab.ok(`/${id}/download`, {}, lab.as("VIEW"));
    await lab.no("ResourceNotFound", `/${id}/download`, {}, lab.as("NONE"));
  }),
  "CS-1.5-15": doc("workflow edits: CONTRIBUTE", async (lab) => {
    const id = await lab.make("workflow");
    await lab.no(
      "PermissionDenied",
      `/${id}/update`,
      { editVersion: 0, title: "t" },
      lab.as("UPLOAD"),
    );
    await lab.ok(`/${id}/update`, { editVersion: 0, title: "t" }, lab.as("CONTRIBUTE"));
  }),
  "CS-1.5-16": client("no access to a project is PermissionDenied", async (lab) => {
    await lab.no("PermissionDenied", `/${lab.project}/describe`, {}, lab.as("NONE"));
  }),
  "CS-2.1-01": doc("doubled and trailing slashes do not count", async (lab) => {
    const folder = await folderOf(lab);
    await lab.ok(`/${lab.project}/newFolder`, { folder: `/${folder}//b////c/`, parents: true });
    equal((await lab.ok(`/${lab.project}/listFolder`, { folder: `${folder}/b/` }))["folders"], [
      `${folder}/b/c`,
    ]);
  }),
  "CS-2.1-02": doc(
    "names of 1 to 2,048 characters, no . or .., no control characters; 128 levels",
    async (lab) => {
      const folder = await folderOf(lab);
      const make = (name: string): readonly [string, unknown] => [
        `/${lab.project}/newFolder`,
        { folder: `${folder}/${name}`, parents: true },
      ];
      await lab.ok(...make("x".repeat(2048)));
      for (const name of [
        "x".repeat(2049),
        ".",
        "..",
        "a\u0001b",
        "a/..",
        Array(128).fill("a").join("/"),
      ])
        await lab.no("InvalidInput", ...make(name));
      await lab.ok(...make(Array(127).fill("a").join("/")));
      const long = Array(6).fill("y".repeat(2000)).join("/");
      await lab.no("InvalidInput", ...make(long));
    },
  ),
  "CS-2.1-03": assumed("a slash in a name is refused where a name alone is given", async (lab) => {
    await lab.no("InvalidInput", `/${lab.project}/renameFolder`, {
      folder: await folderOf(lab),
      name: "a/b",
    });
  }),
  "CS-2.1-04": doc("the root stays", async (lab) => {
    const project = await lab.newProject();
    await lab.record({ project, folder: "/a", parents: true });
    for (const [method, input] of [
      ["renameFolder", { folder: "/", name: "x" }],
      ["move", { folders: ["/"], destination: "/a" }],
    ] as const) {
      equal((await lab.call(`/${project}/${method}`, input)).status, 422, method);
    }
    await lab.ok(`/${project}/removeFolder`, { folder: "/", recurse: true });
    equal(await lab.ok(`/${project}/listFolder`, {}), { objects: [], folders: [] });
  }),
  "CS-2.1-05": client("a folder and an object may share a name", async (lab) => {
    const folder = await folderOf(lab);
    const name = folder.slice(1);
    await lab.record({ name });
    await lab.record({ name });
  }),
  "CS-2.1-06": client("renaming a folder moves everything below it", async (lab) => {
    const folder = await folderOf(lab);
    const id = await lab.record({ folder: `${folder}/a/b`, parents: true });
    const name = lab.unique("new");
    await lab.ok(`/${lab.project}/renameFolder`, { folder, name });
    equal(await lab.field(id, "folder"), `/${name}/a/b`);
  }),
  "CS-2.1-07": client("a path that begins without / is InvalidInput and says so", async (lab) => {
    const { text } = await lab.no("InvalidInput", `/${lab.project}/newFolder`, {
      folder: "relative",
    });
    holds(text.includes("must start with"), text);
    await lab.no("InvalidInput", `/${lab.project}/listFolder`, { folder: "relative" });
  }),
  "CS-2.2-01": doc(
    "newFolder: the parent must be there; what is there already needs parents",
    async (lab) => {
      const folder = await folderOf(lab);
      const path = `/${lab.project}/newFolder`;
      const { text } = await lab.no("ResourceNotFound", path, { folder: `${folder}/a/b` });
      holds(text.includes(`${folder}/a`), text);
      equal(await lab.ok(path, { folder: `${folder}/a/b`, parents: true }), { id: lab.project });
      equal((await lab.call(path, { folder: `${folder}/a/b` })).status, 422);
      await lab.ok(path, { folder: `${folder}/a/b`, parents: true });
      for (const input of [{}, { folder: 1 }, { folder: "/x", parents: 1 }])
        await lab.no("InvalidInput", path, input);
    },
  ),
  "CS-2.2-02": client(
    "listFolder: direct children, full paths; hidden ones on request",
    async (lab) => {
      const folder = await folderOf(lab);
      const seen = await lab.record({ folder, name: "n" });
      const hidden = await lab.record({ folder, hidden: true });
      await lab.record({ folder: `${folder}/a/b`, parents: true });
      const path = `/${lab.project}/listFolder`;
      equal(await lab.ok(path, { folder }), { objects: [{ id: seen }], folders: [`${folder}/a`] });
      sameSet((await lab.ok(path, { folder, includeHidden: true }))["objects"], [
        { id: seen },
        { id: hidden },
      ]);
      equal((await lab.ok(path, { folder, only: "folders" }))["objects"], []);
      equal((await lab.ok(path, { folder, only: "objects" }))["folders"], []);
      equal((await lab.ok(path, { folder, hasSubfolderFlags: true }))["folders"], [
        [`${folder}/a`, true],
      ]);
      equal(
        (await lab.ok(path, { folder, describe: true }))["objects"][0]["describe"]["name"],
        "n",
      );
      equal(
        (await lab.ok(path, { folder, describe: { fields: { name: true } } }))["objects"][0][
          "describe"
        ],
        { id: seen, name: "n" },
      );
      await lab.no("ResourceNotFound", path, { folder: `${folder}/none` });
      for (const input of [{ folder: 1 }, { only: "x" }, { includeHidden: 1 }, { describe: 1 }])
        await lab.no("InvalidInput", path, input);
    },
  ),
  "CS-2.2-03": client(
    "renameFolder: a name or a whole new path; again is ResourceNotFound",
    async (lab) => {
      const folder = await folderOf(lab);
      const [a, b] = [lab.unique("a"), lab.unique("b")];
      equal(await lab.ok(`/${lab.project}/renameFolder`, { folder, name: a }), { id: lab.project });
      await lab.no("ResourceNotFound", `/${lab.project}/renameFolder`, { folder, name: a });
      await lab.ok(`/${lab.project}/renameFolder`, { folder: `/${a}`, newpath: `/${b}` });
      await lab.ok(`/${lab.project}/listFolder`, { folder: `/${b}` });
    },
  ),
  "CS-2.2-04": client("move: to a folder that is there, all or nothing", async (lab) => {
    const [from, to] = [await folderOf(lab), await folderOf(lab)];
    const id = await lab.record({ folder: from });
    const path = `/${lab.project}/move`;
    await lab.no("ResourceNotFound", path, { objects: [id], destination: "/no/such/folder" });
    await lab.no("ResourceNotFound", path, { objects: [id, nothing], destination: to });
    equal(await lab.field(id, "folder"), from);
    equal(await lab.ok(path, { folders: [from], destination: to }), { id: lab.project });
    equal(await lab.field(id, "folder"), `${to}${from}`);
    await lab.no("ResourceNotFound", path, { folders: [from], destination: to });
  }),
  "CS-2.2-05": client(
    "removeFolder: empty, or recurse; force passes over what is not there",
    async (lab) => {
      const folder = await folderOf(lab);
      const id = await lab.record({ folder });
      const path = `/${lab.project}/removeFolder`;
      await lab.no("InvalidState", path, { folder });
      await lab.no("PermissionDenied", path, { folder, recurse: true }, lab.as("UPLOAD"));
      await lab.ok(path, { folder, recurse: true });
      await lab.no("ResourceNotFound", `/${id}/describe`);
      await lab.no("ResourceNotFound", path, { folder });
      await lab.ok(path, { folder, force: true });
    },
  ),
  "CS-2.2-06": client(
    "what is listed and inside a listed folder ends in the destination itself",
    async (lab) => {
      const [from, to] = [await folderOf(lab), await folderOf(lab)];
      const id = await lab.record({ folder: from });
      await lab.ok(`/${lab.project}/move`, { objects: [id], folders: [from], destination: to });
      equal(await lab.field(id, "folder"), to);
    },
  ),
  "CS-2.2-07": client("partial answers completed", async (lab) => {
    const folder = await folderOf(lab);
    equal(
      (
        await lab.ok(`/${lab.project}/removeFolder`, {
          folder,
          recurse: true,
          force: true,
          partial: true,
        })
      )["completed"],
      true,
    );
  }),
  "CS-2.2-08": client("the whole tree in one call", async (lab) => {
    const folder = await folderOf(lab);
    holds(((await lab.field(lab.project, "folders")) as string[]).includes(folder), "in folders");
  }),
  "CS-3-01": doc(
    "removeObjects: any state, for good; unknown ids are ResourceNotFound but with force",
    async (lab) => {
      const objects = [await lab.record(), await lab.record({ close: true })];
      const path = `/${lab.project}/removeObjects`;
      equal(await lab.ok(path, { objects }), { id: lab.project });
      for (const id of objects) await lab.no("ResourceNotFound", `/${id}/describe`);
      await lab.no("ResourceNotFound", path, { objects: [nothing] });
      await lab.ok(path, { objects: [nothing], force: true });
      for (const input of [{}, { objects: "x" }, { objects: ["x"] }, { objects: [], force: 1 }])
        await lab.no("InvalidInput", path, input);
    },
  ),
  "CS-3-02": assumed("one id that is not there: nothing is removed", async (lab) => {
    const id = await lab.record();
    await lab.no("ResourceNotFound", `/${lab.project}/removeObjects`, { objects: [id, nothing] });
    await lab.describe(id);
  }),
  "CS-3-03": doc(
    "hidden ones that no visible one reaches any more go along, however far",
    async (lab) => {
      const far = await lab.record({ hidden: true });
      const near = await lab.record({ hidden: true, details: link(far) });
      const id = await lab.record({ details: link(near) });
      await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
      equal(
        [await isThere(lab, near, lab.project), await isThere(lab, far, lab.project)],
        [false, false],
      );
    },
  ),
  "CS-3-04": doc("those that another visible one reaches stay", async (lab) => {
    const hidden = await lab.record({ hidden: true });
    const [id] = [
      await lab.record({ details: link(hidden) }),
      await lab.record({ details: link(hidden) }),
    ];
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    equal(await isThere(lab, hidden, lab.project), true);
  }),
  "CS-3-05": doc("visible linked objects are never taken along", async (lab) => {
    const seen = await lab.record();
    const id = await lab.record({ details: link(seen) });
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    equal(await isThere(lab, seen, lab.project), true);
  }),
  "CS-3-06": assumed("a hidden object that nobody linked to stays", async (lab) => {
    const hidden = await lab.record({ hidden: true });
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [await lab.record()] });
    equal(await isThere(lab, hidden, lab.project), true);
  }),
  "CS-3-07": doc("hidden objects in a ring go together", async (lab) => {
    const one = await lab.record({ hidden: true });
    const two = await lab.record({ hidden: true, details: link(one) });
    await lab.ok(`/${one}/setDetails`, link(two));
    const id = await lab.record({ details: link(one) });
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    equal(
      [await isThere(lab, one, lab.project), await isThere(lab, two, lab.project)],
      [false, false],
    );
  }),
  "CS-3-08": doc("removing a folder takes them along, too", async (lab) => {
    const folder = await folderOf(lab);
    const hidden = await lab.record({ hidden: true });
    await lab.record({ folder, details: link(hidden) });
    await lab.ok(`/${lab.project}/removeFolder`, { folder, recurse: true });
    equal(await isThere(lab, hidden, lab.project), false);
  }),
  "CS-3-09": doc("copies elsewhere are not touched", async (lab) => {
    const id = await lab.record({ close: true });
    await lab.clone([id]);
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    equal(await isThere(lab, id, lab.other), true);
  }),
  "CS-4-01": client(
    "clone takes objects, folders, project, destination and parents",
    async (lab) => {
      const objects = [await lab.record({ close: true })];
      const destination = `/${lab.unique()}/b`;
      await lab.clone(objects, { folders: [], destination, parents: true });
      equal(await lab.field(objects[0] ?? "", "folder", lab.other), destination);
      for (const input of [{ objects: 1 }, { objects, project: 1 }, { objects }])
        await lab.no("InvalidInput", `/${lab.project}/clone`, input);
    },
  ),
  "CS-4-02": client("it answers both projects and what was there already", async (lab) => {
    const id = await lab.record({ close: true });
    equal(await lab.clone([id]), { id: lab.project, project: lab.other, exists: [] });
    equal((await lab.clone([id]))["exists"], [id]);
  }),
  "CS-4-03": client("what is there already stays as it is", async (lab) => {
    const id = await lab.record({ close: true, name: "n" });
    await lab.clone([id]);
    await lab.ok(`/${id}/rename`, { project: lab.other, name: "m" });
    await lab.clone([id]);
    equal(await lab.field(id, "name", lab.other), "m");
  }),
  "CS-4-04": doc("one that is not closed: InvalidState, nothing is cloned", async (lab) => {
    const [closed, open] = [await lab.record({ close: true }), await lab.record()];
    const { text } = await lab.no("InvalidState", `/${lab.project}/clone`, {
      objects: [closed, open],
      project: lab.other,
    });
    holds(text.includes("not in the closed state"), text);
    equal(await isThere(lab, closed, lab.other), false);
  }),
  "CS-4-05": client("a folder that is there already: InvalidState", async (lab) => {
    const folder = await folderOf(lab);
    const body = { folders: [folder], project: lab.other };
    await lab.ok(`/${lab.project}/clone`, body);
    const { text } = await lab.no("InvalidState", `/${lab.project}/clone`, body);
    holds(text.includes("conflict"), text);
  }),
  "CS-4-06": client("a destination that is missing: ResourceNotFound", async (lab) => {
    await lab.no("ResourceNotFound", `/${lab.project}/clone`, {
      objects: [await lab.record({ close: true })],
      project: lab.other,
      destination: "/none",
    });
    await lab.no("ResourceNotFound", `/${lab.project}/clone`, {
      objects: [nothing],
      project: lab.other,
    });
  }),
  "CS-4-07": assumed("into the same container: InvalidInput", async (lab) => {
    await lab.no("InvalidInput", `/${lab.project}/clone`, {
      objects: [await lab.record({ close: true })],
      project: lab.project,
    });
  }),
  "CS-4-08": doc("a restricted source: PermissionDenied", async (lab) => {
    const project = await lab.newProject({ restricted: true });
    const id = await lab.record({ project, close: true });
    await lab.no("PermissionDenied", `/${project}/clone`, { objects: [id], project: lab.other });
  }),
  "CS-4-09": doc("PHI goes only where PHI is", async (lab) => {
    const project = await lab.newProject({ containsPHI: true });
    const id = await lab.record({ project, close: true });
    holds(
      (await lab.call(`/${project}/clone`, { objects: [id], project: lab.other })).status !== 200,
      "refused",
    );
  }),
  "CS-4-10": assumed("another region: InvalidState", async (lab) => {
    const project = await lab.newProject({ region: "azure:westus" });
    await lab.no("InvalidState", `/${lab.project}/clone`, {
      objects: [await lab.record({ close: true })],
      project,
    });
  }),
  "CS-4-11": doc("files that are on their way into the archive are not cloned", async (lab) => {
    const project = await lab.newProject();
    const id = await lab.file("x", { project });
    await lab.ok(`/${project}/archive`, { files: [id] });
    await lab.no("InvalidState", `/${project}/clone`, { objects: [id], project: lab.other });
    equal(await isThere(lab, id, lab.other), false);
  }),
  "CS-4-12": doc("databases and clusters are not cloned", async (lab) => {
    const { cluster } = await import("./do-4-lifecycle.ts");
    const id = await lab.make("dbcluster", cluster());
    holds(
      (await lab.call(`/${lab.project}/clone`, { objects: [id], project: lab.other })).status !==
        200,
      "refused",
    );
  }),
  "CS-4-13": doc("the copy keeps its id, and its metadata go their own way", async (lab) => {
    const id = await lab.record({ close: true, tags: ["t"] });
    await lab.clone([id]);
    await lab.ok(`/${id}/addTags`, { project: lab.project, tags: ["here"] });
    equal(await lab.field(id, "tags", lab.other), ["t"]);
  }),
  "CS-4-14": doc("clone takes no nonce", async (lab) => {
    const nonce = lab.unique();
    const [a, b] = [await lab.record({ close: true }), await lab.record({ close: true })];
    await lab.clone([a], { nonce });
    await lab.clone([b], { nonce });
    equal(await isThere(lab, b, lab.other), true);
  }),
  "CS-4-15": doc("each object once, though listed twice", async (lab) => {
    const id = await lab.record({ close: true });
    equal((await lab.clone([id, id]))["exists"], []);
    equal((await lab.find({ id: [id], scope: { project: lab.other } })).length, 1);
  }),
  "CS-4-16": doc(
    "a folder with its visible contents; the contents of the root directly",
    async (lab) => {
      const source = await lab.newProject();
      const id = await lab.record({ project: source, folder: "/a/b", parents: true, close: true });
      const [one, two] = [await lab.newProject(), await lab.newProject()];
      await lab.ok(`/${source}/clone`, { folders: ["/a"], project: one });
      equal(await lab.field(id, "folder", one), "/a/b");
      await lab.ok(`/${source}/clone`, { folders: ["/"], project: two });
      equal(await lab.field(id, "folder", two), "/a/b");
    },
  ),
  "CS-4-17": doc("hidden linked objects come along, visible ones do not", async (lab) => {
    const far = await lab.record({ hidden: true, close: true });
    const near = await lab.record({ hidden: true, close: true, details: link(far) });
    const seen = await lab.record({ close: true });
    const id = await lab.record({ close: true, details: [link(near), link(seen)] });
    await lab.clone([id]);
    const found = [near, far, seen].map(async (object) => await isThere(lab, object, lab.other));
    equal(await Promise.all(found), [true, true, false]);
  }),
  "CS-4-18": doc("hidden ones in a cloned folder travel only with a visible one", async (lab) => {
    const folder = await folderOf(lab);
    const alone = await lab.record({ folder, hidden: true, close: true });
    const taken = await lab.record({ folder, hidden: true, close: true });
    await lab.record({ folder, close: true, details: link(taken) });
    await lab.ok(`/${lab.project}/clone`, { folders: [folder], project: lab.other });
    equal(
      [await isThere(lab, alone, lab.other), await isThere(lab, taken, lab.other)],
      [false, true],
    );
  }),
  "CS-4-19": client("what an applet bundles comes along", async (lab) => {
    const file = await lab.file("x", { hidden: true });
    const bundledDepends = [{ name: "x", id: link(file) }];
    const runSpec = {
      interpreter: "bash",
      code: "true",
      distribution: "Ubuntu",
      release: "24.04",
      bundledDepends,
    };
    await lab.clone([await lab.applet({ runSpec })]);
    equal(await isThere(lab, file, lab.other), true);
  }),
  "CS-4-20": assumed("a hidden one that is listed is cloned", async (lab) => {
    const id = await lab.record({ hidden: true, close: true });
    await lab.clone([id]);
    equal(await isThere(lab, id, lab.other), true);
  }),
};
