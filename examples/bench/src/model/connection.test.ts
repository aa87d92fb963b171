import { describe, expect, test } from "vitest";
import { connectionOf, problemsOf, searchOf } from "./connection.ts";

const remote = {
  api: "https://api.dnanexus.com",
  user: "user-ada",
  project: "project-FXY1234567890abcdefghijk",
};

describe("where the samples go", () => {
  test("is the platform in this browser where the address names no other", () => {
    expect(connectionOf("")).toEqual({ kind: "embedded" });
  });

  test("survives in the address, without the token", () => {
    expect(connectionOf(searchOf({ ...remote, api: `${remote.api}/` }))).toEqual({
      kind: "remote",
      remote,
    });
  });

  test("is asked for where the address says too little", () => {
    expect(connectionOf("?api=https://api.dnanexus.com")).toEqual({
      kind: "incomplete",
      given: { api: "https://api.dnanexus.com", user: "", project: "" },
    });
  });

  test.each([
    [{ api: "api.dnanexus.com" }, "api"],
    [{ api: "http://api.dnanexus.com" }, "api"],
    [{ api: "ftp://localhost" }, "api"],
    [{ user: "ada" }, "user"],
    [{ project: "project-1" }, "project"],
  ])("is refused where a fact cannot be: %j", (over, field) => {
    expect(problemsOf({ ...remote, ...over }).map((problem) => problem.field)).toEqual([field]);
  });

  test("may be without TLS on this machine", () => {
    expect(problemsOf({ ...remote, api: "http://127.0.0.1:8080" })).toEqual([]);
  });
});
