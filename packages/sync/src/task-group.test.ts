import { expect, test } from "vitest";
import { TaskGroup } from "./task-group.ts";

test("a group ends with the last of its tasks, those begun meanwhile included, and tells what failed", async () => {
  const errors: unknown[] = [];
  const group = new TaskGroup((error) => errors.push(error));
  const first = Promise.withResolvers<void>();
  let isSecondDone = false;
  group.run(async () => {
    await first.promise;
    group.run(async () => {
      await Promise.resolve();
      isSecondDone = true;
    });
    throw new Error("failed");
  });
  first.resolve();
  await group.ended();
  expect(isSecondDone).toBe(true);
  expect(errors).toHaveLength(1);
});
