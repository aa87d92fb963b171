import { expect, test } from "vitest";
import { type Lab, openLab } from "../platform.test-support.ts";

const link = (id: string) => ({ $dnanexus_link: id });

async function isThere({ call }: Lab, id: string): Promise<boolean> {
  return (await call(`/${id}/describe`)).status === 200;
}

const remove = async ({ call, project }: Lab, ...objects: readonly string[]) =>
  (await call(`/${project}/removeObjects`, { objects: [...objects] })).error;

test("removing the last visible object that leads to a hidden one takes it along", async () => {
  const lab = openLab();
  const far = await lab.newRecord({ hidden: true });
  const near = await lab.newRecord({ hidden: true, details: { far: link(far) } });
  const first = await lab.newRecord({ details: { near: link(near) } });
  const second = await lab.newRecord({ details: [link(far)] });
  expect(await remove(lab, first)).toBeUndefined();
  expect(await isThere(lab, near)).toBe(false);
  expect(await isThere(lab, far)).toBe(true);
  expect(await remove(lab, second)).toBeUndefined();
  expect(await isThere(lab, far)).toBe(false);
  expect(lab.platform.effects.at(-1)).toMatchObject({ id: far });
});

test("a hidden object that nobody led to stays, and so does a visible one", async () => {
  const lab = openLab();
  const lonely = await lab.newRecord({ hidden: true });
  const visible = await lab.newRecord();
  const behindVisible = await lab.newRecord({ hidden: true });
  await lab.call(`/${visible}/setDetails`, { to: link(behindVisible) });
  const ancestor = await lab.newRecord({ details: { to: link(visible) } });
  await remove(lab, ancestor);
  for (const id of [lonely, visible, behindVisible]) expect(await isThere(lab, id)).toBe(true);
});

test("hidden objects that lead to one another go together", async () => {
  const lab = openLab();
  const one = await lab.newRecord({ hidden: true });
  const two = await lab.newRecord({ hidden: true, details: { one: link(one) } });
  await lab.call(`/${one}/setDetails`, { two: link(two) });
  const ancestor = await lab.newRecord({ details: { one: link(one) } });
  await remove(lab, ancestor);
  expect(await isThere(lab, one)).toBe(false);
  expect(await isThere(lab, two)).toBe(false);
});

test("removing a hidden object takes what only it led to, not what a visible one leads to", async () => {
  const lab = openLab();
  const [kept, lost] = [
    await lab.newRecord({ hidden: true }),
    await lab.newRecord({ hidden: true }),
  ];
  const middle = await lab.newRecord({ hidden: true, details: [link(kept), link(lost)] });
  await lab.newRecord({ details: [link(middle), link(kept)] });
  await remove(lab, middle);
  expect(await isThere(lab, kept)).toBe(true);
  expect(await isThere(lab, lost)).toBe(false);
});

test("reachability counts container by container", async () => {
  const lab = openLab();
  const { call, project, otherProject } = lab;
  const hidden = await lab.newRecord({ hidden: true, close: true });
  const visible = await lab.newRecord({ close: true, details: { to: link(hidden) } });
  await call(`/${project}/clone`, { objects: [visible], project: otherProject });
  await remove(lab, visible);
  const { body } = await call(`/${hidden}/listProjects`);
  expect(Object.keys(body)).toEqual([otherProject]);
});

test("removing a folder takes hidden objects outside of it along", async () => {
  const lab = openLab();
  const { call, project } = lab;
  const hidden = await lab.newRecord({ hidden: true, folder: "/store", parents: true });
  await lab.newRecord({ folder: "/a", parents: true, details: { to: link(hidden) } });
  await call(`/${project}/removeFolder`, { folder: "/a", recurse: true });
  expect(await isThere(lab, hidden)).toBe(false);
});

test("what is made visible while open leads by itself", async () => {
  const lab = openLab();
  const behind = await lab.newRecord({ hidden: true });
  const shown = await lab.newRecord({ hidden: true, details: { to: link(behind) } });
  const ancestor = await lab.newRecord({ details: { to: link(shown) } });
  await lab.call(`/${shown}/setVisibility`, { hidden: false });
  await remove(lab, ancestor);
  expect(await isThere(lab, shown)).toBe(true);
  expect(await isThere(lab, behind)).toBe(true);
});
