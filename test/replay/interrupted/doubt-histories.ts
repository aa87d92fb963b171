import type { LocalKey } from "@holdfast/core";
import { giveUp, requestsCarried, retry } from "../lanes.ts";
import { SleepyClock } from "../sleepy-clock.ts";
import { project } from "../replay-world.ts";
import { type Day, type History, hour, minute } from "./day.ts";

/** A request that the platform fails ten times while others succeed, which parks it in doubt. */
async function failUntilParked(day: Day, key: LocalKey): Promise<void> {
  for (let count = 0; count < 40; count++) {
    await day.world.create({ name: `other-${count}` });
    await day.world.run(30_000);
    const lane = await day.lane(key);
    if (lane.length > 0 && lane.every(({ parked }) => parked !== undefined)) return;
  }
  throw new Error("nothing was parked");
}

/** Two edits of tags in one request, parked in doubt. */
async function tagsInDoubt(day: Day): Promise<{ readonly key: LocalKey; readonly id: string }> {
  const record = await day.withRecord();
  day.world.isOnline = false;
  await day.world.edit(record.key, "addTags", { tags: ["x"] });
  await day.world.edit(record.key, "addTags", { tags: ["y"] });
  const { faults } = day.world.platform;
  await day.cutIn("addTags", async () => {
    faults.next("addTags", { kind: "refuse", error: "InternalError" }, 1_000);
    // What was there already needs no second attempt: it is taken away again.
    if (day.hadEffect) day.world.wrapFetch = unseen(record.id, day);
    day.world.isOnline = true;
  });
  return record;
}

/** Takes away what the lost request has brought, as somebody else may, so that it is sent again. */
function unseen(id: string, day: Day): Day["world"]["wrapFetch"] {
  return (fetch) => async (request) => {
    const { pathname } = new URL(request.url);
    try {
      return await fetch(request);
    } finally {
      if (pathname.endsWith("/addTags")) {
        await day.act(`/${id}/removeTags`, { project, tags: ["x", "y"] });
      }
    }
  };
}

/** What is in doubt (decisions 9 and 17). */
export const doubtHistories: readonly History[] = [
  {
    page: "0009",
    name: "sending again was right, then the network goes for 50 minutes: it is asked about anew",
    play: async (day) => {
      await day.open();
      const { createKey } = await day.cutIn("/record/new", async () => {
        const created = await day.world.create({ name: "S-1" });
        return created;
      });
      day.world.isOnline = false;
      await day.world.run(50 * minute);
      const sent = day.world.platform.requests.length;
      day.world.isOnline = true;
      await day.world.drain();
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
      const paths = day.world.platform.requests.slice(sent).map(({ path }) => path);
      const asked = paths.filter((path) => /\/(findDataObjects|new)$/.test(path));
      day.claim("first asked", asked[0], "/system/findDataObjects");
    },
  },
  {
    page: "0009",
    name: "a refusal of what is sent again settles only that: the first attempt may be there",
    play: async (day) => {
      await day.open();
      const { faults } = day.world.platform;
      const { key, createKey } = await day.cutIn("/record/new", async () => {
        const created = await day.world.create({ name: "S-1" });
        return created;
      });
      faults.next("/record/new", { kind: "refuse", error: "PermissionDenied" });
      await day.world.run(60_000);
      if ((await day.lane(key)).some(({ parked }) => parked !== undefined)) {
        await retry(day.world, key);
      }
      await day.world.drain(180_000);
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
    },
  },
  {
    page: "0009",
    name: "an object of somebody else that has the same key is not taken for ours",
    play: async (day) => {
      await day.open();
      const created = await day.cutIn("/record/new", () => day.world.create({ name: "S-1" }));
      day.world.isOnline = false;
      const { control } = day.world.platform;
      await control.addUser({ name: "bob" });
      await control.setLevel(project, "user-bob", "CONTRIBUTE");
      const { createKey } = created;
      await control.act("user-bob", "/record/new", {
        project,
        name: "bob's",
        properties: { ".holdfast-key": createKey },
      });
      await day.world.run(1.1 * hour);
      day.world.isOnline = true;
      await day.world.drain();
      await day.claimLeft();
      await day.claimObject(created.key, { name: "S-1" });
      const names = day.world.platform.effects.map(({ changed }) => changed["name"]?.[1]);
      day.claim(
        "made",
        (names as string[]).toSorted((a, b) => (a < b ? -1 : 1)),
        ["S-1", "bob's"],
      );
    },
  },
  {
    page: "0017",
    name: "a create is cut, then the machine sleeps for hours and its monotonic clock with it",
    play: async (day) => {
      const clock = new SleepyClock(day.world.clock);
      await day.open({ clock });
      const { createKey } = await day.cutIn("/record/new", () => day.world.create({ name: "S-1" }));
      day.tab.process.freeze();
      await day.world.run(2 * hour);
      clock.slept(2 * hour);
      day.tab.process.thaw();
      await day.world.drain();
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
    },
  },
  {
    page: "0017",
    name: "a create in doubt is told to wait, and the machine sleeps meanwhile",
    play: async (day) => {
      const clock = new SleepyClock(day.world.clock);
      await day.open({ clock });
      const { createKey } = await day.cutIn("/record/new", () => day.world.create({ name: "S-1" }));
      day.world.platform.faults.next("/record/new", {
        kind: "throttle",
        status: 429,
        retryAfterS: 5,
      });
      await day.world.run(2_000);
      day.tab.process.freeze();
      await day.world.run(2 * hour);
      clock.slept(2 * hour);
      day.tab.process.thaw();
      day.world.platform.faults.clear();
      await day.world.drain();
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
    },
  },
  {
    page: "0017",
    name: "one of two operations that a request parked in doubt is retried: both are sent",
    play: async (day) => {
      await day.open();
      const { key } = await tagsInDoubt(day);
      await failUntilParked(day, key);
      day.world.platform.faults.clear();
      day.world.wrapFetch = (fetch) => fetch;
      await day.cutIn("addTags", async () => {
        await retry(day.world, key, (await day.lane(key)).slice(1));
      });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { tags: ["x", "y"] });
    },
  },
  {
    page: "0017",
    name: "one of two operations that a request parked in doubt is discarded: the other is sent",
    play: async (day) => {
      await day.open();
      const { key } = await tagsInDoubt(day);
      await failUntilParked(day, key);
      day.world.platform.faults.clear();
      day.world.wrapFetch = (fetch) => fetch;
      await giveUp(day.world, key, "addTags");
      await day.cutIn("addTags", () => retry(day.world, key));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { tags: ["y"] });
    },
  },
  {
    page: "0017",
    name: "all of a request parked in doubt is discarded: the lane goes on",
    play: async (day) => {
      await day.open();
      const { key } = await tagsInDoubt(day);
      await failUntilParked(day, key);
      day.world.platform.faults.clear();
      day.world.wrapFetch = (fetch) => fetch;
      await giveUp(day.world, key, "addTags");
      await giveUp(day.world, key, "addTags");
      day.claim("requests after the discard", await requestsCarried(day.world), []);
      await day.cutIn("rename", () => day.world.edit(key, "rename", { name: "S-2" }));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { name: "S-2" });
    },
  },
  {
    page: "0017",
    name: "an edit folded into a create in doubt cannot be discarded alone",
    play: async (day) => {
      await day.open();
      day.world.isOnline = false;
      const { key, createKey } = await day.world.create({ name: "S-1" });
      await day.world.edit(key, "addTags", { tags: ["x"] });
      let isBroken = true;
      day.world.wrapFetch = (fetch) => async (request) => {
        const body = await request.clone().text();
        const response = await fetch(request);
        return isBroken && body.includes('"S-1"') ? new Response("oh", { status: 502 }) : response;
      };
      await day.cutIn("/record/new", async () => {
        day.world.isOnline = true;
      });
      await failUntilParked(day, key);
      const refused = await giveUp(day.world, key, "addTags").catch((error: unknown) => error);
      day.claim("the discard", (refused as { readonly code?: string }).code, "InvalidState");
      isBroken = false;
      await retry(day.world, key);
      await day.world.drain();
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
      await day.claimObject(key, { tags: ["x"] });
    },
  },
  {
    page: "0017",
    name: "a 401 that breaks off in the middle of PermissionDenied refuses no token",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      let left = 2;
      day.world.wrapFetch = (fetch) => async (request) => {
        if (!request.url.endsWith("/addTags") || --left < 0) return await fetch(request);
        return new Response('{"error":{"type":"Permis', { status: 401 });
      };
      await day.cutIn("rename", () => day.world.edit(key, "rename", { name: "S-2" }));
      await day.world.edit(key, "addTags", { tags: ["x"] });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { name: "S-2", tags: ["x"] });
    },
  },
  {
    page: "0017",
    name: "a create with its close is refused, mended and retried: it is closed with the mend",
    play: async (day) => {
      await day.open();
      const { faults } = day.world.platform;
      faults.next("/record/new", { kind: "refuse", error: "PermissionDenied" });
      const { key, createKey } = await day.world.create({ name: "S-1", close: true });
      await day.world.run(5_000);
      await day.claimLeft(["create PermissionDenied"]);
      await day.world.edit(key, "addTypes", { types: ["Sample"] });
      await day.cutIn("/record/new", () => retry(day.world, key));
      await day.world.drain();
      await day.claimEnd();
      day.claim("objects of the create", day.world.causedBy(createKey).length, 1);
      await day.claimObject(key, { state: "closed", types: ["Sample"] });
    },
  },
  {
    page: "0017",
    name: "somebody else closes an object whose edit is in doubt: the view is closed",
    play: async (day) => {
      await day.open();
      const { key, id } = await day.withRecord();
      await day.cutIn("addTypes", async () => {
        await day.world.edit(key, "addTypes", { types: ["Sample"] });
        const isClosedFirst = day.cut === "cutBeforeEffect";
        if (isClosedFirst) await day.act(`/${id}/close`);
      });
      if (day.hadEffect) await day.act(`/${id}/close`);
      await day.world.run(60_000);
      const [left] = await day.lane(key);
      day.claim("parked", left?.parked !== undefined, !day.hadEffect);
      const types = day.hadEffect ? ["Sample"] : [];
      await day.claimObject(key, { state: "closed", types });
    },
  },
  {
    page: "0017",
    name: "an object that could not be described just now is asked about again",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      let blind = 3;
      day.world.wrapFetch = (fetch) => async (request) => {
        if (!request.url.endsWith("/describeDataObjects") || --blind < 0) {
          return await fetch(request);
        }
        const error = { type: "InternalError", message: "later" };
        return Response.json({ results: [{ error, statusCode: 500 }] });
      };
      await day.cutIn("addTags", () => day.world.edit(key, "addTags", { tags: ["x"] }));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { tags: ["x"] });
    },
  },
  {
    page: "0017",
    name: "what mentions a create that is discarded behind its back parks",
    play: async (day) => {
      await day.open();
      const donor = await day.world.create({ name: "donor", folder: "/missing" });
      await day.world.run(5_000);
      const details = { $dnanexus_link: donor.id };
      const sample = await day.world.create({ name: "S-1", details });
      const other = await day.cutIn("/record/new", () => day.world.create({ name: "other" }));
      // Whoever discards has not seen the sample, which another tab made meanwhile.
      await giveUp(day.world, donor.key, "create");
      await day.world.run(60_000);
      await day.claimEnd(["create DependencyParked"]);
      day.claim("the other", day.world.causedBy(other.createKey).length, 1);
      day.claim("the sample", day.world.causedBy(sample.createKey).length, 0);
    },
  },
  {
    page: "0017",
    name: "a row whose journalled request is gone is told, and holds no other lane up",
    play: async (day) => {
      const damaged = await day.world.create({ name: "damaged" });
      const [row] = await day.lane(damaged.key);
      if (row === undefined) throw new Error("a create is in the outbox");
      const gone = { ...row, request: 999_999 };
      await day.world.app.write({
        durability: "strict",
        reads: {},
        decide: () => ({ puts: [{ table: "outbox", row: gone }], result: undefined }),
      });
      await day.open();
      const healthy = await day.cutIn("/record/new", () => day.world.create({ name: "healthy" }));
      await day.world.run(60_000);
      day.claim("the healthy one", day.world.causedBy(healthy.createKey).length, 1);
      day.claim("errors", day.world.errors[0], { request: 999_999 });
      const { phase, counts } = day.tab.engine.status;
      day.claim("status", { phase, pending: counts.pending }, { phase: "idle", pending: 1 });
    },
  },
];
