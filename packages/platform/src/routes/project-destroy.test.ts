import { expect, test } from "vitest";
import { openPlatform } from "../create-platform.ts";
import { MemoryPersistence } from "../persistence/memory-persistence.ts";
import { labOf, labProjects, labUsers, openLab } from "../platform.test-support.ts";
import { VirtualClock } from "@holdfast/core/testing";

test("destroying a project takes every object in it along; copies elsewhere stay", async () => {
  const { call, project, otherProject, newRecord, platform } = openLab();
  const [a, b] = [await newRecord(), await newRecord({ close: true })];
  await call(`/${project}/clone`, { objects: [b], project: otherProject });
  expect((await call(`/${project}/destroy`, { terminateJobs: false })).body).toEqual({
    id: project,
  });
  expect((await call(`/${project}/describe`)).error).toBe("ResourceNotFound");
  expect((await call(`/${project}/destroy`)).error).toBe("ResourceNotFound");
  expect((await call(`/${a}/describe`)).error).toBe("ResourceNotFound");
  expect((await call(`/${b}/describe`)).body["project"]).toBe(otherProject);
  expect(platform.projects.map(({ id }) => id)).toEqual([otherProject]);
  expect(platform.effects.at(-1)).toMatchObject({
    id: project,
    route: "/project-xxxx/destroy",
  });
});

test("only an administrator destroys, and nobody what is protected from it", async () => {
  const { call, project } = openLab();
  const destroy = async (name: string) =>
    (await call(`/${project}/destroy`, {}, { token: `${name}-token` })).error;
  expect(await destroy("cora")).toBe("PermissionDenied");
  await call(`/${project}/update`, { destroyProtected: true });
  expect(await destroy("ada")).toBe("InvalidState");
  await call(`/${project}/update`, { destroyProtected: false });
  expect(await destroy("ada")).toBeUndefined();
});

test("a destroyed project is gone after a restart, and its ids are not given again", async () => {
  const clock = new VirtualClock();
  const persistence = new MemoryPersistence();
  const options = {
    seed: 7,
    clock,
    persistence,
    users: labUsers,
    projects: labProjects,
  };
  const platform = await openPlatform(options);
  const lab = labOf(platform, clock);
  const nonced = { name: "x", nonce: "n" };
  const id = await lab.newRecord(nonced);
  await lab.call(`/${lab.project}/destroy`);
  await platform.close();
  const again = await openPlatform(options);
  const later = labOf(again, clock);
  expect(again.projects).toHaveLength(1);
  await clock.advance(3_600_001);
  const made = await later.newRecord(nonced);
  expect(made).not.toBe(id);
  expect(() => JSON.stringify(again.snapshot())).not.toThrow();
});
