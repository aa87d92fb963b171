import type { ObjectRow } from "../../data-object.ts";
import type { LocalKey } from "../../ids.ts";
import type { CommitNotice, Put } from "../../store.ts";
import { sampleHistory, sampleKey, sampleObject, sampleOutbox } from "../sample-rows.ts";
import { type ConformanceCase, expectEqual, listen, put } from "./world.ts";

export const changeCases: readonly ConformanceCase[] = [
  {
    name: "a commit's notice carries the rows and comes before its write resolves",
    async run(world) {
      const store = await world.open();
      await put(store, { table: "objects", row: sampleObject(2) });
      const { notices } = listen(store);
      let noticed = -1;
      await store
        .write({
          durability: "strict",
          reads: {},
          decide: () => ({
            puts: [{ table: "objects", row: sampleObject(1) }],
            deletes: [{ table: "objects", key: sampleKey(2) }],
            result: undefined,
          }),
        })
        .then(() => {
          noticed = notices.length;
        });
      expectEqual(noticed, 1);
      expectEqual(rowsOf(notices[0] as CommitNotice), [
        [sampleKey(2), undefined],
        [sampleKey(1), sampleObject(1)],
      ]);
    },
  },
  {
    name: "a commit's notice says which operations ended in it",
    async run(world) {
      const store = await world.open();
      const { notices } = listen(store);
      await put(store, { table: "objects", row: sampleObject(1) });
      await put(
        store,
        { table: "objects", row: sampleObject(1) },
        { table: "history", row: sampleHistory(4) },
      );
      const ended = notices.map((notice) => notice.origin === "here" && notice.ended);
      expectEqual(ended, [[], [sampleHistory(4)]]);
    },
  },
  {
    name: "other stores hear of a commit and learn which objects it touched",
    async run(world) {
      const [store, other] = [await world.open(), await world.open()];
      const { latest: before } = await other.changesSince(0);
      const heard = listen(other);
      await put(
        store,
        { table: "objects", row: sampleObject(1) },
        { table: "objects", row: sampleObject(2) },
      );
      const notice = await heard.next("elsewhere");
      const since = await other.changesSince(before);
      expectEqual(since, {
        latest: before + 1,
        changes: [{ change: before + 1, objects: [sampleKey(1), sampleKey(2)] }],
      });
      expectEqual(notice, { origin: "elsewhere", latest: before + 1 });
    },
  },
  {
    name: "a commit whose broadcast is lost is heard at the next check, once",
    async run(world) {
      const [store, deaf] = [await world.open(), await world.open({ hearsBroadcasts: false })];
      const { notices } = listen(deaf);
      await put(store, { table: "objects", row: sampleObject(1) });
      const latest = await deaf.checkForChanges();
      expectEqual(notices, [{ origin: "elsewhere", latest }]);
      expectEqual(await deaf.checkForChanges(), latest);
      expectEqual(notices.length, 1, "nothing new, nothing said");
    },
  },
  {
    name: "a store that commits on top of a commit it never heard of says so",
    async run(world) {
      const [store, deaf] = [await world.open(), await world.open({ hearsBroadcasts: false })];
      const { notices } = listen(deaf);
      await put(store, { table: "objects", row: sampleObject(1) });
      await put(deaf, { table: "objects", row: sampleObject(2) });
      expectEqual(
        notices.map(({ origin }) => origin),
        ["elsewhere", "here"],
      );
    },
  },
  {
    name: "a commit of other tables than meta is a change, one of meta alone is none",
    async run(world) {
      const store = await world.open();
      const { notices } = listen(store);
      const { latest } = await store.changesSince(0);
      const row = { version: 1, name: "serverClock", offsetMs: 1, seenAt: 0 } as const;
      await put(store, { table: "meta", row });
      expectEqual(await store.checkForChanges(), latest);
      await put(store, { table: "outbox", row: sampleOutbox(1, sampleKey(1)) });
      expectEqual(await store.changesSince(latest), {
        latest: latest + 1,
        changes: [{ change: latest + 1, objects: [] }],
      });
      expectEqual(notices.length, 1);
    },
  },
  {
    name: "a commit of more than 500 objects is named as many, and its own notice still has the rows",
    async run(world) {
      const store = await world.open();
      const { notices } = listen(store);
      const { latest } = await store.changesSince(0);
      const puts = Array.from(
        { length: 501 },
        (_, n): Put => ({ table: "objects", row: sampleObject(n) }),
      );
      await put(store, ...puts);
      expectEqual((await store.changesSince(latest)).changes, [
        { change: latest + 1, objects: "many" },
      ]);
      expectEqual(rowsOf(notices[0] as CommitNotice).length, 501);
    },
  },
  {
    name: "changes too old to be named, and numbers never given, are unknown",
    async run(world) {
      const store = await world.open();
      const { latest: before } = await store.changesSince(0);
      for (let n = 0; n < 300; n++) await put(store, { table: "objects", row: sampleObject(n) });
      const { latest, changes } = await store.changesSince(before);
      expectEqual(changes, "unknown");
      expectEqual(latest, before + 300);
      expectEqual(await store.changesSince(latest), { latest, changes: [] });
      const recent = await store.changesSince(latest - 10);
      expectEqual(recent.changes === "unknown" ? 0 : recent.changes.length, 10);
      expectEqual(await store.changesSince(latest + 1), { latest, changes: "unknown" });
    },
  },
  {
    name: "a refused write is no change",
    async run(world) {
      const store = await world.open();
      const { notices } = listen(store);
      const before = await store.checkForChanges();
      await Promise.allSettled([
        store.write({
          durability: "strict",
          reads: {},
          decide: () => ({ failure: { code: "InvalidInput", message: "Refused by the test." } }),
        }),
      ]);
      expectEqual([await store.checkForChanges(), notices.length], [before, 0]);
    },
  },
  {
    name: "a listener that throws harms neither the write nor the other listeners",
    async run(world) {
      const store = await world.open();
      store.onCommit(() => {
        throw new Error("a listener of the test");
      });
      const { notices } = listen(store);
      await put(store, { table: "objects", row: sampleObject(1) });
      expectEqual(notices.length, 1);
    },
  },
  {
    name: "a listener that ended hears nothing more",
    async run(world) {
      const store = await world.open();
      let heard = 0;
      const end = store.onCommit(() => {
        heard += 1;
      });
      await put(store, { table: "objects", row: sampleObject(1) });
      end();
      end();
      await put(store, { table: "objects", row: sampleObject(2) });
      expectEqual(heard, 1);
    },
  },
];

function rowsOf(notice: CommitNotice): [LocalKey, ObjectRow | undefined][] {
  if (notice.origin !== "here") throw new Error("expected a commit of this store");
  return [...notice.objects];
}
