import { retry } from "../lanes.ts";
import { project } from "../replay-world.ts";
import { type Day, type History, minute } from "./day.ts";

/** A rename to `first` is given up, and lands four minutes later; one to `second` is confirmed before. */
async function renameTwice(day: Day): Promise<Awaited<ReturnType<Day["withRecord"]>>> {
  const record = await day.withRecord();
  const { faults } = day.world.platform;
  const late = faults.next("rename", { kind: "late", afterMs: 4 * minute });
  await day.world.edit(record.key, "rename", { name: "first" });
  await day.until(() => late.hits > 0);
  await day.world.drain();
  await day.cutIn("rename", () => day.world.edit(record.key, "rename", { name: "second" }));
  await day.world.drain();
  return record;
}

/** A create that was refused for want of rights; a copy of its request arrives 40 s later. */
async function refusedCreate(day: Day): Promise<Awaited<ReturnType<Day["world"]["create"]>>> {
  await day.open();
  await day.setLevel("VIEW");
  day.world.platform.faults.next("/record/new", { kind: "double", afterMs: 40_000 });
  const created = await day.world.create({ name: "S-1", tags: ["old"] });
  await day.world.run(5_000);
  await day.claimLeft(["create PermissionDenied"]);
  await day.setLevel("ADMINISTER");
  return created;
}

/** What lands late, and what a close leaves behind (decision 25). */
export const lateHistories: readonly History[] = [
  {
    page: "0025",
    name: "a name that a late rename brought back is set again",
    play: async (day) => {
      await day.open();
      const { key } = await renameTwice(day);
      await day.world.run(20 * minute);
      await day.claimEnd();
      await day.claimObject(key, { name: "second" });
      const names = day.namesThere();
      day.claim("went back and forth", names.slice(-2), ["first", "second"]);
    },
  },
  {
    page: "0025",
    name: "a name that went back is set again before the close, whose request is cut",
    play: async (day) => {
      await day.open();
      const { key } = await renameTwice(day);
      await day.world.run(5 * minute);
      day.claim("went back", day.namesThere().at(-1), "first");
      await day.cutIn("close", () => day.world.edit(key, "close"));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { name: "second", state: "closed" });
    },
  },
  {
    page: "0025",
    name: "somebody else has the last word on what might land late",
    play: async (day) => {
      await day.open();
      const { key, id } = await renameTwice(day);
      await day.world.run(5 * minute);
      await day.act(`/${id}/rename`, { project, name: "theirs" });
      await day.world.run(20 * minute);
      await day.claimEnd();
      const there = await day.world.describe(id);
      day.claim("there", there, { name: "theirs" });
      day.claim("nothing in its lane", await day.lane(key), []);
    },
  },
  {
    page: "0025",
    name: "a late edit that another edit of ours overwrites by now is left to that",
    play: async (day) => {
      await day.open();
      const { key } = await renameTwice(day);
      await day.world.run(5 * minute);
      await day.cutIn("rename", () => day.world.edit(key, "rename", { name: "third" }));
      await day.world.run(20 * minute);
      await day.claimEnd();
      await day.claimObject(key, { name: "third" });
    },
  },
  {
    page: "0025",
    name: "a close that was accepted and took no effect is sent again",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      let isLost = true;
      day.world.wrapFetch = (fetch) => async (request) => {
        const { pathname } = new URL(request.url);
        if (!isLost || !pathname.endsWith("/close")) return await fetch(request);
        isLost = false;
        return Response.json({ id: pathname.split("/")[1] });
      };
      await day.world.edit(key, "close");
      await day.until(() => !isLost);
      await day.between();
      await day.cutIn("close", async () => undefined);
      await day.world.drain();
      await day.world.run(5 * minute);
      await day.claimEnd();
      await day.claimObject(key, { state: "closed" });
    },
  },
  {
    page: "0025",
    name: "what somebody else changed just before the close is told, not passed over",
    play: async (day) => {
      await day.open();
      const { key, id } = await day.withRecord({ types: ["Ours"] });
      day.world.isOnline = false;
      await day.world.edit(key, "close");
      day.world.wrapFetch = (fetch) => async (request) => {
        const isClose = request.url.endsWith("/close");
        if (isClose) await day.act(`/${id}/addTypes`, { types: ["Theirs"] }).catch(() => undefined);
        return await fetch(request);
      };
      await day.cutIn("close", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.world.run(5 * minute);
      await day.claimEnd();
      const [row] = await day.world.app.get("objects", [key]);
      day.claim("told", row?.closedWithForeignChange, ["types"]);
      await day.claimObject(key, { state: "closed", types: ["Ours", "Theirs"] });
    },
  },
  {
    page: "0025",
    name: "a refused create is retried while a copy of it arrives: one object",
    play: async (day) => {
      const { key, createKey } = await refusedCreate(day);
      await day.world.run(20_000);
      await day.cutIn("/record/new", () => retry(day.world, key));
      await day.world.drain();
      await day.world.run(2 * minute);
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
    },
  },
  {
    page: "0025",
    name: "a refused create is mended, and retried after a copy of it has arrived: one object, mended",
    play: async (day) => {
      const { key, createKey } = await refusedCreate(day);
      await day.world.edit(key, "addTags", { tags: ["new"] });
      await day.world.edit(key, "close");
      await day.world.run(60_000);
      await day.cutIn("addTags", () => retry(day.world, key));
      await day.world.drain();
      await day.world.run(2 * minute);
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
      await day.claimObject(key, { tags: ["old", "new"], state: "closed" });
    },
  },
];
