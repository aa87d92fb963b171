import { routeNames } from "@holdfast/platform";
import {
  connectPlatform,
  type PlatformConnection,
  type PlatformInfo,
} from "@holdfast/platform/connect";
import { facts } from "../../conformance/facts/all.ts";
import type { Ground } from "../../conformance/fact-lab.ts";
import { groundIds, groundPeople, groundProjects, groundUsers } from "../../conformance/grounds.ts";
import { reportOf } from "../../conformance/report.ts";
import { runFacts } from "../../conformance/run-facts.ts";

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const origin = "https://platform.holdfast.invalid";

async function connect(): Promise<PlatformConnection> {
  const { active } = await navigator.serviceWorker.ready;
  if (active === null) throw new Error("A worker that is ready is active.");
  return await connectPlatform(active);
}

async function during<Value>(
  act: (connection: PlatformConnection) => Promise<Value>,
): Promise<Value> {
  const connection = await connect();
  try {
    return await act(connection);
  } finally {
    connection.close();
  }
}

function reset(): Promise<PlatformInfo> {
  const world = { seed: 7, users: groundUsers, projects: groundProjects };
  return during((connection) => connection.reset(world));
}

const page = {
  /** Resolves once the worker answers for this page. */
  async register(script: string): Promise<void> {
    const taken = new Promise((resolve) =>
      navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }),
    );
    await navigator.serviceWorker.register(script, { type: "module" });
    if (navigator.serviceWorker.controller === null) await taken;
  },

  async unregister(): Promise<void> {
    const registrations = await navigator.serviceWorker.getRegistrations();
    await Promise.all(registrations.map((registration) => registration.unregister()));
  },

  async info(): Promise<PlatformInfo> {
    const connection = await connect();
    const info = await connection.info();
    connection.close();
    return info;
  },

  async call(url: string, input: object, token: string): Promise<Answer> {
    const response = await fetch(url, {
      method: "POST",
      body: JSON.stringify(input),
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
    });
    const body = (await response.json()) as Readonly<Record<string, unknown>>;
    return { status: response.status, body };
  },

  /** What a SharedWorker says that shall open the same world: nothing where it could. */
  async openSharedWorker(): Promise<string> {
    const worker = new SharedWorker(new URL("@holdfast/platform/shared-worker", import.meta.url), {
      type: "module",
    });
    return await connectPlatform(worker).then(
      () => "",
      (error: unknown) => String(error),
    );
  },

  /** What became of each fact. */
  async conformance(): Promise<{
    readonly report: string;
    readonly outcomes: Readonly<Record<string, string>>;
  }> {
    const ground = async (): Promise<Ground> => {
      const { projects } = await reset();
      return {
        fetch: (to, init) => fetch(to, init),
        url: origin,
        token: "ada-token",
        ...groundIds(projects),
        people: groundPeople,
        routes: new Set(routeNames),
        fault: (fault) => during((connection) => connection.nextFault("*", fault)),
        turn: (ms) => during((connection) => connection.passTime(ms)),
        addDatabase: (project) => during((connection) => connection.addDatabase(project, "db")),
        addToken: (token, projects) =>
          during((connection) => connection.addToken("user-ada", token, { projects })),
        isBrowser: true,
      };
    };
    const results = await runFacts(facts, { ground });
    return {
      report: reportOf(results),
      outcomes: Object.fromEntries(results.map(({ id, outcome }) => [id, outcome])),
    };
  },
};

declare global {
  // What the test calls.
  var serviceWorkerPage: typeof page;
}
globalThis.serviceWorkerPage = page;
