import { HoldfastError } from "@holdfast/core";
import { expect, test } from "vitest";
import { World } from "./in-thread.test-support.ts";

const cycle: Record<string, unknown> = {};
cycle["self"] = cycle;
let deep: unknown = 1;
for (let level = 0; level < 50_000; level++) deep = [deep];

/** What an app passes by mistake, or somebody on purpose. */
const hostile: readonly [string, unknown][] = [
  ["undefined", undefined],
  ["null", null],
  ["NaN", Number.NaN],
  ["infinity", Number.POSITIVE_INFINITY],
  ["a bigint", 1n],
  ["a date", new Date(0)],
  ["a map", new Map([["a", 1]])],
  ["a set", new Set(["a"])],
  ["a function", () => 1],
  ["a symbol", Symbol("a")],
  [
    "a class",
    new (class Sample {
      readonly name = "a";
    })(),
  ],
  ["a cycle", cycle],
  ["a list in a list 50,000 deep", deep],
  ["a sparse list", Object.assign([], { 0: 1, 2: 3 })],
  ["a long string", "x".repeat(100_000)],
  ["a lone surrogate", "\ud800"],
  ["nothing", ""],
  ["a prototype", JSON.parse('{"__proto__":{"polluted":true},"constructor":"x"}')],
  ["a promise", Promise.resolve(1)],
  ["bytes", new Uint8Array(4)],
  ["an error", new Error("x")],
];

test("whatever is passed, a call is refused as a HoldfastError of the input or does what it says", async () => {
  await using world = new World();
  const { project } = world;
  const said: string[] = [];
  const logger = {
    debug: () => {},
    warn: () => {},
    error: (message: string, data?: object) => said.push(`${message} ${JSON.stringify(data)}`),
  };
  const holdfast = await world.open({ paused: true, logger });
  const sample = await holdfast.records.create({ project, name: "victim", details: { kept: 1 } });
  const neighbour = await holdfast.records.create({ project, name: "neighbour" });
  const strange: string[] = [];
  for (const [what, value] of hostile) {
    const any = value as never;
    const calls: Record<string, () => Promise<unknown>> = {
      create: () => holdfast.records.create(any),
      "create.project": () => holdfast.records.create({ project: any }),
      "create.name": () => holdfast.records.create({ project, name: any }),
      "create.folder": () => holdfast.records.create({ project, folder: any }),
      "create.types": () => holdfast.records.create({ project, types: any }),
      "create.types[]": () => holdfast.records.create({ project, types: [any] }),
      "create.details": () => holdfast.records.create({ project, details: any }),
      "create.details.x": () => holdfast.records.create({ project, details: { x: any } }),
      "create.properties": () => holdfast.records.create({ project, properties: any }),
      "create.properties.x": () => holdfast.records.create({ project, properties: { x: any } }),
      closeMany: () => holdfast.objects.closeMany(any),
      "closeMany[]": () => holdfast.objects.closeMany([any]),
      editMany: () => holdfast.objects.editMany(any),
      "editMany[]": () => holdfast.objects.editMany([any]),
      "editMany[].kind": () => holdfast.objects.editMany([{ object: sample.key, kind: any }]),
      createMany: () => holdfast.records.createMany(any),
      "createMany[]": () => holdfast.records.createMany([{ project }, any]),
      rename: () => sample.rename(any),
      "projects.get": () => holdfast.projects.get(any),
      "projects.rename": () => holdfast.projects.rename(project, any),
      "projects.setProperties": () => holdfast.projects.setProperties(project, any),
      "projects.addTags": () => holdfast.projects.addTags(any, ["x"]),
      "folders.list": () => holdfast.folders.list(project, any),
      "folders.list.project": () => holdfast.folders.list(any),
      "folders.create": () => holdfast.folders.create(project, any),
      "folders.create.parents": () => holdfast.folders.create(project, "/p", { parents: any }),
      "folders.rename": () => holdfast.folders.rename(project, "/p", any),
      "folders.move": () => holdfast.folders.move(project, "/p", any),
      "folders.remove": () => holdfast.folders.remove(project, any),
      "folders.removeTree": () => holdfast.folders.remove(project, any, { recurse: true }),
      setDetails: () => sample.setDetails(any),
      setDetailsText: () => sample.setDetailsText(any),
      setProperties: () => sample.setProperties(any),
      "setProperties.x": () => sample.setProperties({ x: any }),
      addTags: () => sample.addTags(any),
      "addTags[]": () => sample.addTags([any]),
      setVisibility: () => sample.setVisibility(any),
      "setVisibility.hidden": () => sample.setVisibility({ hidden: any }),
      find: () => holdfast.objects.find(any),
      "find.name": () => holdfast.objects.find({ name: any }),
      "find.id": () => holdfast.objects.find({ id: any }),
      "find.link": () => holdfast.objects.find({ link: any }),
      "find.tags": () => holdfast.objects.find({ tags: any }),
      "find.properties": () => holdfast.objects.find({ properties: any }),
      "find.scope": () => holdfast.objects.find({ scope: any }),
      "find.modified": () => holdfast.objects.find({ modified: any }),
      "find.limit": () => holdfast.objects.find({ limit: any }),
      count: () => holdfast.objects.count(any),
      get: () => holdfast.objects.get(any),
      "outbox.list": () => holdfast.outbox.list({ limit: any }),
      "outbox.retry": () => holdfast.outbox.retry(any),
      "outbox.retry.reason": () => holdfast.outbox.retry({ reason: any }),
      "outbox.discardPreview": () => holdfast.outbox.discardPreview(any),
      "outbox.discard[]": () => holdfast.outbox.discard({ operations: [any] }),
      "outbox.discard": () => holdfast.outbox.discard({ operations: any }),
      "outbox.discard.object": () => holdfast.outbox.discard({ object: any }),
      "operations.get": () => holdfast.operations.get(any),
      "history.list": () => holdfast.history.list({ after: any }),
    };
    // In one tick, with a call between all of them that must not notice.
    const names = Object.keys(calls);
    const between = sample.addTags([`t${said.length}`]);
    const ends = await Promise.allSettled(
      names.map(async (name) => await (calls[name] as () => Promise<unknown>)()),
    );
    await between;
    for (const [index, end] of ends.entries()) {
      if (end.status === "fulfilled") continue;
      const error = end.reason as unknown;
      const code = error instanceof HoldfastError ? error.code : String(error);
      if (["InvalidInput", "InvalidType", "ResourceNotFound"].includes(code)) continue;
      strange.push(
        `${names[index]}(${what}): ${code} ${String((error as Error).message).slice(0, 90)}`,
      );
    }
  }
  expect(strange).toEqual([]);
  expect(said).toEqual([]);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  expect(await neighbour.describe()).toMatchObject({ name: "neighbour", pending: 1 });
}, 60_000);

test("names that every object has are properties like any other", async () => {
  await using world = new World();
  const { project } = world;
  const holdfast = await world.open({ paused: true });
  const names = ["__proto__", "constructor", "toString", "hasOwnProperty", "valueOf"];
  const text = (value: unknown): string =>
    `{${names.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`;
  const properties = JSON.parse(text("x")) as Record<string, string>;
  const made = await holdfast.records.create({
    project,
    name: "S",
    properties,
    details: JSON.parse(text({ a: 1 })),
  });
  const sample = await made.describe();
  expect(Object.keys(sample.properties)).toEqual(names);
  expect(Object.keys(sample.details as object)).toEqual(names);
  for (const name of names) {
    const query = JSON.parse(`{${JSON.stringify(name)}:"x"}`) as Record<string, string>;
    expect(await holdfast.objects.count({ properties: query }), name).toBe(1);
  }
  await made.setProperties(JSON.parse(text(null)) as Record<string, null>);
  expect(Object.keys((await made.describe()).properties)).toEqual([]);
  expect(await holdfast.objects.count({ properties: { constructor: "x" } as never })).toBe(0);
});
