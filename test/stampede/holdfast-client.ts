import { type JournalRow, type JsonObject, silentLogger } from "@holdfast/core";
import { BehaviorSubject, Subject } from "rxjs";
import type { ApiCall } from "../../packages/sync/src/api-client.ts";
import { Blocks } from "../../packages/sync/src/blocks.ts";
import { Carrier } from "../../packages/sync/src/carrier.ts";
import { Connection } from "../../packages/sync/src/connection.ts";
import { Dispatcher } from "../../packages/sync/src/dispatcher.ts";
import { Gate } from "../../packages/sync/src/gate.ts";
import type { ConnectionHint } from "../../packages/sync/src/hints.ts";
import { defaultLimits } from "../../packages/sync/src/limits.ts";
import { Reader } from "../../packages/sync/src/reader.ts";
import { Session } from "../../packages/sync/src/session.ts";
import { type Client, type ClientParts, project, rowsOf } from "./crowd.ts";

/**
 * The engine's own connection, breaker, budget, survey and carrier, over lanes that are never merged and whose store
 * is never asked: what they say of the platform is what the engine would.
 */
export function openHoldfastClient(parts: ClientParts): Client {
  const { clock, platform, number, account, workload } = parts;
  const random = {
    bytes: (length: number, entity: string) => parts.random.bytes(length, `${number}:${entity}`),
    fraction: (entity: string) => parts.random.fraction(`${number}:${entity}`),
  };
  const { signal } = new AbortController();
  const limits = defaultLimits;
  const hints$ = new Subject<ConnectionHint>();
  const paused$ = new BehaviorSubject(false);
  const gate = new Gate({ ...limits, clock });
  const post = (call: ApiCall): ReturnType<typeof platform.call> =>
    platform.call({ account, client: number, path: call.path }, () => answerTo(call, clock.now()));
  const connection = new Connection({
    clock,
    random,
    limits,
    paused$,
    hints$,
    session: new Session({ post, clock, user: "user-ada", ask: async () => "token", limits }),
    greet: (token) => post({ path: "/system/comeBackLater", body: "{}", token }),
    onOverload: () => gate.startSlowly(),
    resign: () => undefined,
  });
  const dispatcher = new Dispatcher({
    term: { signal, mayAct: () => true, renew: async () => undefined },
    clock,
    client: { post },
    storage: { put: () => Promise.reject(new Error("No parts here.")) },
    connection,
    gate,
    limits,
    paused$,
  });
  const reader = new Reader({ dispatcher, clock, random, limits, hints$, signal });
  const carrier = new Carrier({
    signal,
    clock,
    random,
    logger: silentLogger,
    limits,
    hints$,
    connection,
    dispatcher,
    removals: dispatcher,
    blocks: new Blocks({ clock, random, limits }),
    doubts: {
      isStale: () => false,
      now: () => ({ wallAt: clock.now(), monotonicAt: clock.monotonic() }),
      resolve: async () => "sendAgain",
      seeCopy: async (_, ending) => ending,
    },
    outcomes: { record: async () => ({ kind: "returned" }) },
  });
  const ask = (path: string, body: JsonObject): Promise<unknown> =>
    reader.ask({ path, body, parse: () => true });
  const lane = async (rows: readonly JournalRow[]): Promise<void> => {
    for (const row of rows) {
      const told = { gathered: nothing, left: nothing, returned: nothing };
      await carrier.carry(row, { inherited: false, ...told });
    }
  };
  const work = async (): Promise<void> => {
    await ask(`/${project}/describe`, { fields: { level: true } });
    await ask("/system/describeDataObjects", {});
    await Promise.all(rowsOf(number, workload).map(lane));
  };
  void connection.run(signal);
  return { number, account, drained: work(), online: () => hints$.next("soon") };
}

function answerTo({ path }: ApiCall, nowAt: number): string {
  if (path === "/system/whoami") return '{"id":"user-ada"}';
  if (path === "/system/comeBackLater") return `{"currentTime":${nowAt}}`;
  return `{"id":"${path.split("/")[1] ?? ""}"}`;
}

function nothing(): void {}
