import { type ProjectId, projectKey } from "@holdfast/core";
import { project } from "../replay-world.ts";
import { type History, hour } from "./day.ts";

/** Moves, removals, clones, sources of creates, folders (decisions 23 and 24). */
export const objectHistories: readonly History[] = [
  {
    page: "0023",
    name: "of two moves the second folder is gone: the first counts, the second parks alone",
    play: async (day) => {
      await day.open();
      await day.act(`/${project}/newFolder`, { folder: "/a" });
      const { key } = await day.withRecord();
      day.world.isOnline = false;
      await day.world.edit(key, "move", { folder: "/a" });
      await day.world.edit(key, "move", { folder: "/gone" });
      await day.cutIn(/\/move$/, async () => {
        day.world.isOnline = true;
      });
      await day.world.drain(60_000);
      await day.claimEnd(["move ResourceNotFound"]);
      await day.claimObject(key, { folder: "/a" });
    },
  },
  {
    page: "0023",
    name: "a move that may not be parks by itself, and its new object is there",
    play: async (day) => {
      await day.act(`/${project}/newFolder`, { folder: "/a" });
      await day.setLevel("UPLOAD");
      await day.open();
      day.world.isOnline = false;
      const { key, createKey } = await day.world.create({ name: "S-1" });
      await day.world.edit(key, "move", { folder: "/a" });
      await day.cutIn("/record/new", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain(60_000);
      await day.claimEnd(["move PermissionDenied"]);
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
      await day.claimObject(key, { folder: "/" });
    },
  },
  {
    page: "0023",
    name: "a removal is refused: the edits before it, which nobody would have seen, are sent after all",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      day.world.isOnline = false;
      await day.world.edit(key, "addTags", { tags: ["a"] });
      await day.world.edit(key, "remove");
      const { faults } = day.world.platform;
      faults.next("removeObjects", { kind: "refuse", error: "PermissionDenied" });
      await day.cutIn("addTags", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain(60_000);
      await day.claimEnd(["remove PermissionDenied"]);
      await day.claimObject(key, { tags: ["a"] });
    },
  },
  {
    page: "0023",
    name: "made, closed, cloned and removed offline: the object is in the other project alone",
    play: async (day) => {
      await day.open();
      day.world.isOnline = false;
      const { key, createKey } = await day.world.create({ name: "S-1" });
      await day.world.edit(key, "close");
      const copy = await day.world.clone(key);
      await day.world.edit(key, "remove");
      await day.cutIn(/\/clone$/, async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      day.claim("here", await day.view(key), null);
      await day.claimObject(copy, { name: "S-1", state: "closed" });
      const [id = ""] = day.world.causedBy(createKey);
      const gone = await day.world.describe(id).catch((error: unknown) => String(error));
      day.claim(
        "not in its first project",
        (gone as { project?: string }).project === project,
        false,
      );
    },
  },
  {
    page: "0023",
    name: "somebody renames the object before its clone is sent: the copy shows that name",
    play: async (day) => {
      await day.open();
      const { key, id } = await day.withRecord({ close: true });
      day.world.isOnline = false;
      const copy = await day.world.clone(key);
      await day.act(`/${id}/rename`, { project, name: "theirs" });
      await day.cutIn(/\/clone$/, async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(copy, { name: "theirs", state: "closed" });
    },
  },
  {
    page: "0023",
    name: "an object taken from another one is not taken for it when it is looked up by its key",
    play: async (day) => {
      await day.open();
      const source = await day.withRecord({ tags: ["kept"], properties: { of: "source" } });
      const { key, createKey } = await day.cutIn("/record/new", () =>
        day.world.create({ name: "S-2", initializeFrom: { project, id: source.id } }),
      );
      day.world.isOnline = false;
      await day.world.run(1.1 * hour);
      day.world.isOnline = true;
      await day.world.drain();
      await day.claimEnd();
      const [id, ...others] = day.world.causedBy(createKey);
      day.claim("others", others, []);
      day.claim("the source again", id === source.id, false);
      await day.claimObject(key, { name: "S-2", tags: ["kept"] });
    },
  },
  {
    page: "0024",
    name: "both folders are there after a renaming was lost: nobody can tell, so a person is asked",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord({ folder: "/a", parents: true });
      await day.cutIn("renameFolder", async () => {
        await day.world.editFolder("renameFolder", { folder: "/a", name: "b" });
      });
      await day.act(`/${project}/newFolder`, { folder: day.hadEffect ? "/a" : "/b" });
      await day.world.drain(60_000);
      await day.claimEnd(["renameFolder InvalidState"]);
      const view = await day.view(key);
      day.claim("shown in the old folder", view, { folder: "/a" });
    },
  },
  {
    page: "0024",
    name: "what somebody else put into a folder since its removal was called stays, and parks it",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord({ folder: "/a", parents: true });
      day.world.isOnline = false;
      await day.world.removeTree("/a");
      const theirs = await day.act("/record/new", { project, folder: "/a", name: "theirs" });
      await day.cutIn("removeObjects", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain(60_000);
      await day.claimEnd(["removeFolder InvalidState"]);
      day.claim("ours here", await day.view(key), null);
      const there = await day.world.describe(theirs["id"] as string);
      day.claim("theirs", there, { folder: "/a" });
    },
  },
  {
    page: "0024",
    name: "what goes into a new folder waits for it, however often its request is cut",
    play: async (day) => {
      await day.open();
      day.world.isOnline = false;
      await day.world.editFolder("newFolder", { folder: "/a" });
      const inside = await day.world.create({ name: "inside", folder: "/a" });
      day.world.platform.faults.next("/record/new", day.cut);
      await day.cutIn("newFolder", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(inside.key, { folder: "/a" });
      const routes = day.world.platform.effects.map(({ route }) => route);
      day.claim("in order", routes, ["/project-xxxx/newFolder", "/record/new"]);
    },
  },
  {
    page: "0024",
    name: "an object in a folder that is renamed shows its new path at once, and is there in the end",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord({ folder: "/a", parents: true });
      await day.cutIn("renameFolder", async () => {
        await day.world.editFolder("renameFolder", { folder: "/a", name: "b" });
        day.claim("at once", await day.view(key), { folder: "/b" });
      });
      day.claim("in doubt", await day.view(key), { folder: "/b" });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { folder: "/b" });
      const ofProject = projectKey(project as ProjectId);
      const [row] = await day.world.app.get("objects", [ofProject]);
      day.claim("folders known", row?.view.project?.folders?.includes("/b"), true);
    },
  },
];
