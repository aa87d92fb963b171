import { connectPlatform } from "@holdfast/platform/connect";
import { routeNames } from "@holdfast/platform";
import { fetchOverPort } from "@holdfast/platform/port-fetch";
import { expect, test } from "vitest";
import { facts } from "../conformance/facts/all.ts";
import type { Ground } from "../conformance/fact-lab.ts";
import { groundIds, groundPeople, groundProjects, groundUsers } from "../conformance/grounds.ts";
import { reportOf, summaryOf } from "../conformance/report.ts";
import { runFacts } from "../conformance/run-facts.ts";

test("the facts hold in the SharedWorker, too", async () => {
  const url = new URL("../../packages/platform/src/shared-worker.ts", import.meta.url);
  const page = await connectPlatform(
    new SharedWorker(url, { type: "module", name: "conformance" }),
    { deadlineMs: 120_000 },
  );
  const fetch = fetchOverPort(page.port());
  const ground = async (): Promise<Ground> => {
    const { projects } = await page.reset({
      seed: 7,
      users: groundUsers,
      projects: groundProjects,
    });
    return {
      fetch: (to, init) => fetch(to, init),
      url: "http://platform.holdfast.invalid",
      token: "ada-token",
      ...groundIds(projects),
      people: groundPeople,
      routes: new Set(routeNames),
      fault: (fault) => page.nextFault("*", fault),
      turn: (ms) => page.passTime(ms),
      addDatabase: (project) => page.addDatabase(project, "db"),
      addToken: (token, projects) => page.addToken("user-ada", token, { projects }),
      isBrowser: true,
    };
  };
  const results = await runFacts(facts, { ground });
  page.close();
  expect(
    results
      .filter(({ outcome }) => outcome === "failed")
      .map(({ id, reason }) => `${id} ${reason ?? ""}`),
    reportOf(results),
  ).toEqual([]);
  expect(summaryOf(results)).toContain(" 0 failed, ");
});
