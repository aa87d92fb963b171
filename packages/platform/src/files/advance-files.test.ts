import { expect, test } from "vitest";
import { openFileLab, someBytes, storageError } from "./files.test-support.ts";

const hour = 3_600_000;

test("an open file that rests for a day is abandoned, and removed three days later", async () => {
  const { announce, call, clock, close, describe, newFile, platform, project, put } = openFileLab();
  const id = await newFile();
  const start = clock.now();
  const link = await announce(id, { bytes: someBytes(3) });
  await clock.advance(24 * hour - 1);
  expect(await describe(id)).toMatchObject({ state: "open" });
  await clock.advance(1);
  expect(await describe(id)).toMatchObject({ state: "abandoned", modified: start + 24 * hour });
  expect((await close(id)).error).toBe("InvalidState");
  expect((await call(`/${id}/upload`)).error).toBe("InvalidState");
  expect((await call(`/${id}/addTypes`, { types: ["T"] })).error).toBe("InvalidState");
  expect((await call(`/${id}/download`)).error).toBe("InvalidState");
  const found = await call("/system/findDataObjects", { state: "abandoned", scope: { project } });
  expect(found.body["results"]).toEqual([{ project, id }]);
  await clock.advance(72 * hour - 1);
  expect(await describe(id)).toMatchObject({ state: "abandoned" });
  await clock.advance(1);
  expect((await call(`/${id}/describe`)).error).toBe("ResourceNotFound");
  expect((await storageError(await put(link, someBytes(3))))[0]).toBe(403);
  expect(platform.effects.slice(-2)).toMatchObject([
    {
      at: start + 24 * hour,
      route: "/file-xxxx/abandoned",
      changed: { state: ["open", "abandoned"] },
    },
    {
      at: start + 96 * hour,
      route: "/file-xxxx/removed",
      changed: { state: ["abandoned", "removed"] },
    },
  ]);
  expect(platform.snapshot().parts).toEqual([]);
});

test("an upload, a PUT and a change of metadata are activity; a read is none", async () => {
  const { announce, call, clock, describe, newFile, project, put } = openFileLab({
    files: { abandonedAfterMs: 100, removedAfterMs: 100 },
  });
  const id = await newFile();
  const bytes = someBytes(3);
  await clock.advance(99);
  const link = await announce(id, { bytes });
  await clock.advance(99);
  await put(link, bytes);
  await clock.advance(99);
  await call(`/${id}/addTags`, { project, tags: ["t"] });
  await clock.advance(99);
  await call(`/${id}/setVisibility`, { hidden: true });
  await clock.advance(99);
  expect(await describe(id)).toMatchObject({ state: "open" });
  await clock.advance(1);
  expect(await describe(id)).toMatchObject({ state: "abandoned" });
});

test("a file that takes too long to close is abandoned, too; a closed one never is", async () => {
  const { clock, close, describe, newFile, upload } = openFileLab({
    files: { closingMs: 200, abandonedAfterMs: 100 },
  });
  const id = await newFile();
  await upload(id, { bytes: someBytes(3) });
  await close(id);
  await clock.advance(100);
  expect(await describe(id)).toMatchObject({ state: "abandoned" });
  const other = openFileLab();
  const closed = await other.closedFile(someBytes(3));
  await other.clock.advance(1000 * hour);
  expect(await other.describe(closed)).toMatchObject({ state: "closed" });
});

test("a record never is abandoned", async () => {
  const { clock, describe, newRecord } = openFileLab();
  const id = await newRecord();
  await clock.advance(1000 * hour);
  expect(await describe(id)).toMatchObject({ state: "open" });
});

test("what happened while nobody looked happened at its own time, in the order of its times", async () => {
  const runs = await Promise.all(
    [1, 1000].map(async (steps) => {
      const { clock, close, newFile, platform, upload } = openFileLab();
      const [first, second, third] = [await newFile(), await newFile(), await newFile()];
      await upload(first, { bytes: someBytes(1024 * 1024 * 3) });
      await upload(second, { bytes: someBytes(3) });
      await close(first);
      await close(second);
      const total = 100 * hour;
      for (let step = 0; step < steps; step++) {
        await clock.advance(total / steps);
        expect(platform.effects.length).toBeGreaterThan(0);
      }
      const order = platform.effects.slice(-4).map(({ id, route }) => [id, route]);
      expect(order).toEqual([
        [second, "/file-xxxx/closed"],
        [first, "/file-xxxx/closed"],
        [third, "/file-xxxx/abandoned"],
        [third, "/file-xxxx/removed"],
      ]);
      return JSON.stringify(platform.snapshot());
    }),
  );
  expect(runs[0]).toBe(runs[1]);
});
