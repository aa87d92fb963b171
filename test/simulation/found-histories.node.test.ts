import { describeViolation, type History, playHistory } from "@holdfast/simulator";
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** Histories that once broke a promise, each as short as it was found to be. */
const folder = new URL("found/", import.meta.url);

test.each(readdirSync(folder))("a promise that was once broken holds (%s)", async (file) => {
  const text = readFileSync(new URL(file, folder), "utf8");
  const { history } = JSON.parse(text) as { readonly history: History };
  const { violation } = await playHistory(history);
  expect(violation && describeViolation(violation)).toBeUndefined();
});
