import { expect, test } from "vitest";
import { openLab } from "../platform.test-support.ts";

test("a file is live from the start, and only files of a folder are asked for their archival state", async () => {
  const { call, project } = openLab();
  const { body } = await call("/file/new", { project });
  const find = async (archivalState: string) =>
    await call("/system/findDataObjects", {
      class: "file",
      scope: { project, folder: "/" },
      archivalState,
    });
  for (const state of ["live", "any"]) {
    expect((await find(state)).body["results"]).toEqual([{ project, id: body["id"] }]);
  }
  for (const state of ["archival", "archived", "unarchiving"]) {
    expect((await find(state)).body["results"]).toEqual([]);
  }
  expect((await find("gone")).error).toBe("InvalidInput");
  const unscoped = await call("/system/findDataObjects", { class: "file", archivalState: "live" });
  expect(unscoped.error).toBe("InvalidInput");
});
