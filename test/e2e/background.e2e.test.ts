import { fileURLToPath } from "node:url";
import { build as bundle } from "rolldown";
import { beforeAll, expect, inject, test } from "vitest";
import { builtPage } from "../support/test-page.ts";
import { finished, Lab, namesFrom } from "./lab.ts";
import { SyncEvents } from "./sync-events.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const script = "/background-worker.js";
const withToken = `${script}?token=token-of-ada`;

beforeAll(async () => {
  // One file at the root of the app, as an app's own bundler would make it.
  await bundle({
    input: `${root}test/e2e/page/background-worker.ts`,
    platform: "browser",
    logLevel: "warn",
    resolve: { conditionNames: ["source", "browser", "import", "default"] },
    output: {
      file: `${builtPage("test/e2e/page")}${script}`,
      format: "esm",
      codeSplitting: false,
    },
  });
});

/** A lab whose tabs are served by a service worker of their own. */
class Background implements AsyncDisposable {
  readonly lab: Lab;
  readonly events: SyncEvents;

  static async open(): Promise<Background> {
    const lab = await Lab.open();
    return new Background(lab, await SyncEvents.open(lab.context, inject("labUrl")));
  }

  constructor(lab: Lab, events: SyncEvents) {
    this.lab = lab;
    this.events = events;
  }

  /** A tab closes samples without a network, and is closed; the tags that it has asked for. */
  async workOffline(names: readonly string[], address = withToken): Promise<string> {
    const { lab } = this;
    const tab = await lab.tab();
    const background = await tab.evaluate((address) => inPage.serveFrom(address), address);
    expect(background).toMatchObject({ state: address === withToken ? "on" : "off" });
    await lab.context.setOffline(true);
    await tab.evaluate(
      async ({ project, names }) =>
        inPage.holdfast && (await inPage.work(inPage.holdfast, project, names)),
      { project: lab.project, names },
    );
    await tab.evaluate(() => inPage.reaches("offline"));
    const tag = await tab.evaluate(() => inPage.holdfast?.background.tag ?? "");
    if (background.state === "on") {
      await expect.poll(() => tab.evaluate(() => globalThis.askedTags[0])).toBe(tag);
    }
    await tab.close();
    await lab.context.setOffline(false);
    expect(await lab.objects()).toEqual([]);
    return tag;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.events[Symbol.asyncDispose]();
    await this.lab[Symbol.asyncDispose]();
  }
}

function isOnce(lab: Lab): boolean {
  return [...lab.createsByKey().values()].every((effects) => effects.length === 1);
}

test("what the last tab has left is sent once the network is back, with no tab open", async () => {
  await using background = await Background.open();
  const { lab } = background;
  const names = namesFrom("S", 12);
  const tag = await background.workOffline(names);
  await background.events.dispatch(tag);
  await expect.poll(async () => (await lab.objects()).length).toBe(12);
  await expect.poll(() => lab.objects()).toMatchObject(names.map(finished));
  expect(isOnce(lab)).toBe(true);

  const tab = await lab.tab();
  await tab.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(lab.createsByKey().size).toBe(12);
});

test("without a token of the script's own it is off, says so, and sends nothing", async () => {
  await using background = await Background.open();
  const { lab } = background;
  const seen: string[] = [];
  const tag = await background.workOffline(namesFrom("S", 2), script);
  lab.interfere({ before: async (path) => void seen.push(path) });
  await background.events.dispatch(tag);
  // A worker answers in the order in which it was told, so the event is over once it has answered this.
  const tab = await lab.tab({ isPaused: true });
  expect(await tab.evaluate((script) => inPage.serveFrom(script), script)).toMatchObject({
    state: "off",
    reason: "noToken",
  });
  expect(seen).toEqual([]);
  expect(await tab.evaluate(() => globalThis.askedTags)).toEqual([]);

  await tab.evaluate(() => inPage.holdfast?.resume());
  await tab.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(await lab.objects()).toMatchObject(namesFrom("S", 2).map(finished));
});

test("a service worker that is ended between an effect and its answer has lost and doubled nothing", async () => {
  await using background = await Background.open();
  const { lab } = background;
  const names = namesFrom("S", 20);
  const tag = await background.workOffline(names);
  let creates = 0;
  const ended = Promise.withResolvers<void>();
  lab.interfere({
    after: async (path) => {
      if (path !== "/record/new") return;
      creates += 1;
      if (creates < 7) return;
      if (creates === 7) ended.resolve(background.events.endWorkers());
      // Nobody is there to hear it.
      await ended.promise;
    },
  });
  await background.events.dispatch(tag);
  await ended.promise;
  expect((await lab.objects()).length).toBeLessThan(20);

  lab.interfere({});
  await background.events.dispatchPeriodic(tag);
  await expect.poll(() => lab.objects()).toMatchObject(names.map(finished));
  expect(isOnce(lab)).toBe(true);
});

test("a page that is opened meanwhile becomes the one that sends", async () => {
  await using background = await Background.open();
  const { lab } = background;
  const names = namesFrom("S", 40);
  const tag = await background.workOffline(names);
  const opened = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let creates = 0;
  lab.interfere({
    before: async (path) => {
      if (path !== "/record/new") return;
      creates += 1;
      if (creates < 10) return;
      begun.resolve();
      await opened.promise;
    },
  });
  await background.events.dispatch(tag);
  await begun.promise;
  const tab = await lab.tab();
  await expect.poll(() => tab.evaluate(() => inPage.isSender())).toBe(true);
  opened.resolve();
  await tab.evaluate(async () => inPage.holdfast && (await inPage.sent(inPage.holdfast)));
  expect(await tab.evaluate(() => inPage.isSender())).toBe(true);
  expect(await lab.objects()).toMatchObject(names.map(finished));
  expect(isOnce(lab)).toBe(true);
});

test("a tab that is closed while it sends leaves the rest to the service worker", async () => {
  await using background = await Background.open();
  const { lab } = background;
  const names = namesFrom("S", 40);
  const left = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  let creates = 0;
  const tab = await lab.tab();
  await tab.evaluate((address) => inPage.serveFrom(address), withToken);
  lab.interfere({
    before: async (path) => {
      if (path !== "/record/new") return;
      creates += 1;
      if (creates < 10) return;
      begun.resolve();
      await left.promise;
    },
  });
  await tab.evaluate(
    async ({ project, names }) =>
      inPage.holdfast && (await inPage.work(inPage.holdfast, project, names)),
    { project: lab.project, names },
  );
  await begun.promise;
  await tab.close({ runBeforeUnload: true });
  left.resolve();
  await expect.poll(() => lab.objects()).toMatchObject(names.map(finished));
  expect(isOnce(lab)).toBe(true);
});
