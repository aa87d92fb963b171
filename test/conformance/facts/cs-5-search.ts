import { equal, holds, keysOf, sameSet } from "../expectations.ts";
import { assumed, cannot, client, doc, type Facts, ofClients } from "../fact.ts";
import { type Body, type FactLab, nothing } from "../fact-lab.ts";
import { cluster, drive } from "./do-4-lifecycle.ts";

/** A project of its own and records in it, one for each input. */
async function world(
  lab: FactLab,
  ...inputs: readonly Body[]
): Promise<{ project: string; scope: Body; ids: readonly string[] }> {
  const project = await lab.newProject();
  const ids: string[] = [];
  for (const input of inputs) {
    ids.push(await lab.record({ project, ...input }));
    if (lab.ground.pass !== undefined) await lab.pass(1000);
  }
  return { project, scope: { project }, ids };
}

async function refuses(lab: FactLab, ...queries: readonly Body[]): Promise<void> {
  for (const query of queries) await lab.no("InvalidInput", "/system/findDataObjects", query);
}

async function pages(lab: FactLab, query: Body): Promise<readonly (readonly string[])[]> {
  const found: (readonly string[])[] = [];
  let starting: unknown;
  do {
    const input: Body = starting === undefined ? query : { ...query, starting };
    const { results, next } = await lab.ok("/system/findDataObjects", input);
    found.push((results as Body[]).map(({ id }) => id as string));
    starting = next ?? undefined;
  } while (starting !== undefined && found.length < 100);
  return found;
}

/** CS §5 to §10: search, other classes, tokens, limits, what is safe to repeat. */
export const searchFacts: Facts = {
  "CS-5.1-01": client("class", async (lab) => {
    const { scope, ids } = await world(lab, {});
    await lab.finds({ class: "record", scope }, ids);
    await lab.finds({ class: "file", scope }, []);
    await refuses(lab, { class: "thing" }, { class: 1 }, { class: ["record"] });
  }),
  "CS-5.1-02": doc("state: any by default", async (lab) => {
    const { scope, ids } = await world(lab, {}, { close: true });
    await lab.finds({ scope }, ids);
    await lab.finds({ scope, state: "any" }, ids);
    await lab.finds({ scope, state: "open" }, ids.slice(0, 1));
    await lab.finds({ scope, state: "closed" }, ids.slice(1));
    await lab.finds({ scope, state: "closing" }, []);
    await refuses(lab, { state: "shut" });
  }),
  "CS-5.1-03": doc("visibility: visible by default, also with ids", async (lab) => {
    const { scope, ids } = await world(lab, {}, { hidden: true });
    await lab.finds({ scope }, ids.slice(0, 1));
    await lab.finds({ scope, id: ids }, ids.slice(0, 1));
    await lab.finds({ scope, visibility: "hidden" }, ids.slice(1));
    await lab.finds({ scope, visibility: "either" }, ids);
    await refuses(lab, { visibility: "both" });
  }),
  "CS-5.1-04": doc("name: exactly, by glob, by expression", async (lab) => {
    const { scope, ids } = await world(
      lab,
      { name: "Alpha.txt" },
      { name: "beta.TXT" },
      { name: "a*b" },
    );
    const [alpha, beta, star] = ids as [string, string, string];
    await lab.finds({ scope, name: "Alpha.txt" }, [alpha]);
    await lab.finds({ scope, name: "alpha.txt" }, []);
    await lab.finds({ scope, name: { glob: "*.txt" } }, [alpha]);
    await lab.finds({ scope, name: { glob: "?lpha*" } }, [alpha]);
    await lab.finds({ scope, name: { glob: "a\\*b" } }, [star]);
    await lab.finds({ scope, name: { glob: "[ab]*" } }, []);
    await lab.finds({ scope, name: { regexp: "^.*\\.txt$", flags: "i" } }, [alpha, beta]);
    await lab.finds({ scope, name: { regexp: "^.*\\.txt$" } }, [alpha]);
    await refuses(lab, { name: 1 }, { name: {} }, { name: { regexp: "(" } }, { name: { glob: 1 } });
  }),
  "CS-5.1-05": doc(
    "id: up to 1,000, once for each container; strangers are left out",
    async (lab) => {
      const id = await lab.record({ close: true });
      await lab.clone([id]);
      await lab.finds({ id: [id, nothing] }, [id, id]);
      await lab.finds({ id: [id], scope: { project: lab.other } }, [id]);
      await refuses(
        lab,
        { id: ["x"] },
        { id: "x" },
        { id: Array.from({ length: 1001 }, () => id) },
      );
    },
  ),
  "CS-5.1-06": doc("type: one, all of, any of, nested", async (lab) => {
    const { scope, ids } = await world(lab, { types: ["A", "B"] }, { types: ["B"] }, {});
    await lab.finds({ scope, type: "A" }, ids.slice(0, 1));
    await lab.finds({ scope, type: { $and: ["A", "B"] } }, ids.slice(0, 1));
    await lab.finds({ scope, type: { $or: ["A", { $and: ["B"] }] } }, ids.slice(0, 2));
    await refuses(lab, { type: 1 }, { type: { $nor: ["A"] } }, { type: { $or: "A" } });
  }),
  "CS-5.1-07": client("tags in the same forms; tag and tags together are an error", async (lab) => {
    const { scope, ids } = await world(lab, { tags: ["a", "b"] }, { tags: ["b"] });
    await lab.finds({ scope, tags: "a" }, ids.slice(0, 1));
    await lab.finds({ scope, tags: { $and: ["a", "b"] } }, ids.slice(0, 1));
    await lab.finds({ scope, tag: "b" }, ids);
    await refuses(lab, { tag: "a", tags: "a" });
  }),
  "CS-5.1-08": client(
    "properties: value, presence, absence, another value; $and and $or",
    async (lab) => {
      const { scope, ids } = await world(
        lab,
        { properties: { k: "1", l: "x" } },
        { properties: { k: "2" } },
        {},
      );
      const [one, two, none] = ids as [string, string, string];
      await lab.finds({ scope, properties: { k: "1" } }, [one]);
      await lab.finds({ scope, properties: { k: true } }, [one, two]);
      await lab.finds({ scope, properties: { k: false } }, [none]);
      await lab.finds({ scope, properties: { k: { $ne: "1" } } }, [two]);
      await lab.finds({ scope, properties: { k: "1", l: true } }, [one]);
      await lab.finds({ scope, properties: { $or: [{ k: "1" }, { k: "2" }] } }, [one, two]);
      await lab.finds({ scope, properties: { $and: [{ k: true }, { l: false }] } }, [two]);
      await refuses(
        lab,
        { properties: [] },
        { properties: { k: 1 } },
        { properties: { k: { $gt: "1" } } },
      );
    },
  ),
  "CS-5.1-09": client("link: those whose links hold it", async (lab) => {
    const { scope, ids } = await world(lab, { details: { a: { $dnanexus_link: nothing } } }, {});
    await lab.finds({ scope, link: nothing }, ids.slice(0, 1));
    await refuses(lab, { link: "x" }, { link: 1 });
  }),
  "CS-5.1-10": doc("scope: a project, a folder, below it or not", async (lab) => {
    const { project, ids } = await world(
      lab,
      {},
      { folder: "/a", parents: true },
      { folder: "/a/b", parents: true },
    );
    await lab.finds({ scope: { project } }, ids);
    await lab.finds({ scope: { project, folder: "/a" } }, ids.slice(1));
    await lab.finds({ scope: { project, folder: "/a", recurse: false } }, ids.slice(1, 2));
    await refuses(
      lab,
      { scope: {} },
      { scope: "x" },
      { scope: { project, recurse: 1 } },
      { scope: { project, folder: "a" } },
    );
    const found = await lab
      .ok("/system/findDataObjects", { scope: { project: lab.project } }, lab.as("NONE"))
      .catch(() => undefined);
    holds(found === undefined || found["results"].length === 0, "not for strangers");
  }),
  "CS-5.1-11": doc("level: the least there must be", async (lab) => {
    const name = lab.unique();
    const id = await lab.record({ name });
    const found = async (level: string): Promise<number> =>
      (await lab.ok("/system/findDataObjects", { name, level }, lab.as("UPLOAD")))["results"]
        .length;
    equal([await found("VIEW"), await found("UPLOAD"), await found("CONTRIBUTE")], [1, 1, 0]);
    await lab.finds({ name }, [id]);
    await refuses(lab, { level: "SOME" });
  }),
  "CS-5.1-12": client("modified and created: both ends inclusive", async (lab) => {
    const { scope, ids } = await world(lab, {}, {});
    const modified = (await lab.describe(ids[1] ?? ""))["modified"] as number;
    if (lab.ground.pass !== undefined) {
      await lab.finds({ scope, modified: { after: modified } }, ids.slice(1));
      await lab.finds({ scope, modified: { after: modified + 1 } }, []);
      await lab.finds({ scope, modified: { before: modified } }, ids);
      await lab.finds({ scope, modified: { before: modified - 1 } }, ids.slice(0, 1));
    }
    await lab.finds(
      { scope, modified: { after: modified, before: modified } },
      lab.ground.pass === undefined
        ? await lab.find({ scope, modified: { after: modified } })
        : ids.slice(1),
    );
    const created = (await lab.describe(ids[0] ?? ""))["created"] as number;
    holds(
      (await lab.find({ scope, created: { after: created, before: created } })).includes(
        ids[0] ?? "",
      ),
      "created",
    );
    await refuses(lab, { modified: { after: "-1d" } }, { created: 1 });
  }),
  "CS-5.1-13": doc("region: one or several", async (lab) => {
    const { scope, ids } = await world(lab, {});
    await lab.finds({ scope, region: "aws:us-east-1" }, ids);
    await lab.finds({ scope, region: ["aws:us-east-1", "azure:westus"] }, ids);
    await lab.finds({ scope, region: "azure:westus" }, []);
    await refuses(lab, { region: 1 });
  }),
  "CS-5.1-14": client("archivalState needs class file, a project and a folder", async (lab) => {
    const scope = { project: lab.project, folder: "/" };
    await lab.ok("/system/findDataObjects", { class: "file", archivalState: "live", scope });
    await refuses(
      lab,
      { archivalState: "live" },
      { archivalState: "live", class: "record", scope },
      { archivalState: "x", class: "file", scope },
    );
  }),
  "CS-5.1-15": client("sortBy created, within a scope", async (lab) => {
    const { scope, ids } = await world(lab, {}, {}, {});
    if (lab.ground.pass !== undefined) {
      equal(await lab.find({ scope, sortBy: { field: "created", ordering: "ascending" } }), ids);
      equal(
        await lab.find({ scope, sortBy: { field: "created", ordering: "descending" } }),
        [...ids].reverse(),
      );
    }
    await refuses(
      lab,
      { sortBy: { field: "created" } },
      { scope, sortBy: { field: "name" } },
      { scope, sortBy: { field: "created", ordering: "up" } },
    );
  }),
  "CS-5.1-16": client("describe: not at all, by default, or as asked", async (lab) => {
    const { scope, ids, project } = await world(lab, { name: "n" });
    const hit = async (describe: unknown): Promise<Body> =>
      (await lab.ok("/system/findDataObjects", { scope, describe }))["results"][0];
    equal(await hit(false), { project, id: ids[0] });
    equal((await hit(true))["describe"]["name"], "n");
    equal((await hit({ fields: { name: true } }))["describe"], { id: ids[0], name: "n" });
    holds(
      "tags" in (await hit({ fields: { name: true }, defaultFields: true }))["describe"],
      "defaults",
    );
    await refuses(lab, { describe: "yes" });
  }),
  "CS-5.1-17": doc("starting: the next of the page before", async (lab) => {
    const { scope, ids } = await world(lab, {}, {}, {});
    equal(
      (await pages(lab, { scope, limit: 2 })).map((page) => page.length),
      [2, 1],
    );
    sameSet((await pages(lab, { scope, limit: 2 })).flat(), ids);
    await refuses(lab, { starting: "x" }, { starting: { id: 1 } });
  }),
  "CS-5.1-18": doc("limit: 1 to 1,000", async (lab) => {
    await refuses(
      lab,
      { limit: 0 },
      { limit: -1 },
      { limit: 1001 },
      { limit: "1" },
      { limit: 1.5 },
    );
    await lab.ok("/system/findDataObjects", { limit: 1000 });
  }),
  "CS-5.1-19": doc("without a scope: wherever the caller has VIEW", async (lab) => {
    const name = lab.unique();
    await lab.record({ name });
    const hidden = await lab.newProject();
    await lab.record({ name, project: hidden });
    await lab.finds({ name }, await lab.find({ name }));
    equal((await lab.ok("/system/findDataObjects", { name }, lab.as("VIEW")))["results"].length, 1);
    equal((await lab.ok("/system/findDataObjects", { name }, lab.as("NONE")))["results"].length, 0);
  }),
  "CS-5.2-01": client("results of project and id; next is there, null at the end", async (lab) => {
    const { scope, ids, project } = await world(lab, {});
    equal(await lab.ok("/system/findDataObjects", { scope }), {
      results: [{ project, id: ids[0] }],
      next: null,
    });
  }),
  "CS-5.2-02": doc("newest modified first, ties by id", async (lab) => {
    const { scope, ids } = await world(lab, {}, {});
    if (lab.ground.pass !== undefined) equal(await lab.find({ scope }), [...ids].reverse());
    await lab.ok(`/${ids[0]}/setDetails`, { changed: true });
    if (lab.ground.pass !== undefined) {
      await lab.pass(1);
      equal((await lab.find({ scope }))[0], ids[0]);
      const project = await lab.newProject();
      const same = [
        await lab.record({ project }),
        await lab.record({ project }),
        await lab.record({ project }),
      ];
      equal(await lab.find({ scope: { project } }), [...same].sort());
    }
  }),
  "CS-5.2-03": client("eight by three: 3, 3, 2; a full last page has null, too", async (lab) => {
    const { scope } = await world(lab, {}, {}, {}, {}, {}, {}, {}, {});
    equal(
      (await pages(lab, { scope, limit: 3 })).map((page) => page.length),
      [3, 3, 2],
    );
    equal(
      (await pages(lab, { scope, limit: 4 })).map((page) => page.length),
      [4, 4],
    );
  }),
  "CS-5.2-04": ofClients("doc", "all other inputs stay the same between pages"),
  "CS-5.2-05": assumed("a cursor whose object is gone goes on after it", async (lab) => {
    const { project, scope } = await world(lab, {}, {}, {}, {});
    const first = await lab.ok("/system/findDataObjects", { scope, limit: 2 });
    const all = await lab.find({ scope });
    await lab.ok(`/${project}/removeObjects`, { objects: [first["next"]["id"]] });
    const { results } = await lab.ok("/system/findDataObjects", {
      scope,
      limit: 2,
      starting: first["next"],
    });
    equal(
      (results as Body[]).map(({ id }) => id),
      all.slice(3),
    );
  }),
  "CS-5.2-06": client("a search sees what was answered before it", async (lab) => {
    const { scope, ids } = await world(lab, { name: "a" });
    await lab.finds({ scope, name: "a", state: "open" }, ids);
    await lab.ok(`/${ids[0]}/close`);
    await lab.finds({ scope, state: "closed" }, ids);
    await lab.ok(`/${ids[0]}/rename`, { project: scope["project"], name: "b" });
    await lab.finds({ scope, name: "b" }, ids);
    await lab.finds({ scope, name: "a" }, []);
  }),
  "CS-5.2-07": ofClients("client", "searches without a scope are slow"),
  "CS-5.3-01": client("the state of many by id, in one project", async (lab) => {
    const { scope, ids } = await world(lab, { hidden: true }, {});
    const query = {
      id: [...ids, nothing],
      scope,
      visibility: "either",
      describe: { fields: { state: true } },
    };
    const { results } = await lab.ok("/system/findDataObjects", query);
    sameSet(
      results,
      ids.map((id) => ({ project: scope["project"], id, describe: { id, state: "open" } })),
    );
  }),
  "CS-5.3-02": client("describeDataObjects: errors one by one, options by class", async (lab) => {
    const id = await lab.record({ name: "n" });
    const options = { record: { fields: { name: true } }, "*": { fields: { class: true } } };
    const { results } = await lab.ok("/system/describeDataObjects", {
      objects: [id, { id, project: lab.project }, nothing],
      classDescribeOptions: options,
    });
    equal(results[0]["describe"], { id, name: "n" });
    equal([results.length, results[2]["statusCode"]], [3, 404]);
    for (const input of [{}, { objects: "x" }, { objects: [1] }])
      await lab.no("InvalidInput", "/system/describeDataObjects", input);
  }),
  "CS-5.3-03": client("resolveDataObjects: none, one or many for each name", async (lab) => {
    const { project, ids } = await world(
      lab,
      { name: "a" },
      { name: "a" },
      { name: "b", folder: "/x", parents: true },
    );
    const objects = [{ name: "a" }, { name: "b" }, { name: "b", folder: "/x" }];
    const { results } = await lab.ok("/system/resolveDataObjects", { objects, project });
    sameSet(
      results[0],
      ids.slice(0, 2).map((id) => ({ project, id })),
    );
    equal([results[1], results[2]], [[], [{ project, id: ids[2] }]]);
  }),
  "CS-5.3-04": client("the folder tree: folders of the project", async (lab) => {
    equal(await lab.field(await lab.newProject(), "folders"), ["/"]);
  }),
  "CS-5.3-05": client(
    "findProjects: CONTRIBUTE and up by default; name, tags, properties; pages",
    async (lab) => {
      const name = lab.unique("find");
      const project = await lab.newProject({ name, tags: ["t"], properties: { k: "v" } });
      const find = async (query: Body, options = {}): Promise<readonly string[]> =>
        (await lab.ok("/system/findProjects", query, options))["results"].map(
          ({ id }: Body) => id as string,
        );
      for (const query of [
        { name },
        { name: { glob: `${name}*` } },
        { id: [project] },
        { name, tags: "t", properties: { k: "v" } },
      ])
        equal(await find(query), [project]);
      equal(await find({ name, tags: "u" }), []);
      const { results, next } = await lab.ok("/system/findProjects", {
        name,
        describe: { fields: { name: true } },
      });
      equal(
        [results[0]["level"], results[0]["describe"], next],
        ["ADMINISTER", { id: project, name }, null],
      );
      equal(
        [
          (await find({}, lab.as("UPLOAD"))).includes(lab.project),
          (await find({ level: "VIEW" }, lab.as("UPLOAD"))).includes(lab.project),
        ],
        [false, true],
      );
      const page = await lab.ok("/system/findProjects", { limit: 1 });
      holds(typeof page["next"] === "string", "next is an id");
      equal(
        (await lab.ok("/system/findProjects", { limit: 1, starting: page["next"] }))["results"][0][
          "id"
        ],
        page["next"],
      );
      for (const query of [{ limit: 1001 }, { level: "x" }, { id: "x" }, { name: 1 }])
        await lab.no("InvalidInput", "/system/findProjects", query);
    },
  ),
  "CS-5.3-06": client("describeProjects", async (lab) => {
    const { results } = await lab.ok("/system/describeProjects", { projects: [lab.project] });
    equal(results.length, 1);
  }),
  "CS-5.3-07": client("searches for executions find none", async (lab) => {
    equal(await lab.ok("/system/findExecutions", {}), { results: [], next: null });
  }),
  "CS-5.3-08": client("many objects in one removal or move", async (lab) => {
    const objects = [await lab.record(), await lab.record()];
    await lab.ok(`/${lab.project}/removeObjects`, { objects });
    await lab.finds({ id: objects }, []);
  }),
  "CS-5.3-09": ofClients("client", "what has no bulk form takes a call each"),
  "CS-5.3-10": client(
    "whoami shows the address where asked; greet needs no token; headers; comeBackLater",
    async (lab) => {
      holds(
        "clientIp" in (await lab.ok("/system/whoami", { fields: { clientIp: true } })),
        "clientIp",
      );
      holds(!("clientIp" in (await lab.ok("/system/whoami", {}))), "only where asked");
      const greeting = await lab.ok(
        "/system/greet",
        { client: "f", version: "1" },
        { token: null },
      );
      holds(Array.isArray(greeting["messages"]) && "available" in greeting["update"], "a greeting");
    },
  ),
  "CS-5.4-01": cannot("doc", "there is no feed of changes", "an absence"),
  "CS-5.4-02": assumed(
    "modified is bumped by every change of metadata and by close",
    async (lab) => {
      const id = await lab.record();
      const { project } = lab;
      for (const [method, input] of [
        ["rename", { project, name: "n" }],
        ["addTags", { project, tags: ["t"] }],
        ["setProperties", { project, properties: { a: "b" } }],
        ["addTypes", { types: ["T"] }],
        ["setDetails", { a: 1 }],
        ["setVisibility", { hidden: true }],
        ["close", {}],
      ] as const) {
        const before = await lab.field(id, "modified");
        await lab.passExactly(7);
        await lab.ok(`/${id}/${method}`, input);
        equal(await lab.field(id, "modified"), before + 7, method);
      }
    },
  ),
  "CS-5.4-03": assumed("moving does not bump it", async (lab) => {
    const id = await lab.record();
    const before = await lab.field(id, "modified");
    await lab.pass(7);
    const destination = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder: destination });
    await lab.ok(`/${lab.project}/move`, { objects: [id], destination });
    equal(await lab.field(id, "modified"), before);
  }),
  "CS-5.4-04": assumed("a clone is modified when it was made", async (lab) => {
    const id = await lab.record({ close: true });
    const before = await lab.field(id, "modified");
    await lab.passExactly(7);
    await lab.clone([id]);
    equal(
      [await lab.field(id, "modified", lab.other), await lab.field(id, "modified")],
      [before + 7, before],
    );
  }),
  "CS-5.4-05": client("milliseconds, the server's", async (lab) => {
    const before = (await lab.ok("/system/comeBackLater"))["currentTime"] as number;
    const modified = await lab.field(await lab.record(), "modified");
    const after = (await lab.ok("/system/comeBackLater"))["currentTime"] as number;
    holds(modified >= before && modified <= after, `${modified} between ${before} and ${after}`);
  }),
  "CS-5.4-06": ofClients("assumed", "how to pull"),
  "CS-6-01": doc("record: with close and initializeFrom", async (lab) => {
    const source = await lab.record();
    equal(
      await lab.field(
        await lab.record({ close: true, initializeFrom: { id: source, project: lab.project } }),
        "state",
      ),
      "closed",
    );
  }),
  "CS-6-02": doc("file: open, closing, closed", async (lab) => {
    equal(await lab.field(await lab.file(), "state"), "closed");
  }),
  "CS-6-03": doc(
    "applet: runSpec and dxapi needed; closed from the start; clonable",
    async (lab) => {
      await lab.no("InvalidInput", "/applet/new", { project: lab.project });
      const id = await lab.applet();
      equal(await lab.field(id, "state"), "closed");
      await lab.clone([id]);
    },
  ),
  "CS-6-04": client("workflow: open until closed, cloned when closed", async (lab) => {
    const id = await lab.make("workflow");
    await lab.no("InvalidState", `/${lab.project}/clone`, { objects: [id], project: lab.other });
    await lab.ok(`/${id}/close`);
    await lab.clone([id]);
  }),
  "CS-6-05": client("database: nothing makes one", async (lab) => {
    equal((await lab.raw("/database/new", { project: lab.project })).type, "ResourceNotFound");
  }),
  "CS-6-06": doc("dbcluster: always open, what it does stands in status", async (lab) => {
    const id = await lab.make("dbcluster", cluster());
    const { state, status } = await lab.describe(id);
    equal(state, "open");
    holds(["creating", "available"].includes(status as string), String(status));
    holds(!JSON.stringify(await lab.describe(id)).includes("a-long-password-1"), "no password");
  }),
  "CS-6-07": doc("drive: in no container, with its own errors", async (lab) => {
    const { id } = await lab.ok("/drive/new", drive());
    const { name, cloud } = await lab.describe(id as string);
    equal([name, cloud], ["drive", "aws"]);
    await lab.no("InvalidInput", "/drive/new", { name: "d" });
  }),
  "CS-6-08": client("a title of null shows the name, which is the id by default", async (lab) => {
    const id = await lab.make("workflow");
    equal(await lab.field(id, "title"), id);
    equal(await lab.field(await lab.make("workflow", { name: "flow" }), "title"), "flow");
  }),
  "CS-6-09": doc(
    "an edit with the wrong version fails, one that changes nothing does not count",
    async (lab) => {
      const id = await lab.make("workflow");
      await lab.no("InvalidState", `/${id}/update`, { editVersion: 5, title: "t" });
      equal((await lab.ok(`/${id}/update`, { editVersion: 0 }))["editVersion"], 0);
    },
  ),
  "CS-6-10": client("datasets and cohorts are records, closed from the start", async (lab) => {
    const id = await lab.record({
      types: ["DatabaseQuery", "CohortBrowser"],
      details: { databases: [], filters: {}, sql: "x", version: "3.0" },
      close: true,
    });
    equal(await lab.field(id, "types"), ["DatabaseQuery", "CohortBrowser"]);
  }),
  "CS-6-11": client("an asset: a visible record that links to a hidden file", async (lab) => {
    const file = await lab.file("x", { hidden: true });
    const id = await lab.record({
      close: true,
      details: { archiveFileId: { $dnanexus_link: file } },
    });
    await lab.clone([id]);
    equal((await lab.describe(file, { project: lab.other }))["project"], lab.other);
  }),
  "CS-6-12": cannot("client", "symlinked files", "out of scope (DO-7.1-03)"),
  "CS-6-13": assumed("a method of another class is InvalidType", async (lab) => {
    await lab.no("InvalidType", `/${await lab.record()}/upload`, { index: 1 });
  }),
  "CS-7-01": doc("Bearer on every call; greet works without", async (lab) => {
    equal((await lab.raw("/system/whoami", {}, { token: null })).type, "InvalidAuthentication");
    await lab.ok("/system/greet", {}, { token: null });
  }),
  "CS-7-02": cannot("doc", "kinds of tokens", "tokens are given to the stand-in, not made by it"),
  "CS-7-03": cannot("client", "the server that makes tokens", "another server"),
  "CS-7-04": client("tokens narrower than their user", async (lab) => {
    const id = await lab.record({ close: true });
    await lab.clone([id]);
    const reader = await lab.within({ [lab.project]: "VIEW" });
    equal((await lab.describe(id, {}, reader))["project"], lab.project);
    equal(keysOf(await lab.ok(`/${id}/listProjects`, {}, reader)), [lab.project]);
    const input = { project: lab.project, tags: ["t"] };
    await lab.no("PermissionDenied", `/${id}/addTags`, input, reader);
    await lab.no("PermissionDenied", `/${lab.other}/describe`, {}, reader);
    const writer = await lab.within({ [lab.project]: "VIEW", "*": "CONTRIBUTE" });
    await lab.no("PermissionDenied", `/${id}/addTags`, input, writer);
    await lab.ok(`/${id}/addTags`, { project: lab.other, tags: ["t"] }, writer);
    const file = await lab.file("x");
    const target = await lab.ok(`/${file}/download`, { project: lab.project }, reader);
    equal((await lab.get(target)).status, 200);
    const found = await lab.ok("/system/findDataObjects", { id: [id], level: "VIEW" }, reader);
    equal(
      (found["results"] as Body[]).map(({ project }) => project as string),
      [lab.project],
    );
    const none = await lab.ok("/system/findProjects", { level: "UPLOAD" }, reader);
    equal(none["results"], []);
  }),
  "CS-7-05": cannot("doc", "signing in to web apps", "another server"),
  "CS-7-06": doc(
    "unknown token: InvalidAuthentication; too low a level: PermissionDenied; 401 both",
    async (lab) => {
      const unknown = await lab.raw("/record/new", { project: lab.project }, { token: "unknown" });
      const low = await lab.raw("/record/new", { project: lab.project }, lab.as("VIEW"));
      equal(
        [unknown.status, unknown.type, low.status, low.type],
        [401, "InvalidAuthentication", 401, "PermissionDenied"],
      );
    },
  ),
  "CS-7-07": ofClients("assumed", "another user's queue is not replayed"),
  "CS-7-08": ofClients("client", "hosts are configuration"),
  "CS-7-09": client("headers shows what the server sees, but never the token", async (lab) => {
    const answer = await lab.raw("/system/headers", {});
    holds(!answer.text.includes(lab.ground.token), "no token");
    equal(answer.body["content-type"] ?? answer.body["Content-Type"], "application/json");
  }),
  "CS-7-10": client("X-Request-ID and nosniff", async (lab) => {
    const { headers } = await lab.raw("/system/whoami");
    holds(headers.get("X-Request-ID") !== null, "an id");
    equal(headers.get("X-Content-Type-Options"), "nosniff");
  }),
  "CS-7-11": client("calls from another origin work, without cookies", async (lab) => {
    if (lab.ground.isBrowser === true) return;
    const { headers } = await lab.raw(
      "/system/whoami",
      {},
      { headers: { Origin: "https://lab.example" } },
    );
    equal(
      [headers.get("Access-Control-Allow-Origin"), headers.get("Access-Control-Allow-Credentials")],
      ["https://lab.example", null],
    );
  }),
  "CS-7-12": client("the origin null passes", async (lab) => {
    if (lab.ground.isBrowser === true) return;
    const { headers } = await lab.raw("/system/whoami", {}, { headers: { Origin: "null" } });
    equal(headers.get("Access-Control-Allow-Origin"), "null");
  }),
  "CS-7-13": ofClients("client", "a browser drops the headers that are its own"),
  "CS-8.1-01": doc("200 calls a second, then RateLimitConditional", async (lab) => {
    const limited = lab.limited();
    for (let count = 0; count < 200; count++) await limited.ok("/system/whoami");
    equal((await limited.no("RateLimitConditional", "/system/whoami")).status, 429);
    await limited.pass(1000);
    await limited.ok("/system/whoami");
  }),
  "CS-8.1-02": cannot("doc", "400,000 objects listed", "takes 400,001 objects"),
  "CS-8.1-03": doc("100,000 objects moved", async (lab) => {
    const objects = Array.from(
      { length: 100_001 },
      (_, index) => `record-${String(index).padStart(24, "0")}`,
    );
    await lab.no("InvalidInput", `/${lab.project}/move`, { objects, destination: "/" });
  }),
  "CS-8.1-04": doc("10,000 objects removed", async (lab) => {
    const objects = Array.from(
      { length: 10_001 },
      (_, index) => `record-${String(index).padStart(24, "0")}`,
    );
    await lab.no("InvalidInput", `/${lab.project}/removeObjects`, { objects, force: true });
  }),
  "CS-8.1-05": doc("file size by region", async (lab) => {
    equal(
      (await lab.field(lab.project, "fileUploadParameters"))["maximumFileSize"],
      5_497_558_138_880,
    );
  }),
  "CS-8.1-06": cannot("doc", "mounted folders and workers", "nothing is mounted or run here"),
  "CS-8.1-07": client("1,000 in a batch", async (lab) => {
    const objects = Array.from({ length: 1001 }, () => nothing);
    await lab.no("InvalidInput", "/system/describeDataObjects", { objects });
    await lab.no("InvalidInput", "/system/resolveDataObjects", {
      objects: objects.map((name) => ({ name })),
      project: lab.project,
    });
  }),
  "CS-8.1-08": doc("folder names, paths and depth", async (lab) => {
    await lab.no("InvalidInput", `/${lab.project}/newFolder`, { folder: `/${"x".repeat(2049)}` });
    await lab.no("InvalidInput", `/${lab.project}/newFolder`, {
      folder: `/${Array(129).fill("a").join("/")}`,
      parents: true,
    });
  }),
  "CS-8.2-01": client("throttling: 503 and 429, with Retry-After", async (lab) => {
    for (const status of [503, 429] as const) {
      await lab.fault({ kind: "throttle", status, retryAfterS: 25 });
      const { status: got, headers } = await lab.raw("/system/whoami");
      equal([got, headers.get("Retry-After")], [status, "25"]);
    }
  }),
  "CS-8.2-02": ofClients("client", "longer waits at each attempt"),
  "CS-8.2-03": cannot("client", "too many invalid requests", "the threshold is not known"),
  "CS-8.2-04": doc("no headers of a rate limit", async (lab) => {
    const { headers } = await lab.raw("/system/whoami");
    for (const name of ["X-RateLimit-Limit", "RateLimit-Limit", "X-RateLimit-Remaining"])
      equal(headers.get(name), null);
  }),
  "CS-8.2-05": ofClients("client", "errors of a gateway in HTML"),
  "CS-8.3-01": client("reads repeat as they are", async (lab) => {
    const id = await lab.record();
    equal(await lab.describe(id), await lab.describe(id));
  }),
  "CS-8.3-02": client("newFolder with parents repeats", async (lab) => {
    const input = { folder: `/${lab.unique()}`, parents: true };
    equal(
      await lab.ok(`/${lab.project}/newFolder`, input),
      await lab.ok(`/${lab.project}/newFolder`, input),
    );
  }),
  "CS-8.3-03": client("renameFolder again is ResourceNotFound", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder });
    const input = { folder, name: lab.unique() };
    await lab.ok(`/${lab.project}/renameFolder`, input);
    await lab.no("ResourceNotFound", `/${lab.project}/renameFolder`, input);
  }),
  "CS-8.3-04": client("removeObjects with force repeats", async (lab) => {
    const input = { objects: [await lab.record()], force: true };
    for (let count = 0; count < 2; count++) await lab.ok(`/${lab.project}/removeObjects`, input);
  }),
  "CS-8.3-05": client("removeFolder with force repeats", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder });
    for (let count = 0; count < 2; count++)
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
  "CS-8.3-06": client("clone of objects repeats, by exists", async (lab) => {
    const id = await lab.record({ close: true });
    await lab.clone([id]);
    equal((await lab.clone([id]))["exists"], [id]);
  }),
  "CS-8.3-07": client("a project is found again by a property of one's own", async (lab) => {
    const properties = { ".key": lab.unique("key") };
    const project = await lab.newProject({ properties });
    const { results } = await lab.ok("/system/findProjects", { properties, level: "ADMINISTER" });
    equal(
      (results as Body[]).map(({ id }) => id),
      [project],
    );
  }),
  "CS-8.3-08": client("destroy again is ResourceNotFound", async (lab) => {
    const project = await lab.newProject();
    await lab.ok(`/${project}/destroy`);
    await lab.no("ResourceNotFound", `/${project}/destroy`);
  }),
  "CS-8.3-09": client("close repeats", async (lab) => {
    const id = await lab.record();
    for (let count = 0; count < 2; count++) equal((await lab.ok(`/${id}/close`))["id"], id);
  }),
  "CS-8.3-10": client(
    "a create is found again by its key, open or not, visible or not",
    async (lab) => {
      const properties = { ".holdfast-key": lab.unique("key") };
      const id = await lab.record({ properties, hidden: true });
      await lab.finds({ properties, scope: { project: lab.project }, visibility: "either" }, [id]);
    },
  ),
  "CS-9-01": ofClients("client", "what users ran into"),
  "CS-10-01": assumed("O1, O2: see CS-5.4", async (lab) => {
    holds((await lab.field(await lab.record(), "modified")) > 0, "a time");
  }),
  "CS-10-02": assumed("O4: a folder that is there is InvalidState", async (lab) => {
    const folder = `/${lab.unique()}`;
    await lab.ok(`/${lab.project}/newFolder`, { folder });
    await lab.no("InvalidState", `/${lab.project}/newFolder`, { folder });
  }),
  "CS-10-03": assumed("O7: UPLOAD removes nothing, not even its own", async (lab) => {
    const id = await lab.record({}, lab.as("UPLOAD"));
    await lab.no(
      "PermissionDenied",
      `/${lab.project}/removeObjects`,
      { objects: [id] },
      lab.as("UPLOAD"),
    );
  }),
  "CS-10-04": assumed(
    "O9: no access is PermissionDenied to a project, ResourceNotFound to an object",
    async (lab) => {
      await lab.no("PermissionDenied", `/${lab.project}/describe`, {}, lab.as("NONE"));
      await lab.no("ResourceNotFound", `/${await lab.record()}/describe`, {}, lab.as("NONE"));
    },
  ),
  "CS-10-05": assumed("O10: more than 1,000 is InvalidInput", async (lab) => {
    await refuses(lab, { limit: 1001 });
  }),
  "CS-10-06": assumed("O11: one bad id removes nothing", async (lab) => {
    const id = await lab.record();
    await lab.no("ResourceNotFound", `/${lab.project}/removeObjects`, { objects: [nothing, id] });
    await lab.describe(id);
  }),
  "CS-10-07": assumed("O13: a search that lags sees what there was", async (lab) => {
    const late = lab.lagging(5000);
    const [first, second] = [await late.record(), await late.record()];
    await late.finds({}, []);
    await late.pass(5000);
    await late.finds({}, [first, second]);
    await late.ok(`/${first}/rename`, { project: late.project, name: "later" });
    await late.ok(`/${late.project}/removeObjects`, { objects: [second] });
    const third = await late.record();
    equal(await late.field(first, "name"), "later");
    const { objects } = await late.ok(`/${late.project}/listFolder`);
    sameSet(
      (objects as Body[]).map(({ id }) => id as string),
      [first, third],
    );
    await late.pass(4999);
    await late.finds({}, [first, second]);
    await late.finds({ name: "later" }, []);
    await late.pass(1);
    await late.finds({}, [first, third]);
    await late.finds({ name: "later" }, [first]);
  }),
};
