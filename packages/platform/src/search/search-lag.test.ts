import type { JsonObject } from "@holdfast/core";
import { VirtualClock } from "@holdfast/core/testing";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openPlatform } from "../create-platform.ts";
import { fileLabOf, someBytes } from "../files/files.test-support.ts";
import { MemoryPersistence } from "../persistence/memory-persistence.ts";
import { type Lab, labOf, labProjects, labUsers, openLab } from "../platform.test-support.ts";

const lagMs = 5000;

function lagging(searchLagMs = lagMs): Lab {
  return openLab({ limits: { searchLagMs } });
}

async function find({ call, project }: Lab, input: JsonObject = {}): Promise<readonly string[]> {
  const answer = await call("/system/findDataObjects", { scope: { project }, ...input });
  if (answer.error !== undefined) throw new Error(answer.text);
  return (answer.body["results"] as readonly JsonObject[]).map(({ id }) => id as string);
}

async function resolve({ call, project }: Lab, name: string): Promise<number> {
  const { body } = await call("/system/resolveDataObjects", { objects: [{ name }], project });
  const [found] = body["results"] as readonly (readonly unknown[])[];
  return found?.length ?? 0;
}

test("what was made, changed or removed since is seen as it was; describe and listFolder see it as it is", async () => {
  const lab = lagging();
  const { call, clock, project } = lab;
  const [a, b] = [await lab.newRecord({ name: "a" }), await lab.newRecord({ name: "b" })];
  expect(await find(lab)).toEqual([]);
  await clock.advance(lagMs - 1);
  expect(await find(lab)).toEqual([]);
  await clock.advance(1);
  expect(new Set(await find(lab))).toEqual(new Set([a, b]));

  await call(`/${a}/rename`, { project, name: "new" });
  await call(`/${a}/addTypes`, { types: ["T"] });
  await call(`/${a}/setDetails`, { d: 1 });
  await call(`/${a}/close`);
  await call(`/${project}/removeObjects`, { objects: [b] });
  expect(new Set(await find(lab))).toEqual(new Set([a, b]));
  expect(await find(lab, { name: "new" })).toEqual([]);
  expect(await find(lab, { type: "T" })).toEqual([]);
  expect(await find(lab, { id: [a], state: "open" })).toEqual([a]);
  const fields = { name: true, state: true, types: true, details: true };
  const seen = await call("/system/findDataObjects", { name: "a", describe: { fields } });
  expect((seen.body["results"] as readonly JsonObject[])[0]?.["describe"]).toEqual({
    ...{ id: a, name: "a", state: "open", types: [], details: {} },
  });
  expect([await resolve(lab, "a"), await resolve(lab, "new"), await resolve(lab, "b")]).toEqual([
    1, 0, 1,
  ]);
  expect(await lab.describe(a)).toMatchObject({ name: "new", state: "closed", types: ["T"] });
  expect((await call(`/${b}/describe`)).error).toBe("ResourceNotFound");
  expect((await call(`/${project}/listFolder`)).body["objects"]).toEqual([{ id: a }]);

  await clock.advance(lagMs);
  expect(await find(lab)).toEqual([a]);
  expect(await find(lab, { name: "new", type: "T", state: "closed" })).toEqual([a]);
  expect(lab.platform.snapshot().past).toEqual([]);
});

test("folders that move, copies that come and files that close are seen late, too", async () => {
  const lab = fileLabOf(lagging());
  const { call, clock, project, otherProject } = lab;
  const id = await lab.newRecord({ folder: "/f", parents: true, close: true });
  const file = await lab.newFile();
  await lab.upload(file, { bytes: someBytes(3) });
  await clock.advance(lagMs);
  await lab.close(file);
  const describe = { fields: { state: true, size: true } };
  const asFile = async () => {
    const { body } = await call("/system/findDataObjects", { class: "file", describe });
    return (body["results"] as readonly JsonObject[])[0]?.["describe"];
  };
  expect(await asFile()).toEqual({ id: file, state: "open" });
  // It closes 50 ms later, though nobody looks until long after.
  await clock.advance(lagMs + 49);
  expect(await asFile()).toEqual({ id: file, state: "closing" });
  await clock.advance(1);
  expect(await asFile()).toEqual({ id: file, state: "closed", size: 3 });
  const inFolder = (folder: string) => find(lab, { scope: { project, folder, recurse: false } });
  await call(`/${project}/renameFolder`, { folder: "/f", name: "g" });
  expect([await inFolder("/f"), await inFolder("/g")]).toEqual([[id], []]);
  await call(`/${project}/clone`, { objects: [id], project: otherProject, destination: "/" });
  expect(await find(lab, { scope: { project: otherProject } })).toEqual([]);
  await clock.advance(lagMs);
  expect([await inFolder("/f"), await inFolder("/g")]).toEqual([[], [id]]);
  expect(await find(lab, { scope: { project: otherProject } })).toEqual([id]);
});

test("pages go on from an object that the search sees where it no longer stands, or not any more", async () => {
  const lab = lagging();
  const { call, clock, project } = lab;
  const ids: string[] = [];
  for (let count = 0; count < 4; count++) {
    ids.unshift(await lab.newRecord());
    await clock.advance(1000);
  }
  await clock.advance(lagMs);
  const first = await call("/system/findDataObjects", { scope: { project }, limit: 2 });
  await call(`/${project}/removeObjects`, { objects: [ids[2] ?? ""] });
  await call(`/${ids[3] ?? ""}/rename`, { project, name: "x" });
  const starting = first.body["next"] as JsonObject;
  expect(await find(lab, { starting })).toEqual(ids.slice(2));
  await clock.advance(lagMs);
  expect(await find(lab, { starting })).toEqual([]);
  expect(await find(lab)).toEqual([ids[3], ids[0], ids[1]]);
});

test("a lag is one search's where a fault says so, and reaches back to when it was asked for", async () => {
  const lab = openLab();
  const before = await lab.newRecord();
  lab.platform.faults.next("/system/findDataObjects", { kind: "searchLag", ms: lagMs });
  const after = await lab.newRecord();
  expect((await lab.call(`/${after}/describe`)).status).toBe(200);
  expect(await find(lab)).toEqual([before]);
  expect(new Set(await find(lab))).toEqual(new Set([before, after]));
  lab.platform.faults.rates([{ rate: 1, fault: "searchLag" }]);
  const last = await lab.newRecord();
  expect(await find(lab)).not.toContain(last);
  expect(lab.platform.snapshot().past).not.toEqual([]);
  lab.platform.faults.clear();
  expect(await find(lab)).toContain(last);
  expect(lab.platform.snapshot().past).toEqual([]);
});

test("the past goes with a world into a file and out of it, and with its rows", async () => {
  const clock = new VirtualClock();
  const persistence = new MemoryPersistence();
  const open = async (): Promise<Lab> => {
    const users = labUsers;
    const limits = { searchLagMs: lagMs };
    const settings = { seed: 7, clock, users, projects: labProjects, limits, persistence };
    return labOf(await openPlatform(settings), clock);
  };
  const lab = await open();
  const { call, project } = lab;
  const kept = await lab.newRecord({ folder: "/f", parents: true });
  const { body } = await call("/file/new", { project });
  const file = body["id"] as string;
  await call(`/${file}/upload`, { index: 1, size: 3, md5: "0".repeat(32) });
  await clock.advance(lagMs);
  await call(`/${project}/move`, { objects: [kept], destination: "/" });
  await call(`/${project}/removeFolder`, { folder: "/f" });
  await call(`/${project}/removeObjects`, { objects: [file] });
  await lab.newRecord();

  const seen = async (at: Lab) => {
    const describe = { fields: { folder: true, parts: true } };
    return (await at.call("/system/findDataObjects", { scope: { project }, describe })).text;
  };
  const expected = await seen(lab);
  expect(expected).toContain('"folder":"/f"');
  expect(expected).toContain('"size":3');
  const snapshot = lab.platform.snapshot();
  const again = await open();
  expect(JSON.stringify(again.platform.snapshot())).toBe(JSON.stringify(snapshot));
  expect(await seen(again)).toBe(expected);

  const other = labOf(openLab({ clock, limits: { searchLagMs: lagMs } }).platform, clock);
  await other.platform.restore(JSON.parse(JSON.stringify(snapshot)));
  expect(await seen(other)).toBe(expected);
  expect(JSON.stringify(other.platform.snapshot())).toBe(JSON.stringify(snapshot));
  const { past: _, ...older } = snapshot;
  await other.platform.restore(older);
  expect(await seen(other)).not.toBe(expected);
  await clock.advance(lagMs);
  expect(again.platform.snapshot().past).toEqual([]);
  expect(persistence.names().filter(({ table }) => table === "past")).not.toEqual([]);
  await again.newRecord();
  expect(persistence.names().filter(({ table }) => table === "past")).toHaveLength(1);
});

test.each([
  [{ number: 5 }, "world.past[1].number: must be numbered in order"],
  [{ at: 0 }, "world.past[1].at: comes before the last one"],
  [{ id: "record-0" }, "world.past[1].before.id: is not that of the change"],
  [{ project: "nowhere" }, "world.past[1].project: must be a project's ID"],
  [{ parts: [{}] }, "world.past[1].parts[0]: "],
])("a past with %j is refused by its path", async (spoiled, problem) => {
  const lab = lagging();
  const id = await lab.newRecord();
  await lab.clock.advance(1);
  await lab.call(`/${id}/rename`, { project: lab.project, name: "x" });
  const world = lab.platform.snapshot();
  const past = world.past.map((row, index) => (index === 1 ? { ...row, ...spoiled } : row));
  await expect(openLab().platform.restore({ ...world, past })).rejects.toThrow(problem);
});

test("a search that lags answers what it would have answered then, whatever happened since", async () => {
  const step = fc.record({
    what: fc.constantFrom("make", "rename", "tag", "type", "move", "remove", "close"),
    which: fc.nat(5),
    ms: fc.nat(3),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), fc.nat(8), async (steps, lag) => {
      // The same calls on the same clock make the same world; one of the two does not lag.
      const clock = new VirtualClock();
      const labs = [openLab({ clock }), openLab({ clock, limits: { searchLagMs: lag } })] as const;
      const [prompt, late] = labs;
      for (const { call, project } of labs) await call(`/${project}/newFolder`, { folder: "/f" });
      const ids: string[] = [];
      const answers: { readonly at: number; readonly text: string }[] = [];
      for (const { what, which, ms } of steps) {
        const id = ids[which % Math.max(1, ids.length)];
        const nonce = String(ids.length);
        if (what === "make") {
          for (const lab of labs)
            ids[Number(nonce)] = await lab.newRecord({ name: `n${which}`, nonce });
        } else if (id !== undefined) {
          for (const lab of labs) await change(lab, { what, which, id });
        }
        answers.push({ at: clock.now(), text: await askAll(prompt) });
        await clock.advance(ms);
        const then = answers.findLast(({ at }) => at <= clock.now() - lag);
        if (then !== undefined) expect(await askAll(late)).toBe(then.text);
      }
    }),
    { numRuns: 15 },
  );
}, 30_000);

interface Change {
  readonly what: string;
  readonly which: number;
  readonly id: string;
}

async function change({ call, project }: Lab, { what, which, id }: Change): Promise<void> {
  if (what === "rename") await call(`/${id}/rename`, { project, name: `n${which}` });
  if (what === "tag") await call(`/${id}/addTags`, { project, tags: [`t${which}`] });
  if (what === "type") await call(`/${id}/addTypes`, { types: [`T${which}`] });
  if (what === "close") await call(`/${id}/close`);
  if (what === "remove") await call(`/${project}/removeObjects`, { objects: [id], force: true });
  if (what === "move") {
    await call(`/${project}/move`, { objects: [id], destination: which % 2 === 0 ? "/" : "/f" });
  }
}

/** Every way through the indexes. */
async function askAll({ call, project }: Lab): Promise<string> {
  const queries: readonly JsonObject[] = [
    {},
    { limit: 2 },
    { name: "n1" },
    { tags: "t1" },
    { type: { $or: ["T1", "T2"] } },
    { scope: { project, folder: "/f", recurse: false } },
    { sortBy: { field: "created", ordering: "ascending" } },
    { modified: { after: 5 } },
  ];
  const texts: string[] = [];
  for (const query of queries) {
    const describe = { fields: { name: true, tags: true, folder: true, state: true } };
    const input = { scope: { project }, describe, ...query };
    texts.push((await call("/system/findDataObjects", input)).text);
  }
  return texts.join("\n");
}
