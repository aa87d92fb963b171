import {
  type Channel,
  type Failure,
  failureOf,
  type FindQuery,
  HoldfastError,
  type Logger,
  type ObjectDescription,
  parseFindQuery,
  sequenceOf,
  type Store,
  unreachable,
} from "@holdfast/core";
import type { Engine } from "@holdfast/sync";
import type { EndOptions } from "../holdfast.ts";
import {
  type CallKind,
  maxRows,
  type Message,
  type Output,
  type Push,
  type Result,
  type WatchValues,
} from "../wire.ts";
import { bindStore } from "./bind-store.ts";
import { ChangeFeed } from "./change-feed.ts";
import { Cursors } from "./cursors.ts";
import { Describer } from "./describer.ts";
import { openHostEngine, viewOf } from "./engine.ts";
import { LiveQueries } from "./live-queries.ts";
import { withEveryName } from "./link-names.ts";
import { findObject } from "./object-keys.ts";
import {
  type DecisionPorts,
  discardSelection,
  previewSelection,
  retrySelection,
} from "./outbox-decisions.ts";
import { toEntries } from "./outbox-entries.ts";
import { parkedPage, pendingPage } from "./outbox-views.ts";
import { ParkedIndex } from "./parked-index.ts";
import type { HostOptions, HostPorts } from "./ports.ts";
import { historyAfter, reportOf } from "./reports.ts";
import { Staging } from "./staging.ts";
import { statusOf } from "./status.ts";
import { namesOf, type StoreNames } from "./store-names.ts";
import { TokenQuestions } from "./token-questions.ts";
import { removeEveryStore, unsentWork } from "./traces.ts";
import { Waits } from "./waits.ts";
import { Watches } from "./watches.ts";
import { Writer } from "./writer.ts";

/** Storage and engine joined, for one page. What runs in the worker. */
export interface Host {
  /** Answers in the order of the messages. Never rejects: what goes wrong is the message's own result. */
  call(messages: readonly Message[]): Promise<readonly Result[]>;
  /** Resolves once what was called before is stored and the engine stands still. Idempotent. */
  close(): Promise<void>;
}

type Handlers = {
  readonly [Kind in CallKind]: (message: Message<Kind>) => Promise<Output<Kind>> | Output<Kind>;
};

/** What hosts of one store say to each other. */
type HostWord = { readonly word: "removing" };

/** How long the change sequence may go unread where a broadcast was lost (design §4.4). */
const heartbeatMs = 3_000;

interface Opened {
  readonly ports: HostPorts;
  readonly options: HostOptions;
  readonly names: StoreNames;
  readonly store: Store;
  readonly engine: Engine;
  readonly questions: TokenQuestions;
  readonly feed: ChangeFeed;
  /** To the hosts of other tabs. */
  readonly hosts: Channel;
  /** All that were opened for it. */
  readonly channels: readonly Channel[];
}

/** One page's host, from its opening to its end. */
export class HostSession implements Host {
  readonly #opened: Opened;
  readonly #logger: Logger;
  readonly #store: Store;
  readonly #writer: Writer;
  readonly #live: LiveQueries;
  readonly #describer: Describer;
  readonly #waits: Waits;
  readonly #watches: Watches;
  readonly #decisions: DecisionPorts;
  readonly #cursors: Cursors = new Cursors();
  readonly #staging: Staging = new Staging();
  readonly #handlers: Handlers;
  readonly #calls = new Set<Promise<Result>>();
  #over: Failure | undefined;
  #closing: Promise<void> | undefined;

  static async open(ports: HostPorts, options: HostOptions): Promise<HostSession> {
    const names = namesOf(options);
    const { clock, random, logger } = ports;
    const channels: Channel[] = [];
    const openChannel = (name: string): Channel => {
      const channel = ports.openChannel(name);
      channels.push(channel);
      return channel;
    };
    let store: Store | undefined;
    let feed: ChangeFeed | undefined;
    try {
      store = await ports.storage.open({
        databaseName: names.database,
        random,
        channel: openChannel(names.channels.storage),
        logger,
      });
      await bindStore(store, options, clock);
      const latest = await store.checkForChanges();
      feed = new ChangeFeed({ store, clock, logger, heartbeatMs }, latest);
      const questions = new TokenQuestions((question) =>
        options.onPush({ push: "token", question }),
      );
      const engineChannel = openChannel(names.channels.engine);
      const hosts = openChannel(names.channels.hosts);
      const engine = await openHostEngine({
        ports,
        options,
        store,
        questions,
        channel: engineChannel,
        name: names.database,
      });
      return new HostSession({
        ports,
        options,
        names,
        store,
        engine,
        questions,
        feed,
        hosts,
        channels,
      });
    } catch (error) {
      feed?.close();
      await store?.close();
      for (const channel of channels) channel.close();
      throw error;
    }
  }

  constructor(opened: Opened) {
    const { ports, options, store, feed, engine, hosts } = opened;
    const { clock, random, logger } = ports;
    const parked = new ParkedIndex(store);
    feed.subscribe((touched) => parked.touch(touched));
    const describer = new Describer(store);
    const push = (said: Push): void => options.onPush(said);
    this.#opened = opened;
    this.#logger = logger;
    this.#store = store;
    this.#describer = describer;
    this.#decisions = { store, clock, parked };
    this.#writer = new Writer({ store, clock, random, user: options.user });
    this.#live = new LiveQueries({ store, describer, logger, feed });
    this.#waits = new Waits({ store, feed, logger }, (waits) => push({ push: "reached", waits }));
    const readers: {
      readonly [Name in "status" | "pending" | "parked"]: () => Promise<WatchValues[Name]>;
    } = {
      status: () => statusOf({ store, clock, parked, engine: viewOf(engine) }),
      pending: () => pendingPage(store, parked),
      parked: () => parkedPage(store, parked),
    };
    this.#watches = new Watches({
      store,
      clock,
      logger,
      feed,
      push,
      live: this.#live,
      read: (name) => readers[name](),
      onOtherChange: (listener) => {
        const said = engine.status$.subscribe(listener);
        const stop = store.onStatus(listener);
        return () => {
          said.unsubscribe();
          stop();
        };
      },
    });
    this.#handlers = this.#makeHandlers();
    hosts.subscribe((word) => {
      if ((word as HostWord | null)?.word === "removing") void this.#removedElsewhere();
    });
  }

  async call(messages: readonly Message[]): Promise<readonly Result[]> {
    // All begin in this task, so that writes reach the store in the order of the messages.
    return await Promise.all(messages.map((message) => this.#begin(message)));
  }

  close(): Promise<void> {
    this.#closing ??= this.#close(closedHere);
    return this.#closing;
  }

  #begin(message: Message): Promise<Result> {
    const answer = this.#answer(message);
    // These two close the host themselves and must not wait for each other.
    if (message.kind === "signOut" || message.kind === "wipe") return answer;
    this.#calls.add(answer);
    return answer.finally(() => this.#calls.delete(answer));
  }

  async #answer(message: Message): Promise<Result> {
    if (this.#over !== undefined) return { failure: this.#over };
    try {
      const handler = Object.hasOwn(this.#handlers, message.kind)
        ? (this.#handlers[message.kind] as (message: Message) => unknown)
        : unreachable(message.kind as never);
      return { value: await handler(message) };
    } catch (error) {
      return { failure: this.#failureOf(error, message.kind) };
    }
  }

  #failureOf(error: unknown, kind: CallKind): Failure {
    const failure = failureOf(error);
    if (failure !== undefined) return failure;
    this.#logger.error(`The call ${kind} failed where it must not.`, { error });
    const what = error instanceof Error ? error.message : String(error);
    return { code: "StorageFailed", message: `${kind} met an error in Holdfast itself: ${what}` };
  }

  #makeHandlers(): Handlers {
    const store = this.#store;
    const { engine, feed, questions } = this.#opened;
    return {
      create: ({ input }) => this.#writer.create(input),
      stage: ({ batch, inputs }) => valueOf(this.#staging.add(batch, inputs)),
      commit: async ({ batch }) =>
        this.#cursors.pageOfWrite(await this.#writer.createAll(this.#staging.take(batch))),
      drop: ({ batch }) => {
        this.#staging.take(batch);
        return null;
      },
      edit: ({ edit }) => this.#writer.edit(edit),
      get: ({ object, project }) => this.#get(object, project),
      find: async ({ query: given }) => {
        const query = await withEveryName(store, parseFindQuery(given));
        const live = await this.#peek(query);
        if (live !== undefined) return this.#cursors.page(live);
        return this.#cursors.page(await this.#describer.describe(await store.find(query)));
      },
      count: async ({ query }) =>
        await store.countFound(await withEveryName(store, parseFindQuery(query))),
      more: ({ cursor }) => valueOf(this.#cursors.more(cursor)),
      watch: async ({ watch, target }) => {
        await this.#watches.add(watch, target);
        return null;
      },
      unwatch: ({ watch }) => {
        this.#watches.remove(watch);
        return null;
      },
      wait: ({ wait, for: target }) => {
        this.#waits.add(wait, target);
        return null;
      },
      unwait: ({ wait }) => {
        this.#waits.remove(wait);
        return null;
      },
      outboxList: async ({ after, limit }) => {
        const rows = await store.scan("outbox", { limit: checkLimit(limit), ...afterOf(after) });
        return await toEntries(store, rows);
      },
      retry: ({ selection }) => retrySelection(this.#decisions, selection),
      discardPreview: async ({ selection }) => {
        const preview = await previewSelection(this.#decisions, selection);
        const { operations, parks, objects } = preview;
        return {
          operations: this.#cursors.page(operations),
          parks: this.#cursors.page(parks),
          objects: this.#cursors.page(objects),
        };
      },
      discard: ({ selection }) => discardSelection(this.#decisions, selection),
      operation: async ({ id }) => (await reportOf(store, id)) ?? null,
      historyList: ({ after, limit }) => historyAfter(store, after, checkLimit(limit)),
      pause: () => {
        engine.pause();
        return null;
      },
      resume: () => {
        engine.resume();
        return null;
      },
      wake: () => {
        engine.wake();
        return null;
      },
      signOut: async (end) => {
        await this.#end(end, "user");
        return null;
      },
      wipe: async (end) => {
        await this.#end(end, "everyone");
        return null;
      },
      token: ({ question, token }) => {
        questions.answer(question, token);
        return null;
      },
      visible: async ({ visible }) => {
        if (!visible) return null;
        engine.wake();
        await feed.check();
        return null;
      },
    };
  }

  /** The result of a live query, once it is sure that no other tab has written what this one has not heard of. */
  async #peek(query: FindQuery): Promise<readonly ObjectDescription[] | undefined> {
    if (this.#live.peek(query) === undefined) return undefined;
    const latest = await this.#store.checkForChanges();
    return this.#opened.feed.latest >= latest ? this.#live.peek(query) : undefined;
  }

  async #get(object: string, project: string | undefined): Promise<Output<"get">> {
    const found = await findObject(this.#store, object, project);
    if ("failure" in found) {
      if (found.failure.code === "ResourceNotFound") return null;
      throw new HoldfastError(found.failure);
    }
    const [description] = await this.#describer.describe([found.row]);
    return description ?? null;
  }

  /** Removes the user's database, or all of the name, after every tab has let go of it. */
  async #end({ force = false }: EndOptions, whose: "user" | "everyone"): Promise<void> {
    const { ports, options, names } = this.#opened;
    if (!force) {
      const operations =
        (await this.#store.count("outbox")) +
        (whose === "everyone" ? await unsentWork(ports, options.name, names.database) : 0);
      if (operations > 0) throw new HoldfastError(unsent(operations));
    }
    this.#opened.hosts.post({ word: "removing" } satisfies HostWord);
    await this.#shut(signedOut);
    // Counted again in the removal itself: what another tab stored since is not to be lost unseen.
    const keep = { keepUnsent: !force };
    let kept = await ports.storage.remove(names.database, keep);
    if (whose === "everyone") kept += await removeEveryStore(ports, options.name, keep);
    if (kept === 0) return;
    // After the answer of this call: the page ends with it.
    ports.clock.timer(0, () => options.onPush({ push: "over", failure: signedOut }));
    throw new HoldfastError(unsent(kept));
  }

  async #removedElsewhere(): Promise<void> {
    await this.#shut(removedElsewhere);
    this.#opened.options.onPush({ push: "over", failure: removedElsewhere });
  }

  #shut(failure: Failure): Promise<void> {
    this.#closing ??= this.#close(failure);
    return this.#closing;
  }

  async #close(failure: Failure): Promise<void> {
    const { engine, questions, feed, channels } = this.#opened;
    this.#over = failure;
    this.#watches.close();
    this.#waits.close();
    this.#live.close();
    questions.close();
    feed.close();
    // What was called before is stored and answered, also where it must look something up first.
    await Promise.all(this.#calls);
    try {
      await engine.close();
    } finally {
      await this.#store.close();
      for (const channel of channels) channel.close();
    }
  }
}

function valueOf<Value>(result: Result<Value>): Value {
  if ("failure" in result) throw new HoldfastError(result.failure);
  return result.value;
}

function checkLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 1 && limit <= maxRows) return limit;
  throw new HoldfastError({
    code: "InvalidInput",
    message: `\`limit\` must be a whole number from 1 to ${maxRows}.`,
  });
}

const closedHere: Failure = {
  code: "StorageClosed",
  message: "The store was closed; open it again.",
};
const signedOut: Failure = {
  code: "StorageClosed",
  message: "Signed out; sign in and open the store.",
};
const removedElsewhere: Failure = {
  code: "StorageClosed",
  message: "Another tab has signed out; sign in and open the store.",
};

function unsent(operations: number): Failure {
  return {
    code: "UnsentWork",
    message: `${operations} changes are not on the platform yet; send them first, or force it to lose them.`,
    operations,
  };
}

function afterOf(after: string | undefined): { readonly after?: number } {
  const sequence = after === undefined ? undefined : sequenceOf(after);
  return sequence === undefined ? {} : { after: sequence };
}
