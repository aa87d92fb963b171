import { startServer } from "@holdfast/platform/node";
import { describe, expect, test } from "vitest";
import { facts } from "./facts/all.ts";
import { inProcess } from "./grounds.ts";
import { type Result, runFact } from "./run-facts.ts";

// A row that is not tested is not counted as passed: coverage.node.test.ts says how many there are.
const checked = Object.entries(facts).filter(([, fact]) => "check" in fact);

function didNotFail({ outcome, reason }: Result): void {
  expect(outcome === "failed" ? reason : outcome).toMatch(/^(passed|notThere|notHere)$/);
}

describe("in this process", () => {
  test.each(checked)("%s", async (id, fact) => {
    didNotFail(await runFact(id, fact, { ground: () => inProcess() }));
  });
});

describe("over the Node server", () => {
  test.each(checked)("%s", async (id, fact) => {
    const ground = inProcess();
    await using server = await startServer({ platform: ground.platform });
    const overHttp = {
      ...ground,
      url: server.url,
      fetch: (url: string, init: RequestInit) => fetch(url, init),
    };
    didNotFail(await runFact(id, fact, { ground: () => overHttp }));
  });
});
