import { VirtualClock } from "@holdfast/core/testing";
import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { openPlatform } from "../create-platform.ts";
import { type Lab, labOf, labProjects, labUsers } from "../platform.test-support.ts";
import type { Limits } from "../limits.ts";
import { IndexedDbPersistence } from "./indexed-db-persistence.ts";
import { MemoryPersistence } from "./memory-persistence.ts";
import type { Persistence, RowWrite } from "./persistence.ts";

async function openStored(persistence: Persistence, limits: Partial<Limits> = {}): Promise<Lab> {
  const clock = new VirtualClock();
  const platform = await openPlatform({
    seed: 7,
    clock,
    users: labUsers,
    projects: labProjects,
    limits,
    persistence,
  });
  return labOf(platform, clock);
}

/** What each implementation does; opened twice on the same thing, as two processes would. */
const implementations: readonly (readonly [string, () => () => Persistence])[] = [
  [
    "in memory",
    () => {
      const persistence = new MemoryPersistence();
      return () => persistence;
    },
  ],
  [
    "in IndexedDB",
    () => {
      const factory = new IDBFactory();
      return () => new IndexedDbPersistence({ factory });
    },
  ],
];

describe.each(implementations)("a world %s", (_, prepare) => {
  test("is there again, byte for byte, however it was left", async () => {
    const reopen = prepare();
    const lab = await openStored(reopen());
    const { call, project, platform } = lab;
    const a = await lab.newRecord({
      name: "a",
      nonce: "n",
      details: { d: 1 },
      folder: "/f",
      parents: true,
    });
    const b = await lab.newRecord({ properties: { p: "1" } });
    await call(`/${a}/close`);
    await call(`/${b}/addTags`, { project, tags: ["t"] });
    const c = await lab.newRecord();
    await call(`/${project}/removeObjects`, { objects: [c] });
    await platform.control.setLevel(project, "user-noa", "VIEW");
    await platform.control.revokeToken("vic-token");

    const again = await openStored(reopen());
    expect(JSON.stringify(again.platform.snapshot())).toBe(JSON.stringify(platform.snapshot()));
    expect((await again.call(`/${a}/describe`, {}, { token: "noa-token" })).status).toBe(200);
    expect((await again.call("/system/whoami", {}, { token: "vic-token" })).error).toBe(
      "InvalidAuthentication",
    );
    const replica = {
      project,
      name: "a",
      nonce: "n",
      details: { d: 1 },
      folder: "/f",
      parents: true,
    };
    expect((await again.call("/record/new", replica)).body["id"]).toBe(a);
  });

  test("more effects than a text order would keep in order come back in theirs", async () => {
    const reopen = prepare();
    const lab = await openStored(reopen());
    for (let count = 0; count < 12; count++) await lab.newRecord({ nonce: `n${count}` });
    const again = await openStored(reopen());
    expect(again.platform.effects.map(({ number }) => number)).toEqual([...Array(12).keys()]);
  });

  test("a log that forgets the oldest forgets them where they are kept", async () => {
    const reopen = prepare();
    const lab = await openStored(reopen(), { loggedEffects: 4 });
    for (let count = 0; count < 12; count++) await lab.newRecord();
    const again = await openStored(reopen());
    expect(again.platform.effects).toEqual(lab.platform.effects);
  });

  test("a restored world replaces the one that was kept", async () => {
    const reopen = prepare();
    const lab = await openStored(reopen());
    const empty = lab.platform.snapshot();
    await lab.newRecord({ nonce: "n" });
    await lab.platform.restore(empty);
    const again = await openStored(reopen());
    expect(JSON.stringify(again.platform.snapshot())).toBe(JSON.stringify(empty));
  });
});

/** Commits only when told, so that a test can look in between. */
class HeldPersistence extends MemoryPersistence {
  readonly commits: RowWrite[][] = [];
  #release: (() => void) | undefined;
  isHeld = false;
  failure: Error | undefined;

  override async commit(writes: readonly RowWrite[]): Promise<void> {
    this.commits.push([...writes]);
    if (this.isHeld) {
      await new Promise<void>((resolve) => {
        this.#release = resolve;
      });
    }
    if (this.failure !== undefined) throw this.failure;
    await super.commit(writes);
  }

  release(): void {
    this.isHeld = false;
    this.#release?.();
  }
}

async function turns(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("no answer leaves before its effect, its nonce's reply and what it saw are saved, in one commit", async () => {
  const persistence = new HeldPersistence();
  const lab = await openStored(persistence);
  persistence.commits.length = 0;
  persistence.isHeld = true;
  const answered: string[] = [];
  const created = lab.newRecord({ nonce: "n" }).then((id) => answered.push(id));
  await turns();
  const seen = lab.call("/system/findDataObjects").then(() => answered.push("seen"));
  await turns();
  expect(answered).toEqual([]);
  expect(persistence.commits[0]?.map(({ table }) => table).sort()).toEqual([
    "effects",
    "nonces",
    "objects",
  ]);
  persistence.release();
  await Promise.all([created, seen]);
  expect(persistence.commits).toHaveLength(1);
});

test("effects that happen during a commit share the next one", async () => {
  const persistence = new HeldPersistence();
  const lab = await openStored(persistence);
  persistence.commits.length = 0;
  persistence.isHeld = true;
  const first = lab.newRecord();
  await turns();
  const others = [lab.newRecord(), lab.newRecord(), lab.newRecord()];
  await turns();
  persistence.release();
  await Promise.all([first, ...others]);
  expect(persistence.commits).toHaveLength(2);
});

test("what could not be saved is no success, and goes with the next commit", async () => {
  const persistence = new HeldPersistence();
  const lab = await openStored(persistence);
  persistence.failure = new Error("the disk is full");
  const refused = await lab.call("/record/new", { project: lab.project, nonce: "n" });
  expect([refused.status, refused.error]).toEqual([500, "InternalError"]);
  persistence.failure = undefined;
  const created = await lab.call("/record/new", { project: lab.project, nonce: "n" });
  expect(created.status).toBe(200);
  const again = await openStored(persistence);
  expect(again.platform.effects).toHaveLength(1);
});

test("a call that arrives while a world is restored is of the new world, and both are saved", async () => {
  const persistence = new HeldPersistence();
  const lab = await openStored(persistence);
  const empty = lab.platform.snapshot();
  const old = await lab.newRecord({ name: "old" });
  persistence.isHeld = true;
  const ofOld = lab.newRecord({ nonce: "of the old world" });
  await turns();
  const restored = lab.platform.restore(empty);
  const ofNew = lab.newRecord({ nonce: "of the new world" });
  await turns();
  persistence.release();
  await Promise.all([restored, ofOld, ofNew]);
  const again = await openStored(persistence);
  expect(JSON.stringify(again.platform.snapshot())).toBe(JSON.stringify(lab.platform.snapshot()));
  expect(again.platform.effects.map(({ id }) => id)).toEqual([await ofNew]);
  expect((await again.call(`/${old}/describe`)).error).toBe("ResourceNotFound");
});

test("a restore that cannot be saved is told, and is saved with the next commit", async () => {
  const persistence = new HeldPersistence();
  const lab = await openStored(persistence);
  const empty = lab.platform.snapshot();
  await lab.newRecord();
  persistence.failure = new Error("the disk is full");
  await expect(lab.platform.restore(empty)).rejects.toThrow("the disk is full");
  persistence.failure = undefined;
  await lab.newRecord({ nonce: "n" });
  const again = await openStored(persistence);
  expect(JSON.stringify(again.platform.snapshot())).toBe(JSON.stringify(lab.platform.snapshot()));
});

test("a deleted database is opened anew", async () => {
  const factory = new IDBFactory();
  const persistence = new IndexedDbPersistence({ factory });
  await persistence.writeSetting("network", "flaky");
  expect(await persistence.readSetting("network")).toBe("flaky");
  await new Promise((resolve) => {
    factory.deleteDatabase("holdfast-platform").onsuccess = resolve;
  });
  expect(await persistence.load()).toBeUndefined();
  expect(await persistence.readSetting("network")).toBeUndefined();
});

test("a closed platform answers nobody", async () => {
  const lab = await openStored(new MemoryPersistence());
  await lab.platform.close();
  await lab.platform.close();
  await expect(lab.call("/system/whoami")).rejects.toBeInstanceOf(TypeError);
});
