import { Observable } from "rxjs";
import { expect, test } from "vitest";
import { codeOf, World } from "./in-thread.test-support.ts";

test("what was called before a close is stored and answered, also where it must look something up", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const donor = await holdfast.records.create({ project, name: "donor" });
  const details = { donor: { $dnanexus_link: donor.id } };
  const calls = Array.from({ length: 20 }, (_, n) =>
    holdfast.records.create({ project, name: `S-${n}`, ...(n % 2 === 0 ? { details } : {}) }),
  );
  const closing = holdfast.close();
  const ends = await Promise.allSettled(calls);
  await closing;
  expect(ends.map(({ status }) => status)).toEqual(calls.map(() => "fulfilled"));
  const after = await world.open({ paused: true });
  expect(await after.objects.count()).toBe(21);
});

test("a host that is closed from elsewhere finishes what it had begun", async () => {
  await using world = new World();
  const { project } = world;
  const one = await world.open({ paused: true });
  const donor = await one.records.create({ project, name: "donor" });
  const details = { donor: { $dnanexus_link: donor.id } };
  const made = one.records.create({ project, name: "S", details });
  const codes = [
    made.then(
      () => "stored",
      () => "refused",
    ),
    codeOf(one.signOut()),
  ];
  expect(await Promise.all(codes)).toEqual(["stored", "UnsentWork"]);
});

test("no call that resolved is lost to a signing out that nobody forced", async () => {
  for (let turns = 0; turns < 40; turns++) {
    await using world = new World();
    const { project } = world;
    const one = await world.open({ paused: true });
    const two = await world.open({ paused: true });
    const signedOut = two.signOut().then(
      () => "signed out",
      (error: { code: string }) => error.code,
    );
    for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
    const made = await one.records.create({ project, name: "S" }).then(
      () => "stored",
      (error: { code: string }) => error.code,
    );
    const end = await signedOut;
    const after = await world.open({ paused: true });
    const left = await after.objects.count();
    // Stored and signed out is what must not be; which of the two wins is up to the tabs.
    expect([made, end, left], `after ${turns} turns`).toEqual(
      made === "stored" ? ["stored", "UnsentWork", 1] : [made, "signed out", 0],
    );
  }
}, 60_000);

test("everything that is watched completes with the store, and what is watched later too", async () => {
  await using world = new World();
  const holdfast = await world.open();
  const sample = await holdfast.records.create({ project: world.project, name: "S-1" });
  const watched = (): Observable<unknown>[] => [
    holdfast.status$,
    holdfast.outbox.pending$,
    holdfast.outbox.parked$,
    holdfast.objects.watch(),
    holdfast.objects.differences(),
    holdfast.objects.watchCount(),
    sample.watch(),
  ];
  const ends: Promise<string>[] = [];
  const follow = (): void => {
    for (const observable of watched()) {
      ends.push(
        new Promise((resolve) => {
          observable.subscribe({
            complete: () => resolve("complete"),
            error: (error: { code: string }) => resolve(error.code),
          });
        }),
      );
    }
  };
  follow();
  await holdfast.close();
  follow();
  follow();
  expect(new Set(await Promise.all(ends))).toEqual(new Set(["complete"]));
});

test("parked work shows to everyone who looks at once when the store is opened again", async () => {
  await using world = new World();
  const { project } = world;
  await world.platform.control.setLevel(project, "user-ada", "VIEW");
  const before = await world.open();
  const sample = await before.records.create({ project, name: "S-1" });
  expect(await codeOf(sample.acked())).toBe("Parked");
  await before.close();
  const holdfast = await world.open({ paused: true });
  const totals: Record<string, number[]> = { status: [], parked: [], pending: [] };
  holdfast.status$.subscribe(({ counts }) => totals["status"]?.push(counts.parked));
  holdfast.outbox.parked$.subscribe(({ total }) => totals["parked"]?.push(total));
  holdfast.outbox.pending$.subscribe(({ total }) => totals["pending"]?.push(total));
  while (Object.values(totals).some((seen) => seen.length === 0)) {
    await new Promise(setImmediate);
  }
  expect(totals).toMatchObject({ status: [1], parked: [1], pending: [0] });
});

test("many long answers at once all arrive, and so does what a write of many returns", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const inputs = Array.from({ length: 600 }, (_, n) => ({ project, name: `S-${n}` }));
  await holdfast.records.createMany(inputs);
  const finds = Array.from({ length: 60 }, (_, n) => holdfast.objects.find({ offset: n }));
  const [made, ...found] = await Promise.all([holdfast.records.createMany(inputs), ...finds]);
  expect(made).toHaveLength(600);
  expect(found.every((rows) => rows.length > 500)).toBe(true);
  const small = Array.from({ length: 30 }, () => holdfast.records.createMany([{ project }]));
  expect(await Promise.all(small)).toHaveLength(30);
}, 30_000);
