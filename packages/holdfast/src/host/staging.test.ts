import { sampleProject } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import type { Message } from "../wire.ts";
import { Staging } from "./staging.ts";

const input = { project: sampleProject() };
const many = Array.from({ length: 500 }, () => input);

test("any number of small batches may be under way", () => {
  const staging = new Staging();
  for (let batch = 1; batch <= 300; batch++) {
    expect(staging.add(records(batch, [input]))).toEqual({ value: null });
  }
  for (let batch = 1; batch <= 300; batch++) expect(staging.take(batch)).toHaveLength(1);
});

test("one batch takes no more inputs than one write, and all together a few times that", () => {
  const staging = new Staging();
  for (let added = 0; added < 50_000; added += 500) staging.add(records(1, many));
  expect(staging.add(records(1, [input]))).toMatchObject({ failure: { code: "InvalidInput" } });
  for (let batch = 2; batch <= 4; batch++) {
    for (let added = 0; added < 50_000; added += 500) staging.add(records(batch, many));
  }
  expect(staging.add(records(5, [input]))).toMatchObject({ failure: { code: "InvalidInput" } });
  staging.take(2);
  expect(staging.add(records(5, [input]))).toEqual({ value: null });
});

test("a batch with an input that is refused says which, and is forgotten when it is dropped", () => {
  const staging = new Staging();
  staging.add(records(1, [input, input]));
  expect(staging.add(records(1, [input, { project: "nowhere" }]))).toMatchObject({
    failure: { code: "InvalidType", details: { index: 3 } },
  });
  expect(staging.take(1)).toHaveLength(3);
  expect(staging.take(1)).toEqual([]);
});

function records(batch: number, inputs: Message<"stage">["inputs"]): Message<"stage"> {
  return { kind: "stage", batch, class: "record", inputs };
}
