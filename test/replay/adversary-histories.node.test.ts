import type { LocalKey } from "@holdfast/core";
import { expect, test } from "vitest";
import { giveUp, retry } from "./lanes.ts";
import {
  openReplayWorld,
  project,
  type ReplayTab,
  type ReplayWorld,
  user,
} from "./replay-world.ts";

/** A record that is on the platform, and a tab that leads. */
async function withRecord(
  world: ReplayWorld,
  input: object = {},
): Promise<{
  readonly key: LocalKey;
  readonly id: string;
  readonly tab: ReplayTab;
}> {
  const { key, createKey } = await world.create({ name: "S-1", ...input });
  const tab = await world.openTab();
  await world.drain();
  return { key, id: world.causedBy(createKey)[0] as string, tab };
}

async function view(world: ReplayWorld, key: LocalKey): Promise<object | undefined> {
  return (await world.app.get("objects", [key]))[0]?.view;
}

test("a survey brings what others changed into the view", async () => {
  await using world = await openReplayWorld("survey rebases");
  const { key, id, tab } = await withRecord(world);
  tab.process.kill();
  await world.edit(key, "addTags", { tags: ["ours"] });
  await world.platform.control.act(user, `/${id}/addTags`, {
    project,
    tags: ["theirs"],
  });
  await world.platform.control.act(user, `/${id}/close`, {});
  await world.openTab();
  await world.drain();
  expect(await view(world, key)).toMatchObject({
    state: "closed",
    tags: ["theirs", "ours"],
  });
});

test("a create with its close is told apart from a mend that is refused, and stays open for another", async () => {
  await using world = await openReplayWorld("mended badly");
  world.wrapFetch = (fetch) => async (request) =>
    (await request.clone().text()).includes('"Bad"')
      ? Response.json({ error: { type: "InvalidType", message: "no" } }, { status: 422 })
      : await fetch(request);
  const { control } = world.platform;
  await control.setLevel(project, user, "VIEW");
  const { key, createKey } = await world.create({ name: "S-1", close: true });
  await world.openTab();
  await world.run(5_000);
  await world.edit(key, "addTypes", { types: ["Bad"] });
  await control.setLevel(project, user, "UPLOAD");
  await retry(world, key);
  await world.run(5_000);
  const [id = ""] = world.causedBy(createKey);
  expect(await world.describe(id)).toMatchObject({ state: "open", types: [] });
  expect(await view(world, key)).toMatchObject({ state: "open", types: [] });
  await giveUp(world, key, "addTypes");
  await world.drain(60_000);
  expect(await world.outbox()).toEqual([]);
  expect(await world.describe(id)).toMatchObject({ state: "closed", types: [] });
});
