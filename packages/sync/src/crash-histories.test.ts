import { expect, test } from "vitest";
import { type EngineWorld, openWorld, type TabOptions } from "./engine-world.test-support.ts";

/**
 * Small histories in which the process is killed at every one of its writes and requests, before and after it took
 * effect, and another one goes on. Once in effect, in order, nothing lost (design §9).
 */
interface History {
  readonly name: string;
  prepare(world: EngineWorld): Promise<void>;
  check(world: EngineWorld): void;
}

const histories: readonly History[] = [
  {
    name: "a create, then edits and a close",
    async prepare(world) {
      const { key } = await world.create({ name: "S-1" });
      const tab = await world.openTab();
      await world.drain();
      await tab.close();
      await world.edit(key, "setDetails", { details: { n: 1 } });
      await world.edit(key, "addTags", { tags: ["x"] });
      await world.edit(key, "close");
    },
    check(world) {
      expect(world.platform.named("S-1")).toMatchObject([
        { details: { n: 1 }, tags: ["x"], state: "closed" },
      ]);
      expect(world.platform.effects.filter((effect) => effect.endsWith("close"))).toHaveLength(1);
      expect(world.platform.effects.at(-1)).toMatch(/close$/);
    },
  },
  {
    name: "creates that link to each other, closed",
    async prepare(world) {
      const donor = await world.create({ name: "donor" });
      const sample = await world.create({ name: "sample", details: { $dnanexus_link: donor.id } });
      await world.edit(donor.key, "setProperties", { properties: { a: "1" } });
      await world.edit(sample.key, "close");
      await world.edit(donor.key, "close");
    },
    check(world) {
      const [donor, ...moreDonors] = world.platform.named("donor");
      const [sample, ...moreSamples] = world.platform.named("sample");
      expect([...moreDonors, ...moreSamples]).toEqual([]);
      expect(donor).toMatchObject({ properties: { a: "1" }, state: "closed" });
      expect(sample).toMatchObject({ details: { $dnanexus_link: donor?.id }, state: "closed" });
    },
  },
  {
    name: "a merged create that is refused and split",
    async prepare(world) {
      const { key } = await world.create({ name: "S-1" });
      await world.edit(key, "addTags", { tags: ["bad"] });
      await world.edit(key, "setProperties", { properties: { a: "1" } });
      world.platform.script = ({ body }) =>
        body.includes('"bad"') ? { status: 422, type: "InvalidInput" } : undefined;
    },
    check(world) {
      expect(world.platform.named("S-1")).toMatchObject([{ properties: { a: "1" }, tags: [] }]);
    },
  },
];

type Moment = "before" | "after";

/** Kills the tab at its n-th write or request; `reached` tells whether there was one. */
function deadlyPorts(
  at: number,
  moment: Moment,
): { options: TabOptions; reached(): boolean; arm(kill: () => void): void } {
  let kill: () => void = () => undefined;
  let count = 0;
  const isDue = (): boolean => {
    count += 1;
    return count === at;
  };
  return {
    reached: () => count >= at,
    arm(killer) {
      kill = killer;
    },
    options: {
      wrapStore: (store) => ({
        ...store,
        write: async (write) => {
          const due = isDue();
          if (due && moment === "before") kill();
          const result = await store.write(write);
          if (due) {
            kill();
            // Nothing runs on in a dead process.
            await store.get("meta", []);
          }
          return result;
        },
      }),
      wrapFetch: (fetch) => async (request) => {
        const due = isDue();
        if (due && moment === "before") kill();
        if (due && moment === "before") return await new Promise(() => undefined);
        const response = await fetch(request);
        // The effect is there, and nobody hears of it.
        if (due) kill();
        return response;
      },
    },
  };
}

test.each(
  histories.flatMap((history) =>
    (["before", "after"] as const).map((moment) => ({ history, moment })),
  ),
)("$history.name, killed $moment each write and request", async ({ history, moment }) => {
  for (let at = 1; ; at++) {
    await using world = await openWorld(at);
    await history.prepare(world);
    const ports = deadlyPorts(at, moment);
    const doomed = await world.openTab(ports.options);
    ports.arm(() => doomed.crash());
    await world.run(2_000);
    doomed.crash();
    await world.openTab();
    await world.run(30_000);
    const outbox = await world.outbox();
    expect(
      outbox.filter(({ parked }) => parked === undefined),
      `killed ${moment} step ${at}`,
    ).toEqual([]);
    // That of an accepted close stays until the object is looked at.
    const open = (await world.journal()).filter(
      (row) => row.shade === undefined && !row.path.endsWith("/close"),
    );
    expect(open, `killed ${moment} step ${at}`).toEqual([]);
    history.check(world);
    expect(world.errors).toEqual([]);
    if (!ports.reached()) {
      expect(at).toBeGreaterThan(8);
      return;
    }
  }
});
