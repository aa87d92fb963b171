import {
  type EditOperation,
  type FolderOperation,
  type JsonObject,
  type LocalKey,
  type ProjectId,
  projectKey,
} from "@holdfast/core";
import { project, type ReplayWorld } from "../replay-world.ts";

/**
 * One kind of request. To add one, add a row: the route that is cut, what the platform has before (`begin`), the call,
 * and what the object must be in the end.
 */
export interface Kind {
  readonly name: string;
  readonly route: string | RegExp;
  /** Default: a record with something of everything. */
  readonly begin?: (world: ReplayWorld) => Promise<LocalKey>;
  readonly call: (world: ReplayWorld, key: LocalKey) => Promise<LocalKey>;
  /** The object or project in the end; undefined where it is gone. */
  readonly result: JsonObject | undefined;
  /**
   * What is asked about it before it is sent again. `create`: the platform by its nonce, or a search by its key.
   * `repeat`: nothing, since a repeat is harmless. Else a describe, by default of the object.
   */
  readonly asks?: "create" | "repeat" | "object" | "project";
}

const ofProject = projectKey(project as ProjectId);

const edit =
  (kind: EditOperation["kind"], input: object = {}): Kind["call"] =>
  async (world, key) => {
    await world.edit(key, kind, input);
    return key;
  };

const editFolder =
  (kind: FolderOperation["kind"], input: object): Kind["call"] =>
  async (world) => {
    await world.editFolder(kind, input);
    return ofProject;
  };

const nothing = async (): Promise<LocalKey> => ofProject;

const made =
  (objectClass: "record" | "file" | "workflow", input: object = {}) =>
  async (world: ReplayWorld): Promise<LocalKey> =>
    (await world.create({ name: "S-1", ...input }, objectClass)).key;

/** Something of everything that the edits below change. */
export const record = (input: object = {}): ((world: ReplayWorld) => Promise<LocalKey>) =>
  made("record", { types: ["Old"], tags: ["old"], properties: { old: "1" }, ...input });

const folder = (path: string) => async (world: ReplayWorld) => {
  await world.editFolder("newFolder", { folder: path, parents: true });
  return ofProject;
};

const projectWith = (kind: EditOperation["kind"], input: object) => (world: ReplayWorld) =>
  edit(kind, input)(world, ofProject);

export const kinds: readonly Kind[] = [
  {
    name: "create",
    route: "/record/new",
    begin: nothing,
    call: record({ details: { n: 1 } }),
    result: { state: "open", details: { n: 1 }, tags: ["old"] },
    asks: "create",
  },
  {
    name: "create and close in one",
    route: "/record/new",
    begin: nothing,
    call: record({ close: true }),
    result: { state: "closed" },
    asks: "create",
  },
  {
    name: "create of a file",
    route: "/file/new",
    begin: nothing,
    call: made("file", { media: "text/plain", details: { n: 1 }, tags: ["a"] }),
    result: { class: "file", state: "open", media: "text/plain", details: { n: 1 }, tags: ["a"] },
    asks: "create",
  },
  {
    name: "create of a workflow",
    route: "/workflow/new",
    begin: nothing,
    call: made("workflow", { title: "Align", inputs: [] }),
    result: { state: "open", title: "Align", inputs: [], editVersion: 0 },
    asks: "create",
  },
  {
    name: "close",
    route: /close$/,
    call: edit("close"),
    result: { state: "closed" },
    asks: "repeat",
  },
  {
    name: "close of a file",
    route: /close$/,
    begin: made("file"),
    call: edit("close"),
    result: { state: "closed" },
    asks: "repeat",
  },
  {
    name: "close of a workflow",
    route: /close$/,
    begin: made("workflow"),
    call: edit("close"),
    result: { state: "closed" },
    asks: "repeat",
  },
  {
    name: "addTypes",
    route: /addTypes$/,
    call: edit("addTypes", { types: ["New"] }),
    result: { types: ["Old", "New"] },
  },
  {
    name: "removeTypes",
    route: /removeTypes$/,
    call: edit("removeTypes", { types: ["Old"] }),
    result: { types: [] },
  },
  {
    name: "setDetails",
    route: /setDetails$/,
    call: edit("setDetails", { details: { n: 2 } }),
    result: { details: { n: 2 } },
  },
  {
    name: "setVisibility",
    route: /setVisibility$/,
    call: edit("setVisibility", { hidden: true }),
    result: { hidden: true },
  },
  {
    name: "rename",
    route: /rename$/,
    call: edit("rename", { name: "S-2" }),
    result: { name: "S-2" },
  },
  {
    name: "setProperties",
    route: /setProperties$/,
    call: edit("setProperties", { properties: { old: null, new: "2" } }),
    result: { properties: { new: "2" } },
  },
  {
    name: "addTags",
    route: /addTags$/,
    call: edit("addTags", { tags: ["new"] }),
    result: { tags: ["old", "new"] },
  },
  {
    name: "removeTags",
    route: /removeTags$/,
    call: edit("removeTags", { tags: ["old"] }),
    result: { tags: [] },
  },
  {
    name: "move",
    route: /move$/,
    begin: async (world) => {
      await folder("/inbox")(world);
      return await record({ close: true })(world);
    },
    call: edit("move", { folder: "/inbox" }),
    result: { folder: "/inbox", state: "closed" },
  },
  {
    name: "remove",
    route: /removeObjects$/,
    call: edit("remove"),
    result: undefined,
    asks: "repeat",
  },
  {
    name: "clone",
    route: /clone$/,
    begin: record({ close: true, details: { n: 1 } }),
    call: (world, key) => world.clone(key, { folder: "/copies", parents: true }),
    result: { folder: "/copies", state: "closed", tags: ["old"], details: { n: 1 } },
    asks: "repeat",
  },
  {
    name: "rename of a project",
    route: /update$/,
    begin: nothing,
    call: (world) => edit("rename", { name: "bench" })(world, ofProject),
    result: { name: "bench" },
    asks: "project",
  },
  {
    name: "setProperties of a project",
    route: /setProperties$/,
    begin: projectWith("setProperties", { properties: { old: "1" } }),
    call: edit("setProperties", { properties: { old: null, new: "2" } }),
    result: { properties: { new: "2" } },
    asks: "project",
  },
  {
    name: "addTags of a project",
    route: /addTags$/,
    begin: projectWith("addTags", { tags: ["old"] }),
    call: edit("addTags", { tags: ["new"] }),
    result: { tags: ["old", "new"] },
    asks: "project",
  },
  {
    name: "removeTags of a project",
    route: /removeTags$/,
    begin: projectWith("addTags", { tags: ["old", "older"] }),
    call: edit("removeTags", { tags: ["old"] }),
    result: { tags: ["older"] },
    asks: "project",
  },
  {
    name: "newFolder with parents",
    route: /newFolder$/,
    begin: nothing,
    call: editFolder("newFolder", { folder: "/a/b/c", parents: true }),
    result: { folders: ["/", "/a", "/a/b", "/a/b/c"] },
    asks: "project",
  },
  {
    name: "renameFolder",
    route: /renameFolder$/,
    begin: folder("/a/b"),
    call: editFolder("renameFolder", { folder: "/a", name: "z" }),
    result: { folders: ["/", "/z", "/z/b"] },
    asks: "project",
  },
  {
    name: "moveFolder",
    route: /move$/,
    begin: folder("/a/b"),
    call: editFolder("moveFolder", { folder: "/a/b", destination: "/" }),
    result: { folders: ["/", "/a", "/b"] },
    asks: "project",
  },
  {
    name: "removeFolder",
    route: /removeFolder$/,
    begin: folder("/a/b"),
    call: editFolder("removeFolder", { folder: "/a/b" }),
    result: { folders: ["/", "/a"] },
    asks: "project",
  },
];
