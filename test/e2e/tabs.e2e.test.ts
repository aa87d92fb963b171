import { expect, test } from "vitest";
import { finished, killTab, Lab, namesFrom } from "./lab.ts";

test("two tabs write at once while one of them sends, and both see all of it", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const tabs = [await lab.tab(), await lab.tab()];
  const names = namesFrom("S", 60);
  const halves = [names.slice(0, 30), names.slice(30)];
  await Promise.all(
    tabs.map((tab, index) =>
      tab.evaluate(
        async ({ project, names }) => {
          const { holdfast } = inPage;
          if (holdfast === undefined) throw new Error("The store is open.");
          await inPage.work(holdfast, project, names);
          await inPage.sent(holdfast);
        },
        { project, names: halves[index] ?? [] },
      ),
    ),
  );
  for (const tab of tabs) {
    await tab.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
    const states = await tab.evaluate(async () => {
      const rows = await inPage.holdfast?.objects.find({ state: "closed" });
      return rows
        ?.map(({ name, pending }) => `${name} ${pending}`)
        .sort((a, b) => (a < b ? -1 : 1));
    });
    expect(states).toEqual(names.map((name) => `${name} 0`));
  }
  expect(await lab.objects()).toMatchObject(names.map(finished));
  expect([...lab.createsByKey().values()].every((effects) => effects.length === 1)).toBe(true);
  const senders = await Promise.all(tabs.map((tab) => tab.evaluate(() => inPage.isSender())));
  expect(senders.filter(Boolean)).toHaveLength(1);
});

test("a live query hears the other tab's edits", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const writer = await lab.tab({ isPaused: true });
  const reader = await lab.tab({ isPaused: true });
  await reader.evaluate(() => inPage.collectNames({ tags: "urgent" }));
  await writer.evaluate(async (project) => {
    const sample = await inPage.holdfast?.records.create({ project, name: "S-1" });
    await sample?.addTags(["urgent"]);
    await sample?.rename("S-2");
  }, project);
  const last = (): Promise<string | undefined> => reader.evaluate(() => inPage.names.at(-1));
  await expect.poll(last).toBe("S-2");
  await writer.evaluate(async () => {
    const [sample] = (await inPage.holdfast?.objects.find({ tags: "urgent" })) ?? [];
    if (sample !== undefined) await inPage.holdfast?.objects.handle(sample).removeTags(["urgent"]);
  });
  await expect.poll(last).toBe("");
});

test("what a tab committed before it was killed is sent by another that never heard of it", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const sender = await lab.tab();
  await expect.poll(() => sender.evaluate(() => inPage.isSender())).toBe(true);
  const writer = await lab.tab({ breakage: { isMute: true } });
  const names = namesFrom("S", 5);
  await writer.evaluate(
    async ({ project, names }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, names)),
    { project, names },
  );
  await killTab(writer);
  await expect.poll(async () => (await lab.objects()).length).toBe(5);
  await sender.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(await lab.objects()).toMatchObject(names.map(finished));
});

test("a frozen sender is replaced, and once thawed does no harm", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const breakage = { leaseMs: 2_000, heartbeatMs: 400 };
  const frozen = await lab.tab({ breakage });
  await expect.poll(() => frozen.evaluate(() => inPage.isSender())).toBe(true);
  const other = await lab.tab({ breakage });
  const names = namesFrom("S", 40);

  // The worker stops in the middle of the replay, with requests on their way.
  let seen = 0;
  let thaw: (() => void) | undefined;
  let freezing: Promise<void> | undefined;
  lab.interfere({
    after: async (path) => {
      if (!path.startsWith("/record") || thaw !== undefined) return;
      seen += 1;
      if (seen < 8) return;
      freezing ??= lab.freeze(frozen).then((resume) => {
        thaw = resume;
      });
      await freezing;
    },
  });
  await other.evaluate(
    async ({ project, names }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, names)),
    { project, names },
  );
  await expect.poll(() => thaw !== undefined).toBe(true);
  await other.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(await other.evaluate(() => inPage.isSender())).toBe(true);
  expect(await lab.objects()).toMatchObject(names.map(finished));

  const effects = lab.platform.effects.length;
  thaw?.();
  await expect.poll(() => frozen.evaluate(() => inPage.isSender())).toBe(false);
  // What it writes from now on is heard and sent by the one that took its place.
  await frozen.evaluate(
    async ({ project }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, ["T-000"])),
    { project },
  );
  await frozen.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(await lab.objects()).toMatchObject([...names, "T-000"].map(finished));
  const later = lab.platform.effects.slice(effects);
  expect(new Set(later.map(({ id }) => id)).size).toBe(1);
  expect([...lab.createsByKey().values()].every((made) => made.length === 1)).toBe(true);
});

test("signing out in one tab ends the store in the other and leaves no database", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const one = await lab.tab({ isPaused: true });
  const two = await lab.tab({ isPaused: true });
  await one.evaluate(
    (project) => inPage.holdfast?.records.create({ project, name: "S-1" }),
    project,
  );
  expect(await two.evaluate(() => inPage.codeOf(() => inPage.holdfast?.signOut()))).toBe(
    "UnsentWork",
  );
  expect(
    await two.evaluate(() => inPage.codeOf(() => inPage.holdfast?.signOut({ force: true }))),
  ).toBe("");
  expect(await one.evaluate(() => inPage.codeOf(() => inPage.holdfast?.objects.count()))).toBe(
    "StorageClosed",
  );
  expect(await two.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
});
