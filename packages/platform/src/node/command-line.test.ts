import { expect, test } from "vitest";
import { createPlatform } from "../create-platform.ts";
import { callerOf } from "../platform.test-support.ts";
import { parseCommandLine } from "./command-line.ts";
import { populate } from "./populate.ts";

test("a scope on the command line narrows one token of a user, not the other", async () => {
  const users = ["--user", "ada=wide", "--user", "ada=a=b"];
  const wanted = parseCommandLine([...users, "--scope", "a=b=*:VIEW", "--project", "p"]);
  const platform = createPlatform({ users: [] });
  await populate(platform, wanted);
  const call = callerOf((input, init) => platform.fetch(input, init));
  const project = platform.projects[0]?.id ?? "";
  const errorOf = async (token: string) =>
    (await call("/record/new", { project }, { token })).error;
  expect([await errorOf("wide"), await errorOf("a=b")]).toEqual([undefined, "PermissionDenied"]);
  expect((await call(`/${project}/describe`, {}, { token: "a=b" })).status).toBe(200);
});

test.each([
  [["--scope", "t=*"], "TOKEN=PROJECT:LEVEL"],
  [["--scope", "t=*:MUCH"], "TOKEN=PROJECT:LEVEL"],
  [["--scope", "other=*:VIEW"], "the token of no --user"],
  [["--scope", "t=record-1:VIEW"], "names projects"],
])("a scope that cannot be is refused: %j", (args, problem) => {
  expect(() => parseCommandLine(["--user", "ada=t", ...args])).toThrow(problem);
});
