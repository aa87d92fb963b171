import { VirtualClock } from "@holdfast/core/testing";
import { Subject } from "rxjs";
import { expect, test } from "vitest";
import { parseMessage, toAnswer, type TokenAnswer } from "./background-wire.ts";
import type { BackgroundStatus } from "../background.ts";
import type { Phase } from "../holdfast.ts";
import { SyncAsker, type SyncStatus } from "./sync-asker.ts";

const tag = "holdfast:1:{}";

interface Behaviour {
  /** What the script answers; nothing where it does not know what is asked. */
  readonly token?: TokenAnswer;
  readonly hasSync?: boolean;
  readonly mayAsk?: () => Promise<void>;
  readonly mayRegister?: () => Promise<void>;
  /** Of the worker when the page registers. */
  readonly state?: ServiceWorkerState;
}

/** A page with a service worker beside it, on virtual time. */
class Scene {
  readonly clock = new VirtualClock();
  readonly status$ = new Subject<SyncStatus>();
  readonly asker: SyncAsker;
  /** What the store was told to say. */
  readonly told: BackgroundStatus[] = [];
  /** Tags that the browser was asked for. */
  readonly asked: string[] = [];
  /** What the page said to the worker. */
  readonly said: unknown[] = [];
  readonly worker: { state: ServiceWorkerState } & EventTarget;
  readonly registration: ServiceWorkerRegistration;

  constructor(behaviour: Behaviour = {}) {
    const { token, hasSync = true, state = "activated" } = behaviour;
    const { clock, status$ } = this;
    this.asker = new SyncAsker({
      clock,
      status$,
      link: { tag, set: (said) => this.told.push(said) },
    });
    this.worker = Object.assign(new EventTarget(), {
      state,
      postMessage: (message: unknown, ports?: readonly MessagePort[]) => {
        this.said.push(parseMessage(message));
        const [port] = ports ?? [];
        if (port === undefined || token === undefined) return;
        port.postMessage("what is none of ours");
        port.postMessage(toAnswer({ token }));
      },
    });
    const sync = {
      register: async (asked: string) => {
        await behaviour.mayRegister?.();
        this.asked.push(asked);
      },
      getTags: async () => {
        await behaviour.mayAsk?.();
        return [];
      },
    };
    const active = state === "activated" ? this.worker : null;
    const installing = state === "activated" ? null : this.worker;
    this.registration = {
      active,
      installing,
      waiting: null,
      ...(hasSync ? { sync } : {}),
    } as unknown as ServiceWorkerRegistration;
  }

  async register(
    registration: ServiceWorkerRegistration | undefined = this.registration,
  ): Promise<BackgroundStatus> {
    let status: BackgroundStatus | undefined;
    const registering = this.asker.register(registration).then((value) => {
      status = value;
    });
    for (let turn = 0; status === undefined && turn < 600; turn++) await this.pass(50);
    await registering;
    if (status === undefined) throw new Error("It answers in time.");
    return status;
  }

  async say(phase: Phase, waiting: number): Promise<void> {
    this.status$.next({ phase, counts: { waiting } } as SyncStatus);
    await this.pass(0);
  }

  async pass(ms: number): Promise<void> {
    await this.clock.advance(ms, () => new Promise<void>((resolve) => setImmediate(resolve)));
  }
}

test("where the worker would be given a token it is on, and the token stays where it is", async () => {
  const scene = new Scene({ token: "given" });
  expect(await scene.register()).toEqual({ state: "on" });
  expect(scene.said).toEqual([{ kind: "ask", tag }]);
  expect(scene.asked).toEqual([]);
});

test("a script that cannot say now, for want of a network, is believed to have one", async () => {
  expect(await new Scene({ token: "unknown" }).register()).toEqual({ state: "on" });
});

test("why it is off or impossible is said", async () => {
  const refuse = (): Promise<never> => Promise.reject(new Error("Background Sync is disabled."));
  const cases: readonly [Behaviour, object][] = [
    [{ token: "none" }, { state: "off", reason: "noToken" }],
    [{}, { state: "off", reason: "noAnswer" }],
    [
      { token: "given", state: "installing" },
      { state: "off", reason: "noAnswer" },
    ],
    [
      { token: "given", mayAsk: refuse },
      { state: "off", reason: "refused" },
    ],
    [
      { token: "given", hasSync: false },
      { state: "unsupported", reason: "browser" },
    ],
  ];
  for (const [behaviour, status] of cases) {
    expect(await new Scene(behaviour).register()).toMatchObject(status);
  }
  const { clock, status$, registration } = new Scene({ token: "given" });
  const link = { tag: undefined, set: () => {} };
  expect(await new SyncAsker({ clock, status$, link }).register(registration)).toMatchObject({
    state: "unsupported",
    reason: "embedded",
  });
  expect(await new Scene().asker.register(undefined)).toMatchObject({ reason: "browser" });
});

test("a worker that is being installed is waited for", async () => {
  const scene = new Scene({ token: "given", state: "installing" });
  const registering = scene.register();
  await scene.pass(3_000);
  scene.worker.state = "activated";
  scene.worker.dispatchEvent(new Event("statechange"));
  await registering;
  expect(scene.told).toEqual([{ state: "on" }]);
});

test("a sync is asked for at once while the platform is out of reach, and when more is stored", async () => {
  const scene = new Scene({ token: "given" });
  await scene.register();
  await scene.say("offline", 0);
  expect(scene.asked).toEqual([]);
  await scene.say("offline", 1);
  expect(scene.asked).toEqual([tag]);
  await scene.say("offline", 1);
  expect(scene.asked).toHaveLength(1);
  await scene.say("offline", 2);
  expect(scene.asked).toHaveLength(2);
});

test("what a connected page sends by itself is not asked for, what waits longer is", async () => {
  const scene = new Scene({ token: "given" });
  await scene.register();
  await scene.say("replaying", 3);
  await scene.pass(500);
  await scene.say("idle", 0);
  await scene.pass(5_000);
  expect(scene.asked).toEqual([]);

  await scene.say("replaying", 3);
  await scene.pass(1_100);
  expect(scene.asked).toEqual([tag]);

  await scene.say("idle", 0);
  await scene.say("replaying", 1);
  await scene.say("offline", 1);
  expect(scene.asked).toHaveLength(2);
});

test("nothing is asked for while a person has paused, and it is when they go on", async () => {
  const scene = new Scene({ token: "given" });
  await scene.register();
  await scene.say("paused", 2);
  scene.asker.hide();
  scene.asker.leave();
  await scene.pass(5_000);
  expect(scene.asked).toEqual([]);
  await scene.say("offline", 2);
  expect(scene.asked).toEqual([tag]);
});

test("a page that is hidden asks once more, and one that goes hands over what it was sending", async () => {
  const scene = new Scene({ token: "given" });
  await scene.register();
  scene.asker.hide();
  scene.asker.leave();
  expect(scene.said).toHaveLength(1);
  await scene.say("replaying", 2);
  scene.asker.hide();
  await scene.pass(0);
  expect(scene.asked).toEqual([tag]);
  scene.asker.leave();
  expect(scene.said.at(-1)).toEqual({ kind: "replay", tag });
  await scene.say("offline", 2);
  scene.asker.leave();
  expect(scene.said).toHaveLength(2);
});

test("a sync that the browser refuses turns it off, and says why", async () => {
  const refusal = (): Promise<never> => Promise.reject(new Error("Permission denied."));
  const scene = new Scene({ token: "given", mayRegister: refusal });
  await scene.register();
  await scene.say("offline", 1);
  await scene.pass(0);
  expect(scene.told.map(({ state }) => state)).toEqual(["on", "off"]);
  expect(scene.told.at(-1)).toMatchObject({
    reason: "refused",
    message: expect.stringContaining("Permission denied."),
  });
});

test("what is found after the end is not told", async () => {
  const scene = new Scene({ token: "given" });
  const registering = scene.asker.register(scene.registration);
  scene.asker.close();
  await scene.pass(20_000);
  await registering;
  expect(scene.told).toEqual([]);
  await scene.say("offline", 1);
  expect(scene.asked).toEqual([]);
});

test("a store that is closed asks for nothing", async () => {
  const scene = new Scene({ token: "given" });
  await scene.register();
  scene.asker.close();
  await scene.say("offline", 1);
  scene.asker.hide();
  scene.asker.leave();
  expect(scene.asked).toEqual([]);
});
