import { expect, test } from "vitest";
import { finished, killTab, Lab, namesFrom } from "./lab.ts";

/** Which request of the replay the page dies at, and on which side of its effect. */
const moments = Array.from({ length: 9 }, (_, index) => ({
  request: 1 + index * 4,
  side: index % 2 === 0 ? ("before" as const) : ("after" as const),
}));

test.for(moments)(
  "a page killed $side the effect of request $request of a replay loses nothing and doubles nothing",
  async ({ request, side }) => {
    await using lab = await Lab.open();
    const { project } = lab;
    const names = namesFrom("S", 12);
    const page = await lab.tab({ isPaused: true });
    // Open records first, so that the replay is of creates, edits and closes, not of creates alone.
    await page.evaluate(
      async ({ project, names }) => {
        const { holdfast } = inPage;
        if (holdfast === undefined) throw new Error("The store is open.");
        await inPage.work(holdfast, project, names.slice(0, 8));
        for (const name of names.slice(8)) {
          const sample = await holdfast.records.create({ project, name, types: ["Sample"] });
          await sample.addTags(["e2e"]);
          await sample.setProperties({ origin: name });
          await sample.setDetails({ of: name, self: { $dnanexus_link: sample.id } });
          await sample.close();
        }
      },
      { project, names },
    );

    let seen = 0;
    let killed: Promise<void> | undefined;
    const killAt = async (): Promise<void> => {
      seen += 1;
      if (seen >= request) killed ??= killTab(page);
      await killed;
    };
    lab.interfere({ [side]: killAt });
    await page.evaluate(() => inPage.holdfast?.resume());
    await expect.poll(() => killed !== undefined).toBe(true);
    await killed;
    lab.interfere({});
    const before = await lab.objects();
    expect(before.filter(({ state }) => state === "closed").length).toBeLessThan(names.length);

    const again = await lab.tab();
    await again.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
    const objects = await lab.objects();
    expect(objects.map(({ name }) => name)).toEqual(names);
    for (const { state, tags, types } of objects) {
      expect({ state, tags, types }).toEqual({ state: "closed", tags: ["e2e"], types: ["Sample"] });
    }
    expect(objects.slice(0, 8)).toMatchObject(names.slice(0, 8).map(finished));
    const creates = [...lab.createsByKey().values()];
    expect(creates.map((effects) => effects.length)).toEqual(names.map(() => 1));
  },
);

test("a browser killed with work unsent starts again with all of it, and sends it", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const names = namesFrom("S", 40);
  const page = await lab.tab({ isPaused: true });
  await page.evaluate(
    async ({ project, names }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, names)),
    { project, names },
  );
  await lab.kill();
  const again = await lab.tab();
  await again.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(await lab.objects()).toMatchObject(names.map(finished));
});
