import { silentLogger } from "@holdfast/core";
import { expect, test } from "vitest";
import { type Host, openHost } from "./host.ts";
import { World } from "./in-thread.test-support.ts";
import type { Created, Message, Push, Result } from "./wire.ts";

async function open(world: World, pushes: Push[] = []): Promise<Host> {
  return await openHost(
    { ...world.ports(), logger: silentLogger },
    {
      url: "https://platform.test",
      host: "platform.test",
      user: "user-ada",
      name: "holdfast",
      replay: {},
      paused: true,
      visible: true,
      onPush: (push) => pushes.push(push),
    },
  );
}

function creates(world: World, count: number, details: object): Message[] {
  return Array.from({ length: count }, (_, n) => ({
    kind: "create",
    class: "record",
    input: { project: world.project, name: `S-${n}`, details: details as never },
  }));
}

async function made(host: Host, messages: readonly Message[]): Promise<readonly Result<Created>[]> {
  return (await host.call(messages)) as readonly Result<Created>[];
}

test("a host that is closed answers first what was called before, whatever it has to look up for it", async () => {
  await using world = new World();
  const host = await open(world);
  const [donor] = await made(host, creates(world, 1, {}));
  const id = donor !== undefined && "value" in donor && donor.value.id;
  const calls = made(host, creates(world, 10, { donor: { $dnanexus_link: id } }));
  await host.close();
  expect(await calls).toEqual(Array.from({ length: 10 }, () => ({ value: expect.anything() })));
  expect(await host.call([{ kind: "count", query: {} }])).toMatchObject([
    { failure: { code: "StorageClosed" } },
  ]);
});

test("a message that nobody can read is answered as every other", async () => {
  await using world = new World();
  const host = await open(world);
  const bad = [
    { kind: "nothing" },
    { kind: "constructor" },
    { kind: "__proto__" },
    { kind: "find" },
    { kind: "edit" },
    { kind: "stage", batch: 1 },
    { kind: "retry" },
    { kind: "watch", watch: 1 },
    { kind: "wait", wait: 1 },
  ] as unknown as Message[];
  const results = await host.call([...bad, { kind: "count", query: {} }]);
  expect(results).toHaveLength(10);
  for (const result of results.slice(0, -1)) expect(result).toHaveProperty("failure.code");
  expect(results.at(-1)).toEqual({ value: 0 });
  await host.close();
});

test("a host that could not be opened leaves nothing running", async () => {
  await using world = new World();
  const [open, closed] = [new Set<string>(), new Set<string>()];
  const timers = new Set<object>();
  const ports = world.ports();
  const opening = openHost(
    {
      ...ports,
      logger: silentLogger,
      openChannel: (name) => {
        if (name.endsWith("hosts")) throw new Error("There are too many channels.");
        open.add(name);
        const channel = ports.openChannel(name);
        return {
          ...channel,
          close: () => {
            closed.add(name);
            channel.close();
          },
        };
      },
      clock: {
        ...ports.clock,
        timer: (delayMs, callback) => {
          const timer = {};
          timers.add(timer);
          const cancel = ports.clock.timer(delayMs, callback);
          return () => {
            timers.delete(timer);
            cancel();
          };
        },
      },
    },
    {
      url: "https://platform.test",
      host: "platform.test",
      user: "user-ada",
      name: "holdfast",
      replay: {},
      paused: true,
      visible: true,
      onPush: () => {},
    },
  );
  await expect(opening).rejects.toThrow("too many channels");
  expect(closed).toEqual(open);
  expect(timers.size).toBe(0);
});
