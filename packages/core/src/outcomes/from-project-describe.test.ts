import { expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../json.ts";
import { sampleProject } from "../testing/sample-rows.ts";
import { fromProjectDescribe, projectDescribeInput } from "./from-project-describe.ts";

const project = sampleProject();
const answer: JsonObject = {
  id: project,
  name: "lab",
  level: "CONTRIBUTE",
  tags: ["a"],
  properties: { k: "v" },
  created: 1_000,
  modified: 2_000,
  createdBy: { user: "user-ada" },
  region: "aws:us-east-1",
  folders: ["/", "/a", "/a/b"],
  protected: true,
  restricted: false,
  downloadRestricted: false,
  externalUploadRestricted: false,
  containsPHI: false,
};

test("a describe of a project becomes the state of its row", () => {
  const described = fromProjectDescribe(answer, project);
  expect(described).toMatchObject({ id: project, class: "project", project });
  expect(described?.state).toMatchObject({
    name: "lab",
    tags: ["a"],
    properties: { k: "v" },
    folder: "/",
    project: { folders: ["/a", "/a/b"], facts: { level: "CONTRIBUTE", protected: true } },
  });
});

test("a member of nothing is told so by null, and what the system made has no user", () => {
  const described = fromProjectDescribe({ ...answer, level: null, createdBy: null }, project);
  expect(described?.state.project?.facts?.level).toBe("NONE");
  expect(described?.state.createdBy).toBe("");
});

test("an answer that lacks a field, or has one of another shape, is not believed", () => {
  const { fields } = projectDescribeInput;
  if (!isJsonObject(fields ?? null)) throw new Error("fields are asked for");
  for (const field of [
    "id",
    "name",
    "tags",
    "properties",
    "created",
    "modified",
    "region",
    "folders",
  ]) {
    expect(Object.keys(fields as JsonObject)).toContain(field);
    const { [field]: _, ...rest } = answer;
    expect(fromProjectDescribe(rest, project)).toBeUndefined();
    expect(fromProjectDescribe({ ...answer, [field]: 5.5 }, project)).toBeUndefined();
  }
  expect(fromProjectDescribe({ ...answer, level: "OWNER" }, project)).toBeUndefined();
  expect(fromProjectDescribe(answer, sampleProject(2))).toBeUndefined();
});
