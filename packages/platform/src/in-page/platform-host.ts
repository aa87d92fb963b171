import type { Clock } from "@holdfast/core";
import { ApiError } from "../api-error.ts";
import { openPlatform } from "../create-platform.ts";
import type { IndexedDbPersistence } from "../persistence/indexed-db-persistence.ts";
import type { Platform, PlatformOptions } from "../platform.ts";
import { serveFetch } from "../transport/serve-fetch.ts";
import { demoToken } from "./demo-token.ts";
import { isNetworkState, NetworkSwitch } from "./network-switch.ts";
import { TurnedClock } from "./turned-clock.ts";
import type { FromHost, PlatformInfo, RemoteControl, ToHost } from "./wire.ts";

interface HostPorts {
  readonly clock: Clock;
  readonly persistence: IndexedDbPersistence;
}

interface HostParts extends HostPorts {
  readonly clock: TurnedClock;
}

/** The world of an origin that nobody has set up: a person, a colleague and a project of theirs. */
const defaultWorld = {
  seed: 1,
  users: [{ name: "ada" }, { name: "ben" }],
  projects: [{ name: "Lab", permissions: { "user-ada": "ADMINISTER", "user-ben": "CONTRIBUTE" } }],
} as const satisfies PlatformOptions;

const networkSetting = "network";
const aheadSetting = "aheadMs";

/**
 * The one platform of an origin, with the network in front of it: what runs in a worker. Whoever connects
 * gets the control messages of `wire.ts`; API calls come through ports of their own, and through the network.
 */
export class PlatformHost {
  readonly #ports: HostParts;
  readonly #network: NetworkSwitch;
  readonly #control: RemoteControl;
  readonly #connected = new Set<MessagePort>();
  #platform: Platform;

  private constructor(ports: HostParts, platform: Platform, network: unknown) {
    this.#ports = ports;
    this.#platform = platform;
    this.#network = new NetworkSwitch(
      {
        clock: ports.clock,
        seed: () => this.#platform.seed,
        fetch: (request) => this.#platform.fetch(request),
      },
      isNetworkState(network) ? network : "online",
    );
    this.#control = this.#createControl();
  }

  static async open({ clock, persistence }: HostPorts): Promise<PlatformHost> {
    // Time never goes back in a world, whoever ends the worker.
    const ahead = Number((await persistence.readSetting(aheadSetting)) ?? 0);
    const ports = { clock: new TurnedClock(clock, ahead), persistence };
    const platform = await openPlatform({ ...defaultWorld, ...ports });
    await admitFirstUser(platform);
    const network = await ports.persistence.readSetting(networkSetting);
    return new PlatformHost(ports, platform, network);
  }

  /** A call that the browser itself has brought here, through the network. */
  fetch(request: Request): Promise<Response> {
    return this.#network.fetch(request);
  }

  connect(port: MessagePort): void {
    const send = (message: FromHost): void => port.postMessage(message);
    const stop = this.#network.subscribe((state) => send({ type: "network", state }));
    this.#connected.add(port);
    port.addEventListener("close", () => {
      stop();
      this.#connected.delete(port);
    });
    port.onmessage = ({ data }: MessageEvent<ToHost>) => {
      if (data.type === "transport") {
        serveFetch(data.port, (request) => this.#network.fetch(request));
      } else {
        void this.#answer(data).then(send);
      }
    };
    send({ type: "hello", network: this.#network.state });
  }

  /** Ends every connection. Resolves once all that has happened is saved, and nothing can happen any more. */
  async close(): Promise<void> {
    for (const port of this.#connected) port.close();
    await this.#platform.close();
  }

  async #answer({ id, method, args }: ToHost & { readonly type: "call" }): Promise<FromHost> {
    try {
      if (!Object.hasOwn(this.#control, method)) throw new Error(`there is no method ${method}`);
      const call = this.#control[method] as (...inputs: readonly unknown[]) => Promise<unknown>;
      return { type: "result", id, value: await call(...args) };
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      return {
        type: "failure",
        id,
        message,
        code: error instanceof ApiError ? error.type : undefined,
      };
    }
  }

  #createControl(): RemoteControl {
    // Asked for each call: a reset puts another platform in the place of this one.
    const platform = (): Platform => this.#platform;
    return {
      info: () => Promise.resolve(infoOf(platform())),
      reset: async (options) => {
        await platform().close();
        await this.#ports.persistence.replace([]);
        this.#platform = await openPlatform({ ...defaultWorld, ...options, ...this.#ports });
        await admitFirstUser(platform());
        return infoOf(platform());
      },
      setNetwork: async (state) => {
        if (!isNetworkState(state)) throw new Error(`there is no network state ${String(state)}`);
        await this.#ports.persistence.writeSetting(networkSetting, state);
        this.#network.set(state);
      },
      passTime: async (ms) => {
        if (!Number.isSafeInteger(ms) || ms < 0) {
          throw new Error(`time passes by whole milliseconds, not by ${String(ms)}`);
        }
        const { clock, persistence } = this.#ports;
        await persistence.writeSetting(aheadSetting, String(clock.aheadMs + ms));
        clock.turn(ms);
      },
      act: (...args) => platform().control.act(...args),
      setLevel: (...args) => platform().control.setLevel(...args),
      setFlags: (...args) => platform().control.setFlags(...args),
      addUser: (...args) => platform().control.addUser(...args),
      addProject: (...args) => platform().control.addProject(...args),
      addDatabase: (...args) => platform().control.addDatabase(...args),
      addToken: (...args) => platform().control.addToken(...args),
      revokeToken: (...args) => platform().control.revokeToken(...args),
      nextFault: async (...args) => void platform().faults.next(...args),
      faultRates: async (rates) => platform().faults.rates(rates),
      clearFaults: async () => platform().faults.clear(),
      effects: () => Promise.resolve(platform().effects),
      requests: () => Promise.resolve(platform().requests),
      snapshot: () => Promise.resolve(platform().snapshot()),
      restore: async (world) => {
        await platform().restore(world);
        await admitFirstUser(platform());
      },
    };
  }
}

function firstUserOf(platform: Platform): string {
  return platform.users[0]?.id ?? "";
}

/** The first user can always come in: its token is drawn, not kept. */
async function admitFirstUser(platform: Platform): Promise<void> {
  const user = firstUserOf(platform);
  if (user !== "") await platform.control.addToken(user, demoToken(platform.seed, user));
}

function infoOf(platform: Platform): PlatformInfo {
  const user = firstUserOf(platform);
  const { users, projects, seed } = platform;
  return { users, projects, user, token: demoToken(seed, user) };
}
