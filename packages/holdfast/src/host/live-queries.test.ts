import {
  type FindQuery,
  fromLocalKey,
  type ObjectDescription,
  type ObjectId,
  type ObjectState,
  type ProvisionalId,
  type Put,
  silentLogger,
  type Store,
} from "@holdfast/core";
import {
  MemoryDatabase,
  memoryStore,
  sampleKey,
  sampleObject,
  sampleProject,
  sampleProvisionalId,
  sampleRealId,
  settleMicrotasks,
  VirtualClock,
} from "@holdfast/core/testing";
import fc from "fast-check";
import { Subscription } from "rxjs";
import { expect, test } from "vitest";
import { Line } from "../client/line.ts";
import { watchRows } from "../client/rows-watch.ts";
import type { Transport, TransportListener } from "../client/transport.ts";
import type { Message, Result } from "../wire.ts";
import { ChangeFeed } from "./change-feed.ts";
import { Describer } from "./describer.ts";
import { withEveryName } from "./link-names.ts";
import { LiveQueries } from "./live-queries.ts";
import { Watches } from "./watches.ts";

const heartbeatMs = 3_000;

/** One tab: a page's line on the live queries of a host, over one store of a shared database. */
class Tab {
  readonly store: Store;
  readonly line: Line;
  readonly #shown = new Map<
    string,
    { rows: readonly ObjectDescription[]; count: unknown; of: Subscription }
  >();

  constructor(store: Store, clock: VirtualClock) {
    this.store = store;
    const describer = new Describer(store);
    const feed = new ChangeFeed({ store, clock, logger: silentLogger, heartbeatMs }, 0);
    const live = new LiveQueries({ store, describer, logger: silentLogger, feed });
    let listener: TransportListener | undefined;
    const watches = new Watches({
      store,
      clock,
      logger: silentLogger,
      feed,
      live,
      push: (push) => listener?.onPush(structuredClone(push)),
      read: () => Promise.reject(new Error("Only rows are watched here.")),
      readProject: () => Promise.reject(new Error("Only rows are watched here.")),
      readSubfolders: () => Promise.reject(new Error("Only rows are watched here.")),
      onOtherChange: () => () => {},
    });
    const answer = async (message: Message): Promise<Result> => {
      if (message.kind === "watch") await watches.add(message.watch, message.target);
      if (message.kind === "unwatch") watches.remove(message.watch);
      return { value: null };
    };
    const transport: Transport = {
      call: async (messages) => await Promise.all(messages.map(answer)),
      listen: (given) => {
        listener = given;
      },
      close: async () => {},
    };
    this.line = new Line({ transport, clock, logger: silentLogger }, () => "token");
  }

  watch(query: FindQuery): void {
    const name = JSON.stringify(query);
    if (this.#shown.has(name)) return;
    const shown = { rows: [], count: undefined, of: new Subscription() };
    this.#shown.set(name, shown);
    const { of } = shown;
    of.add(watchRows(this.line, query).subscribe((rows) => Object.assign(shown, { rows })));
    of.add(
      this.line
        .watch({ of: "count", query })
        .subscribe((push) => Object.assign(shown, { count: "value" in push && push.value })),
    );
  }

  unwatch(query: FindQuery): void {
    const name = JSON.stringify(query);
    this.#shown.get(name)?.of.unsubscribe();
    this.#shown.delete(name);
  }

  async expectTrue(what: string): Promise<void> {
    for (const [name, { rows, count }] of this.#shown) {
      const query = JSON.parse(name) as FindQuery;
      const named = await withEveryName(this.store, query);
      const asked = await this.store.find(named);
      expect(count, `count of ${name} ${what}`).toBe(await this.store.countFound(named));
      const fresh = await new Describer(this.store).describe(asked);
      expect(rows, `${name} ${what}`).toEqual(fresh);
    }
  }
}

const base = { visibility: "either" } as const;
const scope = { project: sampleProject() };
const queries: readonly FindQuery[] = [
  {},
  { ...base, limit: 1 },
  { ...base, limit: 3 },
  { limit: 3, offset: 2 },
  { ...base, scope, limit: 4, sortBy: { field: "created", ordering: "ascending" } },
  { ...base, scope, limit: 3, sortBy: { field: "created", ordering: "descending" } },
  { scope: { project: sampleProject(), folder: "/a" }, limit: 3 },
  { scope: { project: sampleProject(), folder: "/a", recurse: false } },
  { tags: { $or: ["x", "y"] }, limit: 2 },
  { state: "open", limit: 3 },
  { visibility: "hidden", limit: 5 },
  { name: { glob: "record-0*" }, limit: 3 },
  { link: sampleProvisionalId(1) },
  { link: sampleRealId(2) },
  { id: [sampleProvisionalId(0), sampleProvisionalId(3), sampleRealId(4)] },
  { modified: { after: 3, before: 7 }, limit: 2 },
  { properties: { donor: sampleProvisionalId(1) } },
];

const numbers = fc.nat(6);
const view = fc.record({
  name: fc.constantFrom(null, "S"),
  folder: fc.constantFrom("/", "/a", "/a/b", "/b"),
  state: fc.constantFrom("open", "closed"),
  hidden: fc.boolean(),
  tags: fc.subarray(["x", "y", "z"]),
  created: fc.nat(4),
  modified: fc.nat(9),
});
const mention = fc.option(fc.record({ n: fc.constantFrom(1, 2), real: fc.boolean() }), {
  nil: undefined,
});
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("put"), n: numbers, view, mention }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("ack"), n: numbers }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("delete"), n: numbers }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("flood"), modified: fc.nat(9) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("watch"), q: fc.nat(queries.length - 1) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant("unwatch"), q: fc.nat(queries.length - 1) }),
  },
);
/** `quiet`: let everything settle and compare; else go on in the middle of it, after some turns. */
const steps = fc.array(
  fc.record({ tab: fc.nat(2), step, quiet: fc.boolean(), turns: fc.nat(12) }),
  { minLength: 1, maxLength: 30 },
);
type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;

function detailsOf(target: string): Pick<ObjectState, "details" | "links" | "properties"> {
  const details = JSON.stringify({ donor: { $dnanexus_link: target } });
  return { details: details as never, links: [target], properties: { donor: target } };
}

async function perform(tab: Tab, one: Step): Promise<void> {
  if (one.do === "watch") return tab.watch(queries[one.q] as FindQuery);
  if (one.do === "unwatch") return tab.unwatch(queries[one.q] as FindQuery);
  if (one.do === "flood") {
    const rows = Array.from({ length: 501 }, (_, n) =>
      sampleObject(100 + n, { modified: one.modified, hidden: true }),
    );
    return await tab.store.write({
      durability: "strict",
      reads: {},
      decide: () => ({
        puts: rows.map((row): Put => ({ table: "objects", row })),
        result: undefined,
      }),
    });
  }
  const key = sampleKey(one.n);
  await tab.store.write<undefined>({
    durability: "strict",
    reads: { objects: [key] },
    decide(rows) {
      const row = rows.object(key);
      switch (one.do) {
        case "put": {
          const { n, real } = one.mention ?? {};
          const target = n !== undefined && (real ? sampleRealId(n) : sampleProvisionalId(n));
          const put = sampleObject(
            one.n,
            { ...one.view, ...(target && detailsOf(target)) },
            row?.realId === undefined ? {} : { realId: row.realId },
          );
          return { puts: [{ table: "objects", row: put }], result: undefined };
        }
        case "ack": {
          if (row === undefined) return { result: undefined };
          const { id, project } = fromLocalKey(key);
          const realId = sampleRealId(one.n) as ObjectId;
          const alias = { version: 1, local: id as ProvisionalId, id: realId, project } as const;
          return {
            puts: [
              { table: "objects", row: { ...row, realId } },
              { table: "aliases", row: alias },
            ],
            result: undefined,
          };
        }
        case "delete":
          return { deletes: [{ table: "objects", key }], result: undefined };
        default:
          return one satisfies never;
      }
    },
  });
}

test("what every tab shows after any history is what a fresh find answers", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(queries.length), steps, async (one, history) => {
      const database = new MemoryDatabase({ keepChanges: 3 });
      const clock = new VirtualClock();
      // The third hears nothing of the others but at its heartbeats.
      const tabs = [true, true, false].map(
        (hearsBroadcasts) => new Tab(memoryStore({ database, hearsBroadcasts }), clock),
      );
      for (const tab of tabs) for (const query of queries.slice(one)) tab.watch(query);
      for (const [index, { tab, step, quiet, turns }] of history.entries()) {
        void perform(tabs[tab] as Tab, step);
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        if (!quiet && index < history.length - 1) continue;
        await settleMicrotasks();
        await clock.advance(heartbeatMs);
        await settleMicrotasks();
        for (const [n, one] of tabs.entries()) await one.expectTrue(`tab ${n} after step ${index}`);
      }
    }),
    { numRuns: 300, seed: 1 },
  );
}, 120_000);
