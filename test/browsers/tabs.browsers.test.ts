import { describe, expect, test } from "vitest";
import { finished, namesFrom } from "../e2e/lab-platform.ts";
import type { Engine, Feat, Tab } from "./engine.ts";
import { engines } from "./engines.ts";
import { isSender, sent, TabLab } from "./tab-lab.ts";

// One sender among the tabs of a browser, whatever becomes of it, in every engine that is there.

/** A sender that is gone is missed soon. */
const breakage = { leaseMs: 2_000, heartbeatMs: 400 };

interface End {
  readonly how: string;
  readonly needs?: Feat;
  readonly end: (tab: Tab) => Promise<void>;
}

/** How the tab that sends can end; what is stored is sent by another. */
const ends: readonly End[] = [
  { how: "is closed", end: (tab) => tab.close() },
  { how: "goes to another page", end: (tab) => tab.goto("about:blank") },
  { how: "loses its worker", end: (tab) => tab.evaluate(() => inPage.endWorker()) },
  { how: "is killed with its process", needs: "killTab", end: (tab) => tab.kill() },
];

describe.for(engines().flatMap(({ engine }) => engine ?? []))("$name", (engine) => {
  describe("tabs", () => {
    test("of three tabs one sends, and all see what each of them wrote, each once on the platform", async () => {
      await using lab = await TabLab.open(engine);
      const tabs = [await lab.tab(), await lab.tab(), await lab.tab()];
      const names = namesFrom("S", 45);
      await Promise.all(
        tabs.map((tab, index) => lab.work(tab, names.slice(15 * index, 15 * index + 15))),
      );
      for (const tab of tabs) {
        await sent(tab);
        const rows = await tab.evaluate(
          async () => (await inPage.holdfast?.objects.find({ state: "closed" })) ?? [],
        );
        const seen = rows.map(({ name, pending }) => `${name} ${pending}`).toSorted();
        expect(seen).toEqual(names.map((name) => `${name} 0`));
      }
      await expectOnce(lab, names);
      const senders = await Promise.all(tabs.map(isSender));
      expect(senders.filter(Boolean)).toHaveLength(1);
    });

    test("a live query hears the other tab's edits", async () => {
      await using lab = await TabLab.open(engine);
      const writer = await lab.tab({ isPaused: true });
      const reader = await lab.tab({ isPaused: true });
      await reader.evaluate(() => inPage.collectNames({ tags: "e2e" }));
      await lab.work(writer, ["S-1"]);
      const last = (): Promise<string | undefined> => reader.evaluate(() => inPage.names.at(-1));
      await expect.poll(last).toBe("S-1");
    });

    for (const { how, needs, end } of ends) {
      const { isSkipped, because } = without(engine, needs);
      const name = `a sender that ${how} in the middle of the replay is replaced, and nothing is lost or doubled${because}`;
      test.skipIf(isSkipped)(name, async () => {
        await using lab = await TabLab.open(engine);
        const sender = await lab.tab({ breakage });
        await expect.poll(() => isSender(sender)).toBe(true);
        const other = await lab.tab({ breakage });
        const names = namesFrom("S", 30);
        let left = 20;
        let ended: Promise<void> | undefined;
        lab.served.interfere({
          after: async (path) => {
            if (!path.startsWith("/record")) return;
            left -= 1;
            if (left <= 0) await (ended ??= end(sender));
          },
        });
        await lab.work(other, names);
        await expect.poll(() => ended !== undefined).toBe(true);
        await ended;
        await sent(other);
        expect(await isSender(other)).toBe(true);
        await expectOnce(lab, names);
      });
    }

    test("a sender whose worker alone is frozen is replaced, and once thawed does no harm", async () => {
      await using lab = await TabLab.open(engine);
      const frozen = await lab.tab({ breakage });
      await expect.poll(() => isSender(frozen)).toBe(true);
      const other = await lab.tab({ breakage });
      const thaw = await lab.served.freeze((url) =>
        frozen.evaluate((url) => inPage.freeze(url), url),
      );
      const names = namesFrom("S", 10);
      await lab.work(other, names);
      await sent(other);
      expect(await isSender(other)).toBe(true);
      await expectOnce(lab, names);
      thaw();
      await expect.poll(() => isSender(frozen)).toBe(false);
      await lab.work(frozen, ["T-000"]);
      await sent(frozen);
      await expectOnce(lab, [...names, "T-000"]);
    });

    test("what a tab committed before its worker died is sent by another that never heard of it", async () => {
      await using lab = await TabLab.open(engine);
      const sender = await lab.tab();
      await expect.poll(() => isSender(sender)).toBe(true);
      const writer = await lab.tab({ breakage: { isMute: true } });
      const names = namesFrom("S", 5);
      await lab.work(writer, names);
      await writer.evaluate(() => inPage.endWorker());
      await expect.poll(async () => (await lab.served.objects()).length).toBe(5);
      await sent(sender);
      await expectOnce(lab, names);
    });

    test("signing out in one tab ends the store in the other and leaves no database", async () => {
      await using lab = await TabLab.open(engine);
      const one = await lab.tab({ isPaused: true });
      const two = await lab.tab({ isPaused: true });
      await lab.work(one, ["S-1"]);
      const signOut = (options: { readonly force: boolean }): Promise<string> =>
        two.evaluate((given) => inPage.codeOf(() => inPage.holdfast?.signOut(given)), options);
      expect(await signOut({ force: false })).toBe("UnsentWork");
      expect(await signOut({ force: true })).toBe("");
      const code = await one.evaluate(() => inPage.codeOf(() => inPage.holdfast?.objects.count()));
      expect(code).toBe("StorageClosed");
      expect(await two.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
    });

    const { isSkipped, because } = without(engine, "keepProfile");
    test.skipIf(isSkipped)(
      `a browser killed with work unsent starts again with all of it, and sends it once${because}`,
      async () => {
        await using lab = await TabLab.open(engine);
        const names = namesFrom("S", 30);
        await lab.work(await lab.tab({ isPaused: true }), names);
        await lab.kill();
        await sent(await lab.tab());
        await expectOnce(lab, names);
      },
    );
  });
});

function without(
  { cannot }: Engine,
  needs: Feat | undefined,
): { readonly isSkipped: boolean; readonly because: string } {
  const reason = needs && cannot[needs];
  return reason === undefined
    ? { isSkipped: false, because: "" }
    : { isSkipped: true, because: ` (skipped: ${reason})` };
}

async function expectOnce({ served }: TabLab, names: readonly string[]): Promise<void> {
  expect(await served.objects()).toMatchObject(names.map(finished));
  const creates = [...served.createsByKey().values()].map((effects) => effects.length);
  expect(creates).toEqual(names.map(() => 1));
}
