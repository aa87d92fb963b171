import { expect, test } from "vitest";
import { FolderTree, isWithin, parentOf } from "./folder-tree.ts";

test("missing folders are named from the top, children and all paths in order", () => {
  const tree = new FolderTree();
  expect(tree.missing("/")).toEqual([]);
  expect(tree.missing("/a/b/c")).toEqual(["/a", "/a/b", "/a/b/c"]);
  for (const path of tree.missing("/a/b/c")) tree.add(path);
  for (const path of tree.missing("/a/a")) tree.add(path);
  expect(tree.missing("/a/b/d")).toEqual(["/a/b/d"]);
  expect(tree.children("/a")).toEqual(["/a/a", "/a/b"]);
  expect(tree.all()).toEqual(["/", "/a", "/a/a", "/a/b", "/a/b/c"]);
});

test("a folder is not within another whose name it begins with", () => {
  expect(isWithin("/ab", "/a")).toBe(false);
  expect(isWithin("/a/b", "/a")).toBe(true);
  expect(isWithin("/a", "/a")).toBe(true);
  expect(isWithin("/a", "/")).toBe(true);
  expect(parentOf("/a")).toBe("/");
});
