import { createPlatform } from "@holdfast/platform";
import { startServer } from "@holdfast/platform/node";

/** One call that reached the platform, by its own clock. */
export interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly fromMs: number;
  readonly toMs: number;
}

/** What the bench asks of the process; each is answered by one message. */
export type Order =
  | { readonly do: "watch" }
  | { readonly do: "seen" }
  | { readonly do: "latency"; readonly ms: number }
  /** For ever, whoever calls. */
  | { readonly do: "refuse"; readonly path: string };

export interface Ready {
  readonly url: string;
  readonly user: string;
  readonly project: string;
}

const platform = createPlatform({
  users: [{ name: "bench", token: process.argv[2] ?? "" }],
  projects: [{ name: "Bench" }],
});
let seen: SeenCall[] = [];

const server = await startServer({
  platform: {
    fetch: async (input, init) => {
      const { method, url } = input instanceof Request ? input : new Request(input, init);
      const call = { method, path: new URL(url).pathname, fromMs: performance.now() };
      const calls = seen;
      try {
        return await platform.fetch(input, init);
      } finally {
        calls.push({ ...call, toMs: performance.now() });
      }
    },
  },
});

process.on("message", (order: Order) => process.send?.(obey(order)));
process.once("disconnect", () => void server.close().then(() => process.exit(0)));
const ready: Ready = {
  url: server.url,
  user: platform.users[0]?.id ?? "",
  project: platform.projects[0]?.id ?? "",
};
process.send?.(ready);

function obey(order: Order): readonly SeenCall[] | null {
  switch (order.do) {
    case "watch":
      seen = [];
      return null;
    case "seen":
      return seen;
    case "latency":
      platform.faults.rates([{ rate: 1, fault: { kind: "latency", ms: order.ms } }]);
      return null;
    case "refuse":
      platform.faults.next(order.path, { kind: "refuse", error: "PermissionDenied" }, 1_000_000);
      return null;
    default:
      return order satisfies never;
  }
}
