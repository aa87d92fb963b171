import type { JsonObject } from "@holdfast/core";
import { expect, test } from "vitest";
import { openLab } from "../platform.test-support.ts";

const names = ["SRR123_1.gz", "SRR223_2.gz", "SRR2223_2.gz", "SRR1_1.gz", "SRR1_1.gz"];

test("files are put together by the first group of what their names match, as the official client reads it", async () => {
  const { call, project } = openLab();
  const ids: string[] = [];
  for (const name of names) {
    ids.push((await call("/file/new", { project, name })).body["id"] as string);
  }
  await call("/file/new", { project, name: "SRR19_1.gz", hidden: true });
  await call("/record/new", { project, name: "SRR18_1.gz" });
  const inputs = { pair1: "SRR1(.*)_1.gz", pair2: "SRR2(.*)_2.gz" };
  const { body } = await call("/system/generateBatchInputs", { project, folder: "/", inputs });
  const error = expect.any(String);
  expect(body["batchInputs"]).toEqual([
    {
      batchPattern: "23",
      inputs: {
        pair1: { name: "SRR123_1.gz", ids: [ids[0]] },
        pair2: { name: "SRR223_2.gz", ids: [ids[1]] },
      },
    },
    { batchPattern: "223", inputs: { pair2: { name: "SRR2223_2.gz", ids: [ids[2]] } }, error },
    { batchPattern: "", inputs: { pair1: { name: "SRR1_1.gz", ids: [ids[3], ids[4]] } }, error },
  ]);
});

test.each<[JsonObject, string]>([
  [{ inputs: {} }, "InvalidInput"],
  [{ inputs: { a: 1 } }, "InvalidInput"],
  [{ inputs: { a: "(" } }, "InvalidInput"],
  [{ inputs: { a: "(.*)" }, folder: "/none" }, "ResourceNotFound"],
  [{}, "InvalidInput"],
])("batches of %j are refused", async (input, error) => {
  const { call, project } = openLab();
  expect((await call("/system/generateBatchInputs", { project, ...input })).error).toBe(error);
});
