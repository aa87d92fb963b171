import { expect, test } from "vitest";
import { facts } from "./facts/all.ts";
import { inProcess } from "./grounds.ts";
import { reportOf, summaryOf } from "./report.ts";
import { runFacts } from "./run-facts.ts";

test("every row of the platform has a test or says why not", () => {
  for (const [id, fact] of Object.entries(facts)) {
    expect(id).toMatch(/^(DO|CS)-\d+(\.\d+)?-\d{2}$/);
    const reason = "cannot" in fact ? fact.cannot : "ofClients" in fact ? fact.ofClients : "a test";
    expect(reason, id).not.toBe("");
  }
});

test("a fact that breaks is counted, and a route that is not there is not covered", async () => {
  const chosen = {
    "DO-0-01": { mark: "doc", says: "holds", check: async () => {} },
    "DO-0-02": { mark: "doc", says: "breaks", check: () => Promise.reject(new Error("broken")) },
    "DO-0-03": {
      mark: "doc",
      says: "no route",
      check: async (lab) => void (await lab.call("/system/noSuchRoute")),
    },
  } satisfies typeof facts;
  const results = await runFacts(chosen, { ground: () => inProcess() });
  expect(results.map(({ outcome }) => outcome)).toEqual(["passed", "failed", "notThere"]);
  expect(summaryOf(results)).toBe("1 passed, 1 failed, 1 skipped");
  const report = reportOf(results);
  expect(report).toContain("tested: 66.7 %");
  expect(report).toContain("FAILED DO-0-02 breaks\n       broken");
  expect(report).toContain("1 route not there yet");
});

test("a call that hangs is a failure", async () => {
  const hangs = { mark: "doc", says: "hangs", check: () => new Promise<void>(() => {}) } as const;
  const [result] = await runFacts(
    { "DO-0-01": hangs },
    { ground: () => inProcess(), deadlineMs: 5 },
  );
  expect(result).toMatchObject({ outcome: "failed", reason: "no end after 5 ms" });
});
