import { retry } from "../lanes.ts";
import type { History } from "./day.ts";

/** Of one lane: what is merged, what is parked, what comes after it (decisions 6 and 7). */
export const laneHistories: readonly History[] = [
  {
    page: "0006",
    name: "an addition is done and the removal of part of it refused: what was added is there",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      day.world.isOnline = false;
      await day.world.edit(key, "addTags", { tags: ["a", "b"] });
      await day.world.edit(key, "removeTags", { tags: ["a"] });
      const { faults } = day.world.platform;
      faults.next("removeTags", { kind: "refuse", error: "PermissionDenied" });
      await day.cutIn("addTags", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain(60_000);
      await day.claimEnd(["removeTags PermissionDenied"]);
      await day.claimObject(key, { tags: ["a", "b"] });
    },
  },
  {
    page: "0006",
    name: "two new objects that mention each other are made, whichever request is cut",
    play: async (day) => {
      await day.open();
      day.world.isOnline = false;
      const one = await day.world.create({ name: "one" });
      const other = await day.world.create({
        name: "other",
        details: { of: { $dnanexus_link: one.id } },
      });
      await day.world.edit(one.key, "setDetails", {
        details: { to: { $dnanexus_link: other.id } },
      });
      await day.cutIn("/record/new", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      const [oneId] = day.world.causedBy(one.createKey);
      const [otherId] = day.world.causedBy(other.createKey);
      const there = await day.world.describe(oneId ?? "");
      day.claim("the link there", there["details"], { to: { $dnanexus_link: otherId } });
      const back = await day.world.describe(otherId ?? "");
      day.claim("the link back", back["details"], { of: { $dnanexus_link: oneId } });
    },
  },
  {
    page: "0006",
    name: "an object that mentions itself is made without, and told the rest, which is cut",
    play: async (day) => {
      await day.open();
      day.world.isOnline = false;
      const { id, key, createKey } = await day.world.create({ name: "self" });
      await day.world.edit(key, "setDetails", { details: { self: { $dnanexus_link: id } } });
      await day.cutIn("setDetails", async () => {
        day.world.isOnline = true;
      });
      await day.world.drain();
      await day.claimEnd();
      const [realId = ""] = day.world.causedBy(createKey);
      const { details } = await day.world.describe(realId);
      day.claim("its own link", details, { self: { $dnanexus_link: realId } });
    },
  },
  {
    page: "0007",
    name: "an edit that was parked does not come back over a newer one when it is retried",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      const { faults } = day.world.platform;
      faults.next("rename", { kind: "refuse", error: "PermissionDenied" });
      await day.world.edit(key, "rename", { name: "first" });
      await day.world.run(5_000);
      await day.claimLeft(["rename PermissionDenied"]);
      await day.cutIn("rename", () => day.world.edit(key, "rename", { name: "second" }));
      await day.world.run(60_000);
      await retry(day.world, key);
      await day.world.drain(60_000);
      await day.claimEnd();
      await day.claimObject(key, { name: "second" });
    },
  },
  {
    page: "0007",
    name: "a page of somebody in between settles nothing, whatever its status",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      const { faults } = day.world.platform;
      await day.cutIn("rename", () => day.world.edit(key, "rename", { name: "second" }));
      for (const status of [200, 403, 404, 200]) faults.next("*", { kind: "garbage", status });
      await day.world.edit(key, "addTags", { tags: ["x"] });
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { name: "second", tags: ["x"] });
    },
  },
  {
    page: "0007",
    name: "a close that is parked and retried goes behind the edit that was made between",
    play: async (day) => {
      await day.open();
      const { key } = await day.withRecord();
      day.world.isOnline = false;
      await day.world.edit(key, "close");
      day.world.platform.faults.next("close", { kind: "refuse", error: "PermissionDenied" });
      day.world.isOnline = true;
      await day.world.run(60_000);
      await day.claimLeft(["close PermissionDenied"]);
      await day.world.edit(key, "addTypes", { types: ["New"] });
      await day.cutIn("close", () => retry(day.world, key));
      await day.world.drain();
      await day.claimEnd();
      await day.claimObject(key, { state: "closed", types: ["New"] });
    },
  },
];
