import { expect, test } from "vitest";
import type { ObjectState } from "../data-object.ts";
import type { FolderOperation } from "../operation.ts";
import { applyToFolders, folderRefusal } from "./project-folders.ts";
import { unknownProject } from "./project-row.ts";

const facts = {
  level: "ADMINISTER",
  protected: false,
  restricted: false,
  downloadRestricted: false,
  externalUploadRestricted: false,
  containsPHI: false,
  region: "aws:us-east-1",
} as const;

function project(folders: readonly string[], isDescribed = true): ObjectState {
  return { ...unknownProject, project: { folders, ...(isDescribed ? { facts } : {}) } };
}

function codeOf(
  operation: FolderOperation,
  state: ObjectState,
  objectsIn: readonly string[] = [],
): string | undefined {
  const holdsObjects = (folder: string): boolean => objectsIn.includes(folder);
  return folderRefusal(operation, { state, holdsObjects })?.code;
}

const make = (folder: string, parents = false): FolderOperation => {
  return { kind: "newFolder", folder, parents };
};
const remove = (folder: string): FolderOperation => ({ kind: "removeFolder", folder });

test("a folder that is there cannot be made again but with parents, whatever says that it is there", () => {
  expect(codeOf(make("/a"), project(["/a"]))).toBe("InvalidState");
  expect(codeOf(make("/a"), project(["/a/b"], false))).toBe("InvalidState");
  expect(codeOf(make("/a"), project([], false), ["/a"])).toBe("InvalidState");
  expect(codeOf(make("/"), project([]))).toBe("InvalidState");
  expect(codeOf(make("/a", true), project(["/a"]))).toBeUndefined();
});

test("what is missing is refused only once the platform has told all folders", () => {
  expect(codeOf(make("/a/b"), project([]))).toBe("ResourceNotFound");
  expect(codeOf(make("/a/b"), project([], false))).toBeUndefined();
  expect(codeOf(make("/a/b"), project([]), ["/a"])).toBeUndefined();
  expect(codeOf(remove("/a"), project([]))).toBe("ResourceNotFound");
  expect(codeOf(remove("/a"), project([], false))).toBeUndefined();
});

test("a folder is not removed while something is known to be in it", () => {
  expect(codeOf(remove("/a"), project(["/a", "/a/b"]))).toBe("InvalidState");
  expect(codeOf(remove("/a"), project(["/a"]), ["/a"])).toBe("InvalidState");
  expect(codeOf(remove("/a"), project(["/a", "/ab"]))).toBeUndefined();
});

test("folders come with those above them and go with those below them", () => {
  const made = applyToFolders(project([]), make("/a/b", true));
  expect(made.project?.folders).toEqual(["/a", "/a/b"]);
  expect(applyToFolders(made, make("/a/b", true))).toBe(made);
  expect(applyToFolders(made, remove("/a")).project?.folders).toEqual([]);
  expect(applyToFolders(made, remove("/x"))).toBe(made);
});
