import { expect, test } from "vitest";
import { RandomHistory } from "./random-history.ts";
import { openReplayWorld, type ReplayWorld } from "./replay-world.ts";

/** Plays histories until one fails, as it must when something is broken on purpose. */
async function firstFailure(sabotage: (world: ReplayWorld) => void): Promise<string> {
  for (let seed = 0; seed < 20; seed++) {
    await using world = await openReplayWorld(`sabotage-${seed}`);
    sabotage(world);
    const history = new RandomHistory(world);
    await history.play(60);
    await history.settle();
    try {
      await history.check();
    } catch (error) {
      return String(error);
    }
  }
  return "none";
}

test("a nonce that is another one at each attempt makes objects twice, and the histories show it", {
  timeout: 60_000,
}, async () => {
  const failure = await firstFailure((world) => {
    let count = 0;
    world.wrapFetch = (fetch) => async (request) => {
      const text = await request.text();
      count += 1;
      const body = text.replace(/"nonce":"[^"]*"/, `"nonce":"sabotaged-${count}"`);
      return await fetch(new Request(request, { method: "POST", body }));
    };
  });
  expect(failure).toMatch(/exists once/);
});

test("an answer made up for a request that never arrived loses a change, and the histories show it", {
  timeout: 60_000,
}, async () => {
  const failure = await firstFailure((world) => {
    world.wrapFetch = (fetch) => async (request) => {
      const [, id, method] = new URL(request.url).pathname.split("/");
      return method === "addTags" ? Response.json({ id }) : await fetch(request);
    };
  });
  expect(failure).toMatch(/deeply equal/);
});

test("a sender whose clocks stand still sends under a lapsed lease, and the histories show it", {
  timeout: 60_000,
}, async () => {
  const failure = await firstFailure((world) => {
    const open = world.openTab.bind(world);
    const { clock } = world;
    world.openTab = (options) => {
      const [wallAt, monotonicAt] = [clock.now(), clock.monotonic()];
      return open({
        ...options,
        clock: {
          now: () => wallAt,
          monotonic: () => monotonicAt,
          timer: (delayMs, callback) => clock.timer(delayMs, callback),
        },
      });
    };
  });
  expect(failure).toMatch(/lapsed lease/);
});
