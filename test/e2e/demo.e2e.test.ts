import { expect, test } from "vitest";
import { launchChromium } from "../support/chromium.ts";
import { servePage } from "../support/test-page.ts";
const SEED = 11;
const SAMPLES = 36;

test("the same seed gives the same day in Node and through a page, a worker and a real IndexedDB", async () => {
  const [inNode, inBrowser] = await Promise.all([playInNode(), playInChromium()]);
  expect(inBrowser).toEqual(inNode);
  expect(inNode).toMatchObject({
    duplicates: 0,
    lost: 0,
    objects: SAMPLES + SAMPLES / 12 + SAMPLES / 2,
  });
});

async function playInNode(): Promise<unknown> {
  const { indexedDbStorage, openHoldfastInThread } = await import("holdfast/in-thread");
  const { IDBFactory, IDBKeyRange } = await import("fake-indexeddb");
  const { play } = await import("../../examples/demo/src/play.ts");
  const { inventSamples } = await import("../../examples/demo/src/samples.ts");
  const { api, token, user, World } = await import("../../examples/demo/src/world.ts");
  const storage = indexedDbStorage({ indexedDB: new IDBFactory(), IDBKeyRange });
  const world = new World({ seed: SEED, storage });
  return await play({
    seed: SEED,
    samples: inventSamples(SAMPLES),
    stage: world,
    start: () =>
      openHoldfastInThread({ api, user, token: () => token, ports: world.startProcess() }),
    log: () => {},
  });
}

async function playInChromium(): Promise<unknown> {
  await using resources = new AsyncDisposableStack();
  const site = await servePage("test/e2e/demo-page");
  resources.defer(() => site.close());
  const browser = await launchChromium();
  resources.defer(() => browser.close());
  const page = await browser.newPage();
  await page.goto(site.url);
  await page.waitForFunction(() => typeof globalThis.playInBrowser === "function");
  return await page.evaluate(([seed, samples]) => globalThis.playInBrowser(seed, samples), [
    SEED,
    SAMPLES,
  ] as const);
}
