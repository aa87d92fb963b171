import { describe, expect, test } from "vitest";
import type { DataObjectClass, ProvisionalId } from "../ids.ts";
import type { Json, JsonText } from "../json.ts";
import { parseCreate } from "../input/parse-create.ts";
import { refusalOf } from "../input/parse.test-support.ts";
import { fromDescribe } from "../outcomes/from-describe.ts";
import { describeRow, referencesOfRow } from "./description.ts";
import { ownOfNew } from "./own-fields.ts";
import {
  sampleObject,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
} from "../testing/sample-rows.ts";

const project = sampleProject();
const other = sampleProvisionalId(2) as ProvisionalId;
const applet = "applet-000000000000000000000001";

function inputOf(objectClass: "file" | "workflow" | "record", given: object): unknown {
  return parseCreate(objectClass, { project, ...given }).input.own;
}

describe("the fields that one class has alone", () => {
  test("are read from the input of a create, and kept as they were given", () => {
    expect(inputOf("record", {})).toBeUndefined();
    expect(inputOf("file", {})).toBeUndefined();
    expect(inputOf("file", { media: "text/plain" })).toBe('{"media":"text/plain"}');
    const workflow = {
      title: null,
      summary: "s",
      inputs: [{ name: "reads", class: "file" }],
      outputs: null,
      outputFolder: "/out",
      stages: [{ id: "stage-1", executable: applet, input: { n: 1 } }],
    };
    expect(JSON.parse(inputOf("workflow", workflow) as string)).toEqual(workflow);
  });

  test("are refused where the platform would refuse them, with where", () => {
    const refuse = (objectClass: "file" | "workflow", given: object): string =>
      refusalOf(() => parseCreate(objectClass, { project, ...given }));
    expect(refuse("file", { media: 1 })).toContain("file.media");
    expect(refuse("file", { close: true })).toContain("unknown field");
    expect(refuse("file", { initializeFrom: { project, id: sampleRealId(1) } })).toContain(
      "unknown",
    );
    expect(refuse("workflow", { title: 3 })).toContain("workflow.title");
    expect(refuse("workflow", { summary: null })).toContain("workflow.summary");
    expect(refuse("workflow", { inputs: [{ name: "x" }] })).toContain("workflow.inputs");
    expect(refuse("workflow", { stages: {} })).toContain("workflow.stages");
    expect(refuse("workflow", { stages: [{ executable: "file-x" }] })).toContain("executable");
    const twice = [
      { id: "a", executable: applet },
      { id: "a", executable: applet },
    ];
    expect(refuse("workflow", { stages: twice })).toContain("same id");
    expect(
      refuse("workflow", { stages: [{ executable: applet, input: { f: () => 1 } }] }),
    ).toContain("workflow.stages[0].input.f");
    expect(refuse("workflow", { description: `see ${other}.` })).toContain("provisional id");
    expect(refuse("workflow", { initializeFrom: { project, id: sampleRealId(1) } })).toContain(
      "workflow",
    );
  });

  test("may link to what is no data object, and are searched for what must exist first", () => {
    const stages = [
      {
        executable: applet,
        input: {
          a: { $dnanexus_link: { stage: "stage-1", outputField: "out" } },
          b: { $dnanexus_link: other },
        },
      },
    ];
    const { references, links } = parseCreate("workflow", { project, stages });
    expect(references).toEqual([other]);
    expect(links).toEqual([]);
  });

  test("of a new object are the platform's defaults where they are not given", () => {
    const of = (objectClass: DataObjectClass, own?: object): Json | undefined => {
      const text = ownOfNew(objectClass, own && (JSON.stringify(own) as JsonText));
      return text === undefined ? undefined : (JSON.parse(text) as Json);
    };
    expect(of("record")).toBeUndefined();
    expect(of("file")).toEqual({ media: "" });
    expect(of("workflow", { summary: "s" })).toEqual({
      title: null,
      summary: "s",
      description: "",
      stages: [],
      inputs: null,
      outputs: null,
      outputFolder: null,
      editVersion: 0,
    });
  });

  test("are described under the platform's names, with real ids once they are known", () => {
    const own = JSON.stringify({ title: null, stages: [{ input: { a: other } }], editVersion: 2 });
    const row = sampleObject(1, { own: own as JsonText });
    expect(referencesOfRow(row)).toEqual([other]);
    expect(describeRow(row, () => sampleRealId(2))).toMatchObject({
      title: null,
      stages: [{ input: { a: sampleRealId(2) } }],
      editVersion: 2,
    });
  });

  test("are read from a describe, where a title that is the name or the id is none", () => {
    const id = "workflow-000000000000000000000001";
    const described = (given: object): object => ({
      id,
      class: "workflow",
      project,
      name: "w",
      folder: "/",
      state: "open",
      hidden: false,
      types: [],
      tags: [],
      properties: {},
      details: {},
      created: 1,
      modified: 1,
      createdBy: { user: "user-ada" },
      ...given,
    });
    const ownOf = (given: object): string | undefined =>
      fromDescribe(JSON.stringify(described(given)))?.state.own;
    expect(ownOf({})).toBeUndefined();
    expect(ownOf({ title: id, editVersion: 3 })).toBe('{"title":null,"editVersion":3}');
    expect(ownOf({ title: "flow", name: "flow" })).toBe('{"title":null}');
    expect(ownOf({ title: "t", media: "no field of a workflow" })).toBe('{"title":"t"}');
  });
});
