import type { Page } from "playwright";
import { expect, test } from "vitest";
import { killTab, Lab, type LabObject } from "./lab.ts";

// The table of design §5, unknown outcomes, in a real browser with the real worker: each kind of request, cut before and
// after its effect, with and without the death of its tab in between. The table with all kinds and the guards' states is
// test/replay/interrupted, played in Node and in workers of this browser.
//
// To add a kind, add a row to `kinds`, and its call to `change`.

interface Kind {
  readonly kind: string;
  readonly route: string;
  readonly result: Partial<LabObject>;
}

const kinds: readonly Kind[] = [
  { kind: "create", route: "/record/new", result: { state: "open", tags: ["old"] } },
  { kind: "close", route: "/record-xxxx/close", result: { state: "closed" } },
  { kind: "addTypes", route: "/record-xxxx/addTypes", result: { types: ["Old", "New"] } },
  { kind: "removeTypes", route: "/record-xxxx/removeTypes", result: { types: [] } },
  { kind: "setDetails", route: "/record-xxxx/setDetails", result: { details: { n: 2 } } },
  { kind: "rename", route: "/record-xxxx/rename", result: { name: "renamed" } },
  { kind: "addTags", route: "/record-xxxx/addTags", result: { tags: ["old", "new"] } },
  { kind: "removeTags", route: "/record-xxxx/removeTags", result: { tags: [] } },
];

const cuts = ["cutBeforeEffect", "cutAfterEffect"] as const;

/** Makes a record that the platform has, and changes it, or only makes it; resolves once the change is stored. */
async function change(
  page: Page,
  given: { readonly project: string; readonly kind: string },
): Promise<void> {
  await page.evaluate(async ({ project, kind }) => {
    const { holdfast } = inPage;
    if (holdfast === undefined) throw new Error("The store is open.");
    const found = (await holdfast.objects.find({ name: "S-1" }))[0];
    const sample = found === undefined ? undefined : await holdfast.objects.get(found.key);
    if (sample === undefined) {
      await holdfast.records.create({ project, name: "S-1", types: ["Old"], tags: ["old"] });
      return;
    }
    const changes: Record<string, () => Promise<unknown>> = {
      close: () => sample.close(),
      addTypes: () => sample.addTypes(["New"]),
      removeTypes: () => sample.removeTypes(["Old"]),
      setDetails: () => sample.setDetails({ n: 2 }),
      rename: () => sample.rename("renamed"),
      addTags: () => sample.addTags(["new"]),
      removeTags: () => sample.removeTags(["old"]),
    };
    await changes[kind]?.();
  }, given);
}

async function sent(page: Page): Promise<void> {
  await page.evaluate(async () => {
    if (inPage.holdfast !== undefined) await inPage.sent(inPage.holdfast);
  });
}

test.for(cuts.flatMap((cut) => [false, true].map((dies) => ({ cut, dies }))))(
  "every kind of request is once in effect, $cut, its tab dies: $dies",
  async ({ cut, dies }) => {
    for (const { kind, route, result } of kinds) {
      await using lab = await Lab.open();
      const { project, platform } = lab;
      let page = await lab.tab();
      if (kind !== "create") {
        await change(page, { project, kind: "create" });
        await sent(page);
      }
      const had = platform.effects.length;
      const fault = platform.faults.next(route, cut);
      await change(page, { project, kind });
      await expect.poll(() => fault.hits).toBe(1);
      if (dies) {
        await killTab(page);
        page = await lab.tab();
      }
      await expect
        .poll(() => platform.effects.slice(had).map((effect) => effect.route))
        .toEqual([route]);
      await sent(page);
      expect(await lab.objects(), kind).toMatchObject([result]);
    }
  },
);
