import {
  amend,
  delay,
  type LocalKey,
  parseChange,
  type ProjectId,
  projectKey,
} from "@holdfast/core";
import { elsewhere, project } from "../replay-world.ts";
import { type Day, type History, minute } from "./day.ts";

/** Another input for what the lane begins with. */
async function change(day: Day, lane: LocalKey, input: object): Promise<void> {
  const [row] = await day.lane(lane);
  if (row === undefined) throw new Error(`${lane} has something to change`);
  const request = parseChange(row.operation, project as ProjectId, input);
  const at = day.world.clock.now();
  await day.world.app.write(amend({ lane, operation: row.id, change: request, at }));
}

/** A create is refused, and a copy of its request lands 40 s later, with rights that have come back by then. */
async function landsAfterRefusal(day: Day, input: object): Promise<LocalKey> {
  await day.open();
  await day.setLevel("VIEW");
  day.world.platform.faults.next("/record/new", { kind: "double", afterMs: 40_000 });
  const { key } = await day.world.create({ name: "S-1", ...input });
  await day.world.run(5_000);
  await day.setLevel("ADMINISTER");
  return key;
}

/** What people decide about parked work, and the order between lanes (decisions 26 and 29). */
export const orderHistories: readonly History[] = [
  {
    page: "0026",
    name: "what is in doubt takes no other input: its bytes may be there",
    play: async (day) => {
      await day.open();
      const { key } = await day.cutIn("/record/new", async () => {
        const created = await day.world.create({ name: "S-1" });
        return created;
      });
      day.world.isOnline = false;
      const refused = await change(day, key, { tags: ["other"] }).catch((error: unknown) => error);
      const { code } = (refused ?? {}) as { readonly code?: string };
      day.world.isOnline = true;
      await day.world.drain();
      await day.claimEnd();
      day.claim("the change", code, "InvalidState");
      await day.claimObject(key, { tags: [] });
    },
  },
  {
    page: "0026",
    name: "details in doubt that somebody else changed beside ours are merged",
    play: async (day) => {
      await day.open();
      const { key, id } = await day.withRecord({ details: { ours: 1, theirs: 1 } });
      const input = { details: { ours: 2, theirs: 1 } };
      day.world.isOnline = false;
      await day.world.edit(key, "setDetails", input);
      const fault = day.world.platform.faults.next("setDetails", day.cut);
      day.world.isOnline = true;
      await day.until(() => fault.hits > 0);
      day.world.isOnline = false;
      await day.act(`/${id}/setDetails`, { ours: day.hadEffect ? 2 : 1, theirs: 2 });
      await day.between();
      day.world.isOnline = true;
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { details: { ours: 2, theirs: 2 } });
    },
  },
  {
    page: "0026",
    name: "an edited input of a parked operation is sent in its place, and comes over a newer one",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      const { faults } = day.world.platform;
      faults.next("rename", { kind: "refuse", error: "PermissionDenied" });
      await day.world.edit(key, "rename", { name: "first" });
      await day.world.run(5_000);
      await day.world.edit(key, "rename", { name: "second" });
      await day.world.run(5_000);
      await day.cutIn("rename", () => change(day, key, { name: "third" }));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { name: "third" });
    },
  },
  {
    page: "0029",
    name: "close, clone and removal called while the lane is planned: the object is where it was sent",
    play: async (day) => {
      const store = await day.world.openStore();
      const lanes = store.lanes.bind(store);
      let raced: LocalKey | undefined;
      store.lanes = async (keys) => {
        const read = await lanes(keys);
        const key = raced;
        if (key === undefined || !keys.includes(key)) return read;
        raced = undefined;
        await day.world.edit(key, "close");
        await day.world.clone(key);
        await day.world.edit(key, "remove");
        return read;
      };
      await day.open({ store });
      const { createKey } = await day.cutIn(/\/clone$/, async () => {
        day.world.isOnline = false;
        const created = await day.world.create({ name: "S-1" });
        raced = created.key;
        day.world.isOnline = true;
        return created;
      });
      await day.world.drain();
      await day.claimEnd();
      const [id = ""] = day.world.causedBy(createKey);
      const there = await day.world.describe(id, elsewhere);
      day.claim("there", there, { project: elsewhere, name: "S-1" });
    },
  },
  {
    page: "0029",
    name: "a changed create whose copy no search shows yet is not made a second time",
    play: async (day) => {
      const key = await landsAfterRefusal(day, {});
      const { faults } = day.world.platform;
      faults.next("/system/findDataObjects", { kind: "searchLag", ms: 10_000 }, 100);
      await day.world.run(36_000);
      await day.cutIn("/record/new", () => change(day, key, { tags: ["new"] }));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { tags: ["new"] });
    },
  },
  {
    page: "0029",
    name: "what a copy of a refused create has made is moved to where the create was changed to",
    play: async (day) => {
      await day.act(`/${project}/newFolder`, { folder: "/a" });
      await day.act(`/${project}/newFolder`, { folder: "/b" });
      const key = await landsAfterRefusal(day, { folder: "/a" });
      await day.world.run(60_000);
      await day.cutIn(/\/move$/, () => change(day, key, { folder: "/b" }));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { folder: "/b" });
    },
  },
  {
    page: "0029",
    name: "an object looked at before its folder was renamed is not put back into the old one",
    play: async (day) => {
      await day.act(`/${project}/newFolder`, { folder: "/a" });
      await day.open({
        onDetailsConflict: async () => {
          // A person takes a while, and the rest goes on.
          await delay(day.world.clock, 8_000);
          return "ours";
        },
      });
      const { key, id } = await day.withRecord({ folder: "/a", details: { n: 1 } });
      day.world.isOnline = false;
      await day.world.edit(key, "setDetails", { details: { n: 2 } });
      await day.act(`/${id}/setDetails`, { n: 3 });
      await day.world.editFolder("renameFolder", { folder: "/a", name: "b" });
      await day.world.run(minute);
      await day.cutIn("renameFolder", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { folder: "/b", details: { n: 2 } });
    },
  },
  {
    page: "0029",
    name: "what stands behind a parked clone holds no operation on a folder up",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord({ close: true });
      await day.act(`/${elsewhere}/newFolder`, { folder: "/a" });
      const { faults } = day.world.platform;
      faults.next(/\/clone$/, { kind: "refuse", error: "PermissionDenied" });
      const copy = await day.world.clone(key);
      await day.world.run(5_000);
      await day.world.edit(copy, "move", { folder: "/a" });
      await day.cutIn("renameFolder", async () => {
        await day.world.editFolder("renameFolder", { folder: "/a", name: "b" }, elsewhere);
      });
      await day.world.run(minute);
      const ofElsewhere = projectKey(elsewhere as ProjectId);
      day.claim("the folder's lane", await day.lane(ofElsewhere), []);
      await day.claimEnd(["clone PermissionDenied", "move waits"]);
    },
  },
  {
    page: "0029",
    name: "what a changed create leaves for later keeps no folder waiting",
    play: async (day) => {
      await day.act(`/${project}/newFolder`, { folder: "/a" });
      day.world.platform.faults.next("/record/new", { kind: "refuse", error: "InvalidInput" });
      await day.open();
      const first = await day.world.create({ name: "first", folder: "/a" });
      await day.untilParked(first.key);
      day.world.isOnline = false;
      await day.world.editFolder("renameFolder", { folder: "/a", name: "b" });
      const second = await day.world.create({ name: "second", folder: "/b" });
      await change(day, first.key, { details: { follows: { $dnanexus_link: second.id } } });
      await day.cutIn("renameFolder", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(first.key, { folder: "/b" });
    },
  },
  {
    page: "0029",
    name: "digits that the platform does not keep are nobody's change",
    play: async (day) => {
      day.world.wrapFetch = (fetch) => async (request) => {
        const response = await fetch(request);
        if (!request.url.endsWith("/describeDataObjects")) return response;
        return Response.json(JSON.parse(await response.text()), response);
      };
      await day.open();
      const detailsText = '{"count":12345678901234567890}';
      const { key } = await day.withRecord({ detailsText });
      await day.cutIn("close", () => day.world.edit(key, "close"));
      await day.world.drain();
      await day.world.run(5 * minute);
      await day.claimEnd();
      const [row] = await day.world.app.get("objects", [key]);
      day.claim("told", row?.closedWithForeignChange ?? null, null);
      day.claim("kept", row?.view.details, detailsText);
    },
  },
  {
    page: "0029",
    name: "a clone does not wait for a close that nobody watches",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord({ close: true });
      const [object] = await day.world.app.get("objects", [key]);
      if (object === undefined) throw new Error("it was made");
      // As a look shows what somebody else is closing.
      const row = { ...object, view: { ...object.view, state: "closing" as const } };
      await day.world.app.write({
        durability: "strict",
        reads: {},
        decide: () => ({ puts: [{ table: "objects", row }], result: undefined }),
      });
      const copy = await day.cutIn(/\/clone$/, () => day.world.clone(key));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(copy, { state: "closed" });
    },
  },
];
