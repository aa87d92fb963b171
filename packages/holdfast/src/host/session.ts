import { type Failure, failureOf, HoldfastError, unreachable } from "@holdfast/core";
import { merge } from "rxjs";
import type { EndOptions } from "../holdfast.ts";
import type { CallKind, Message, Push, Result, WatchValues } from "../wire.ts";
import { contentCalls } from "./content-calls.ts";
import { newMd5 as md5ByWasm } from "../md5.ts";
import { ContentWritings } from "./contents/content-writings.ts";
import { Housekeeping } from "./contents/housekeeping.ts";
import { Cursors } from "./cursors.ts";
import { Describer } from "./describer.ts";
import { engineCalls } from "./engine-calls.ts";
import type { Handlers } from "./handlers.ts";
import { closedHere, removedElsewhere, signedOut, unsentWorkFailure } from "./host-ends.ts";
import { KeptPolicies } from "./kept-policies.ts";
import { KeyBook } from "./key-book.ts";
import { LiveQueries } from "./live-queries.ts";
import { objectCalls } from "./object-calls.ts";
import { type HostParts, openHostParts } from "./open-parts.ts";
import { outboxCalls } from "./outbox-calls.ts";
import { parkedPage, pendingPage } from "./outbox-views.ts";
import { ParkedIndex } from "./parked-index.ts";
import type { HostOptions, HostPorts } from "./ports.ts";
import { projectCalls, readProject, readSubfolders } from "./project-calls.ts";
import { Seeking } from "./seeking.ts";
import { StatusReader } from "./status.ts";
import { removeEveryStore, unsentWork } from "./traces.ts";
import { Waits } from "./waits.ts";
import { watchCalls } from "./watch-calls.ts";
import { Watches } from "./watches.ts";
import { Writer } from "./writer.ts";

/** Storage and engine joined, for one page. What runs in the worker. */
export interface Host {
  /** Answers in the order of the messages. Never rejects: what goes wrong is the message's own result. */
  call(messages: readonly Message[]): Promise<readonly Result[]>;
  /** Resolves once what was called before is stored and the engine stands still. Idempotent. */
  close(): Promise<void>;
}

/** What hosts of one store say to each other. */
type HostWord = { readonly word: "removing" };

/** One page's host, from its opening to its end. */
export class HostSession implements Host {
  readonly #parts: HostParts;
  readonly #live: LiveQueries;
  readonly #waits: Waits;
  readonly #seeking: Seeking;
  readonly #watches: Watches;
  readonly #policies: KeptPolicies;
  readonly #writings: ContentWritings;
  readonly #housekeeping: Housekeeping;
  readonly #handlers: Handlers;
  readonly #calls = new Set<Promise<Result>>();
  #over: Failure | undefined;
  #closing: Promise<void> | undefined;

  static async open(ports: HostPorts, options: HostOptions): Promise<HostSession> {
    return new HostSession(await openHostParts(ports, options));
  }

  constructor(parts: HostParts) {
    const { ports, options, store, contents, feed, engine, questions, disputes, hosts } = parts;
    const { clock, random, locks, logger, newMd5 = md5ByWasm } = ports;
    const parked = new ParkedIndex(store);
    feed.subscribe((touched) => parked.touch(touched));
    const status = new StatusReader({ store, clock, parked, engine });
    const cursors = new Cursors();
    const describer = new Describer(store);
    const push = (said: Push): void => options.onPush(said);
    this.#parts = parts;
    this.#live = new LiveQueries({ store, describer, logger, feed });
    this.#waits = new Waits({ store, feed, logger }, (waits) => push({ push: "reached", waits }));
    const readers: {
      readonly [Name in "status" | "pending" | "parked" | "transfers"]: () => Promise<
        WatchValues[Name]
      >;
    } = {
      status: () => status.read(),
      pending: () => pendingPage(store, parked),
      parked: () => parkedPage(store, { parked, engine }),
      transfers: async () => engine.transfers,
    };
    this.#watches = new Watches({
      store,
      clock,
      logger,
      feed,
      push,
      live: this.#live,
      read: (name) => readers[name](),
      readProject: (project) => readProject({ store, describer }, project),
      readSubfolders: (project, folder) => readSubfolders(store, project, folder),
      onOtherChange: (listener) => {
        const said = merge(engine.status$, engine.transfers$).subscribe(listener);
        const stop = store.onStatus(listener);
        return () => {
          said.unsubscribe();
          stop();
        };
      },
    });
    this.#seeking = new Seeking({ store, engine, push });
    const keys = new KeyBook(store);
    const writer = new Writer({
      ...{ store, clock, random, keys, user: options.user },
      serverOffsetMs: () => engine.serverOffsetMs,
    });
    const house = { store, contents, locks };
    this.#writings = new ContentWritings({
      ...{ ...house, clock, random, newMd5 },
      partBytes: options.limits?.partBytes,
    });
    this.#housekeeping = new Housekeeping({ ...house, clock, logger });
    const { parked: policies = {} } = options;
    this.#policies = new KeptPolicies({ store, clock, logger, feed, parked, engine, policies });
    this.#handlers = {
      ...contentCalls({ store, contents, clock, random }),
      ...objectCalls({
        ...{ store, writer, live: this.#live, describer, cursors, feed },
        writings: this.#writings,
      }),
      ...projectCalls({ store, writer, describer, cursors }),
      ...watchCalls({ watches: this.#watches, waits: this.#waits, seeking: this.#seeking, keys }),
      ...outboxCalls({ store, clock, random, parked, cursors }),
      ...engineCalls({ engine, questions, disputes, feed }),
      signOut: async (end) => {
        await this.#end(end, "user");
        return null;
      },
      wipe: async (end) => {
        await this.#end(end, "everyone");
        return null;
      },
    };
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
    this.#parts.ports.logger.error(`The call ${kind} failed where it must not.`, { error });
    const what = error instanceof Error ? error.message : String(error);
    return { code: "StorageFailed", message: `${kind} met an error in Holdfast itself: ${what}` };
  }

  /** Removes the user's database, or all of the name, after every tab has let go of it. */
  async #end({ force = false }: EndOptions, whose: "user" | "everyone"): Promise<void> {
    const { ports, options, names, store, hosts } = this.#parts;
    if (!force) {
      const operations =
        (await store.count("outbox")) +
        (whose === "everyone" ? await unsentWork(ports, options.name, names.database) : 0);
      if (operations > 0) throw new HoldfastError(unsentWorkFailure(operations));
    }
    hosts.post({ word: "removing" } satisfies HostWord);
    await this.#shut(signedOut);
    // Counted again in the removal itself: what another tab stored since is not to be lost unseen.
    const keep = { keepUnsent: !force };
    let kept = await ports.storage.remove(names.database, keep);
    if (whose === "everyone") kept += await removeEveryStore(ports, options.name, keep);
    if (kept === 0) return;
    // After the answer of this call: the page ends with it.
    ports.clock.timer(0, () => options.onPush({ push: "over", failure: signedOut }));
    throw new HoldfastError(unsentWorkFailure(kept));
  }

  async #removedElsewhere(): Promise<void> {
    await this.#shut(removedElsewhere);
    this.#parts.options.onPush({ push: "over", failure: removedElsewhere });
  }

  #shut(failure: Failure): Promise<void> {
    this.#closing ??= this.#close(failure);
    return this.#closing;
  }

  async #close(failure: Failure): Promise<void> {
    const { engine, store, contents, questions, disputes, feed, channels } = this.#parts;
    this.#over = failure;
    this.#policies.close();
    const swept = this.#housekeeping.close();
    this.#watches.close();
    this.#waits.close();
    this.#seeking.close();
    this.#live.close();
    questions.close();
    disputes.close();
    feed.close();
    // What was called before is stored and answered, also where it must look something up first.
    await Promise.all(this.#calls);
    await this.#writings.close();
    await swept;
    try {
      await engine.close();
    } finally {
      await contents.close();
      await store.close();
      for (const channel of channels) channel.close();
    }
  }
}
