import { expect, test } from "vitest";
import { address, closed, Night, token } from "./background.test-support.ts";
import { Replayer, type ReplayerOptions } from "./replayer.ts";
import { tagOf } from "./store-tag.ts";

const tag = tagOf(address);

function replayerOf(night: Night, options: Partial<ReplayerOptions> = {}): Replayer {
  return new Replayer(night.ports(), {
    token: () => token,
    replay: { requestsPerSecond: "unlimited" },
    limits: {},
    withinMs: 120_000,
    ...options,
  });
}

test("the app is asked for a token of the very user on the very platform", async () => {
  await using night = new Night();
  await night.workOffline(1);
  const asked: object[] = [];
  const replayer = replayerOf(night, {
    token: (store) => {
      asked.push(store);
      return token;
    },
  });
  await night.pass(replayer.replay(tag));
  expect(asked).toEqual([{ user: "user-ada", api: "https://platform.test" }]);
  expect(await night.onPlatform()).toEqual(closed(1));
});

test("what is asked for while a replay runs begins after it, once for all who ask", async () => {
  await using night = new Night();
  await night.workOffline(3);
  let open = 0;
  let opened = 0;
  let most = 0;
  const ports = night.ports();
  const replayer = new Replayer(
    {
      ...ports,
      storage: {
        ...ports.storage,
        open: async (request) => {
          const store = await ports.storage.open(request);
          opened += 1;
          open += 1;
          most = Math.max(most, open);
          return {
            ...store,
            close: async () => {
              open -= 1;
              await store.close();
            },
          };
        },
      },
    },
    { token: () => token, replay: {}, limits: {}, withinMs: 120_000 },
  );
  const all = [1, 2, 3, 4].map(() => replayer.replay(tag));
  await night.pass(Promise.all(all));
  expect({ opened, most, open }).toEqual({ opened: 2, most: 1, open: 0 });
  await night.pass(replayer.replay(tag));
  expect(opened).toBe(3);
});

test("what is left rejects, so that the browser tries again, and what is none of ours does not", async () => {
  await using night = new Night();
  await night.workOffline(1);
  night.world.setOnline(false);
  const replayer = replayerOf(night);
  await expect(night.pass(replayer.replay(tag))).rejects.toMatchObject({
    failure: { code: "Unreachable" },
  });
  await night.pass(replayer.replay("refresh-news"));
  night.world.setOnline(true);
  await night.pass(replayer.replay(tag));
  expect(await night.onPlatform()).toEqual(closed(1));
});

test("without a function for it there is no token, and no store is opened", async () => {
  await using night = new Night();
  await night.workOffline(1);
  const ports = night.ports();
  const { storage } = ports;
  const closedStorage = { ...storage, open: () => Promise.reject(new Error("Nobody opens it.")) };
  const replayer = new Replayer(
    { ...ports, storage: closedStorage },
    { replay: {}, limits: {}, withinMs: 120_000 },
  );
  expect(await night.pass(replayer.tokenFor(tag))).toBe("none");
  await night.pass(replayer.replay(tag));
});

test("whether there is a token is told, and never the token", async () => {
  await using night = new Night();
  const answers: (() => string | undefined | Promise<string | undefined>)[] = [
    () => token,
    () => undefined,
    () => "",
    () => Promise.reject(new Error("no network")),
    () => {
      throw new Error("no network");
    },
    () => new Promise(() => {}),
  ];
  const told = [];
  for (const answer of answers) {
    told.push(await night.pass(replayerOf(night, { token: answer }).tokenFor(tag)));
  }
  expect(told).toEqual(["given", "none", "none", "unknown", "unknown", "unknown"]);
  expect(await night.pass(replayerOf(night).tokenFor("refresh-news"))).toBeUndefined();
});
