import type { Put, Store } from "@holdfast/core";
import type { HostPorts } from "holdfast/in-thread";

/** Ways to break a promise on purpose, by wrapping a port: the demo must then say what was broken. */
export type Sabotage = "nonce" | "outbox";

export const sabotages: readonly Sabotage[] = ["nonce", "outbox"];

type Ports = Omit<HostPorts, "logger">;

export function sabotagePorts(ports: Ports, sabotage: Sabotage | undefined): Ports {
  switch (sabotage) {
    case undefined:
      return ports;
    case "nonce":
      return { ...ports, fetch: withFreshNonces(ports.fetch) };
    case "outbox":
      return {
        ...ports,
        storage: {
          ...ports.storage,
          open: async (request) => withForgottenRow(await ports.storage.open(request)),
        },
      };
  }
}

/** Every delivery of a create gets a nonce of its own, so that the platform cannot know it again. */
function withFreshNonces(fetch: Ports["fetch"]): Ports["fetch"] {
  let deliveries = 0;
  return async (request) => {
    const text = await request.clone().text();
    const body = JSON.parse(text) as { readonly nonce?: string };
    if (body.nonce === undefined) return await fetch(request);
    deliveries += 1;
    const changed = JSON.stringify({ ...body, nonce: `${body.nonce}-${deliveries}` });
    const { url, method, headers, signal } = request;
    return await fetch(new Request(url, { method, headers, signal, body: changed }));
  };
}

/** Every seventh annotation is told to be stored, and is not in the outbox; nor does its object count it, or it would be missed. */
function withForgottenRow(store: Store): Store {
  return new Proxy(store, {
    get(target, property) {
      if (property !== "write") {
        const value: unknown = Reflect.get(target, property, target);
        return typeof value === "function" ? value.bind(target) : value;
      }
      const write: Store["write"] = (given) =>
        target.write({
          ...given,
          decide: (rows) => {
            const decision = given.decide(rows);
            if ("failure" in decision || decision.puts === undefined) return decision;
            return { ...decision, puts: withoutForgotten(decision.puts) };
          },
        });
      return write;
    },
  });
}

function withoutForgotten(puts: readonly Put[]): readonly Put[] {
  const forgotten = puts.filter(isForgotten).map((put) => put.row.lane);
  return puts
    .filter((put) => !isForgotten(put))
    .map((put): Put => {
      if (put.table !== "objects") return put;
      const missing = forgotten.filter((lane) => lane === put.row.key).length;
      return { ...put, row: { ...put.row, pending: put.row.pending - missing } };
    });
}

function isForgotten(put: Put): put is Extract<Put, { table: "outbox" }> {
  if (put.table !== "outbox") return false;
  const { operation, sequence, request } = put.row;
  return operation.kind === "setProperties" && request === undefined && sequence % 7 === 0;
}
