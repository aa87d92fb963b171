import { expect, test } from "vitest";
import { openStoredWorld } from "./stored-world.ts";

test("two hundred records, described, tagged and closed offline, are two hundred requests", {
  timeout: 60_000,
}, async () => {
  await using world = await openStoredWorld("many");
  world.isOnline = false;
  await world.openTab();
  for (let index = 0; index < 200; index++) {
    const { key } = await world.create({ name: `S-${index}`, details: { index } });
    await world.edit(key, "addTags", { tags: ["offline"] });
    await world.edit(key, "close");
  }
  world.isOnline = true;
  await world.drain(600_000);
  const { requests, effects } = world.platform;
  expect(requests.filter(({ route }) => route === "/record/new")).toHaveLength(200);
  expect(requests).toHaveLength(203);
  expect(effects.filter(({ changed }) => changed["state"]?.[1] === "closed")).toHaveLength(200);
});
