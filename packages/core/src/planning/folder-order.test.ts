import { describe, expect, test } from "vitest";
import { projectKey, toLocalKey } from "../ids.ts";
import { folderTouched } from "../objects/local-writes.ts";
import { childOf, isWithin, parentOf, pathTo } from "../objects/folder-paths.ts";
import type { FolderOperation, Operation, OutboxRow } from "../operation.ts";
import { emptyInput } from "../settling/replay.test-support.ts";
import {
  sampleKey,
  sampleOutbox,
  sampleProject,
  sampleProvisionalId,
  sampleState,
} from "../testing/sample-rows.ts";
import { type FolderRow, holdsUp, isFolderRow, isHeldUpBy, pathsOf } from "./folder-order.ts";

const project = sampleProject();

function onFolder(sequence: number, operation: FolderOperation): FolderRow {
  const touches = pathsOf(operation).map((path) => folderTouched(project, path));
  const row = sampleOutbox(sequence, projectKey(project), { operation, touches });
  if (!isFolderRow(row)) throw new Error("It is an operation on folders.");
  return row;
}

function inFolder(sequence: number, folder: string, parents = false): OutboxRow {
  const operation: Operation = {
    kind: "create",
    class: "record",
    input: { ...emptyInput, folder, parents },
  };
  const touches = [folderTouched(project, folder)];
  return sampleOutbox(sequence, sampleKey(sequence), { operation, touches });
}

const making = (folder: string): FolderRow =>
  onFolder(5, { kind: "newFolder", folder, parents: true });
const removing = (folder: string): FolderRow => onFolder(5, { kind: "removeFolder", folder });

describe("the order of folders", () => {
  test("a new folder holds up what comes into it, below it, or into what it makes on its way", () => {
    const held = (folder: string): boolean => holdsUp(making("/a/b"), inFolder(9, folder));
    expect(["/a", "/a/b", "/a/b/c"].filter(held)).toHaveLength(3);
    expect(["/", "/a/bc", "/ab", "/a/c", "/b"].filter(held)).toEqual([]);
  });

  test("the removal of a folder holds up what comes into it or below it", () => {
    const held = (folder: string): boolean => holdsUp(removing("/a/b"), inFolder(9, folder));
    expect(["/", "/a", "/a/b", "/a/b/c", "/a/bc"].filter(held)).toEqual(["/a/b", "/a/b/c"]);
  });

  test("an operation on a folder waits for what is done in it or below it, and for what makes folders on its way", () => {
    const waits = (folder: string, parents: boolean): boolean =>
      isHeldUpBy(removing("/a/b"), inFolder(1, folder, parents));
    const folders = ["/", "/a", "/a/b", "/a/b/c", "/a/x", "/b"];
    expect(folders.filter((folder) => waits(folder, false))).toEqual(["/a/b", "/a/b/c"]);
    expect(folders.filter((folder) => waits(folder, true))).toEqual([
      "/a",
      "/a/b",
      "/a/b/c",
      "/a/x",
    ]);
  });

  test("the removal of a folder waits for what is cloned out of it, and not for what the clone makes elsewhere", () => {
    const clone = sampleOutbox(1, toLocalKey(sampleProject(2), sampleProvisionalId(1)), {
      operation: {
        kind: "clone",
        from: project,
        object: sampleProvisionalId(1),
        parents: true,
        state: sampleState({ folder: "/x" }),
      },
      touches: [folderTouched(project, "/a/b"), folderTouched(sampleProject(2), "/x/y")],
    });
    const folders = ["/a", "/a/b", "/a/c", "/x", "/x/y"];
    expect(folders.filter((folder) => isHeldUpBy(removing(folder), clone))).toEqual(["/a", "/a/b"]);
  });

  test("nobody waits for what is parked, of another project, or touches no folder", () => {
    const parked = { reason: { code: "NeedsAuth", message: "" }, at: 0 } as const;
    expect(isFolderRow({ ...making("/a"), parked })).toBe(false);
    expect(isHeldUpBy(removing("/a"), { ...inFolder(1, "/a"), parked })).toBe(false);
    const elsewhere = sampleOutbox(1, sampleKey(1), {
      touches: [folderTouched(sampleProject(2), "/a")],
    });
    expect(isHeldUpBy(removing("/a"), elsewhere)).toBe(false);
    expect(holdsUp(removing("/a"), elsewhere)).toBe(false);
    expect(holdsUp(removing("/a"), sampleOutbox(9, sampleKey(9), { touches: ["x"] }))).toBe(false);
  });
});

describe("paths", () => {
  test("a path lies in itself, in what is above it and in the root, and in no other of the same beginning", () => {
    expect(["/", "/a", "/a/b"].every((folder) => isWithin("/a/b", folder))).toBe(true);
    expect(["/a/b/c", "/a/", "/ab", "/b"].some((folder) => isWithin("/a/b", folder))).toBe(false);
  });

  test("are taken apart", () => {
    expect([parentOf("/a/b"), parentOf("/a"), parentOf("/")]).toEqual(["/a", "/", "/"]);
    expect(pathTo("/a/b/c")).toEqual(["/a", "/a/b", "/a/b/c"]);
    expect(pathTo("/")).toEqual([]);
    expect(childOf("/", "/a/b")).toBe("/a");
    expect(childOf("/a", "/a/b/c")).toBe("/a/b");
    expect([childOf("/a", "/a"), childOf("/a", "/ab"), childOf("/", "/")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
