import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { browserCases, groupsOf } from "../replay/interrupted/all.ts";
import { checkClaims } from "../replay/interrupted/check-claims.ts";
import type { Case } from "../replay/interrupted/claim.ts";
import type { Asked, Played } from "./interrupted-worker.ts";

// Of what test/replay/unknown-outcomes.node.test.ts plays over a database in memory, over the browser's IndexedDB in
// workers: every kind of request and every history, cut on either side of its effect, restarted and not.

/** So many worlds at once keep a worker busy while the database works. */
const atOnce = 8;
const workers: Worker[] = [];
const played = new Map<Case, PromiseWithResolvers<Played>>(
  browserCases.map((one) => [one, Promise.withResolvers<Played>()]),
);

beforeAll(() => {
  const left = browserCases.keys();
  for (let count = 0; count < 2; count++) {
    const url = new URL("./interrupted-worker.ts", import.meta.url);
    const worker = new Worker(url, { type: "module" });
    const next = (): void => {
      const { value: at, done } = left.next();
      if (!done) worker.postMessage({ at } satisfies Asked);
    };
    worker.addEventListener("message", ({ data }: MessageEvent<Played>) => {
      const one = browserCases[data.at];
      if (one !== undefined) played.get(one)?.resolve(data);
      next();
    });
    worker.addEventListener("error", ({ message }) => {
      for (const { reject } of played.values()) reject(new Error(message));
    });
    workers.push(worker);
    for (let started = 0; started < atOnce; started++) next();
  }
});

afterAll(() => {
  for (const worker of workers) worker.terminate();
});

async function outcomeOf(one: Case): Promise<Played> {
  const outcome = played.get(one);
  if (outcome === undefined) throw new Error("It is in the table.");
  return await outcome.promise;
}

describe.each(groupsOf(browserCases))("%s", (_, group) => {
  test.each(group)("$name", async (one) => {
    const { claims, error } = await outcomeOf(one);
    expect(error).toBeUndefined();
    checkClaims(claims);
  });
});
