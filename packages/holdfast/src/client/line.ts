import {
  assert,
  type Clock,
  delay,
  type DetailsAnswer,
  type Failure,
  failureOf,
  HoldfastError,
  type Logger,
  type ObjectId,
} from "@holdfast/core";
import { Observable, type Subscriber } from "rxjs";
import type { DecideDetails } from "../details-conflict.ts";
import type { WaitOptions } from "../receipt.ts";
import {
  type CallKind,
  maxRows,
  type Message,
  type Output,
  type Page,
  type Push,
  type Result,
  rowsOf,
  type WaitTarget,
  type WatchTarget,
} from "../wire.ts";
import type { Transport } from "./transport.ts";

interface Pending {
  readonly message: Message;
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

type DetailsPush = Extract<Push, { push: "detailsConflict" }>;
type WatchPush = Extract<Push, { push: "rows" | "value" }>;

/** How long the app's `token()` may take: then it counts as offline (design §5, identity). */
const tokenDeadlineMs = 10_000;

export interface LinePorts {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly logger: Logger;
}

type TokenSource = () => string | Promise<string>;

/**
 * The page's end of the wire. Everything called in one tick leaves in one message of at most 500 rows, or in
 * as few as that allows; answers and pushes find their caller here.
 */
export class Line {
  readonly #transport: Transport;
  readonly #clock: Clock;
  readonly #logger: Logger;
  readonly #token: TokenSource;
  readonly #decide: DecideDetails | undefined;
  readonly #watches = new Map<number, Subscriber<WatchPush>>();
  readonly #waits = new Map<
    number,
    { readonly resolve: (id?: ObjectId) => void; readonly reject: (error: unknown) => void }
  >();
  #queue: Pending[] = [];
  readonly #sent = new Set<Pending>();
  readonly #calls = new Set<Promise<void>>();
  #lastNumber = 0;
  #over: Failure | undefined;
  #closing: Promise<void> | undefined;
  readonly #ended: Promise<void>;
  #onEnded!: () => void;

  /** @param decide - of the app: details that both sides changed. Not asked where there is none. */
  constructor(ports: LinePorts, token: TokenSource, decide?: DecideDetails) {
    const { transport, clock, logger } = ports;
    this.#logger = logger;
    this.#transport = transport;
    this.#clock = clock;
    this.#token = token;
    this.#decide = decide;
    this.#ended = new Promise((resolve) => {
      this.#onEnded = resolve;
    });
    transport.listen({
      onPush: (push) => this.#onPush(push),
      onLost: (failure) => this.#end(failure),
    });
  }

  /** A number for a watch, a wait or a batch: unique within this line. */
  nextNumber(): number {
    this.#lastNumber += 1;
    return this.#lastNumber;
  }

  send<Kind extends CallKind>(
    message: Message<Kind>,
    { signal }: WaitOptions = {},
  ): Promise<Output<Kind>> {
    return new Promise<Output<Kind>>((resolve, reject) => {
      const ended = this.#over ?? (this.#closing === undefined ? undefined : closed);
      if (ended !== undefined) {
        reject(new HoldfastError(ended));
        return;
      }
      signal?.throwIfAborted();
      const onAbort = (): void => reject(signal?.reason);
      signal?.addEventListener("abort", onAbort, { once: true });
      const forget = (): void => signal?.removeEventListener("abort", onAbort);
      if (this.#queue.length === 0) queueMicrotask(() => this.#flush());
      this.#queue.push({
        message: message as Message,
        resolve: (value) => {
          forget();
          resolve(value as Output<Kind>);
        },
        reject: (error) => {
          forget();
          reject(error);
        },
      });
    });
  }

  /** All rows of an answer that comes in pages. */
  async rest<Row>(first: Page<Row>, options: WaitOptions = {}): Promise<readonly Row[]> {
    const rows = [...first.rows];
    for (let { cursor } = first; cursor !== undefined; ) {
      const page = (await this.send({ kind: "more", cursor }, options)) as Page<Row>;
      for (const row of page.rows) rows.push(row);
      ({ cursor } = page);
    }
    return rows;
  }

  /** What the host pushes for the target, from the subscription to its end. */
  watch(target: WatchTarget): Observable<WatchPush> {
    return new Observable((subscriber) => {
      const watch = this.nextNumber();
      this.#watches.set(watch, subscriber);
      this.send({ kind: "watch", watch, target }).catch((error: unknown) => {
        if (failureOf(error)?.code === "StorageClosed") subscriber.complete();
        else subscriber.error(error);
      });
      return () => {
        this.#watches.delete(watch);
        this.#sendAside({ kind: "unwatch", watch });
      };
    });
  }

  /** Resolves when the host says that it is reached, with the real id where it is known. */
  wait(target: WaitTarget, { signal }: WaitOptions = {}): Promise<ObjectId | undefined> {
    return new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const wait = this.nextNumber();
      const onAbort = (): void => {
        this.#waits.delete(wait);
        this.#sendAside({ kind: "unwait", wait });
        reject(signal?.reason);
      };
      signal?.addEventListener("abort", onAbort, { once: true });
      const end = (): void => {
        this.#waits.delete(wait);
        signal?.removeEventListener("abort", onAbort);
      };
      const settle = {
        resolve: (id?: ObjectId): void => {
          end();
          resolve(id);
        },
        reject: (error: unknown): void => {
          end();
          reject(error);
        },
      };
      this.#waits.set(wait, settle);
      this.send({ kind: "wait", wait, for: target }).catch(settle.reject);
    });
  }

  /** Idempotent. What was called before is still answered. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    if (this.#over !== undefined) return;
    this.#flush();
    // A host that has ended, with the worker perhaps, gets no answer out any more.
    await Promise.race([Promise.all(this.#calls), this.#ended]);
    if (this.#isOver()) return;
    try {
      await this.#transport.close();
    } finally {
      this.#end(closed);
    }
  }

  /** For what nobody waits on; its failure would only say that the line is over. */
  #sendAside(message: Message): void {
    if (this.#over === undefined) this.send(message).catch(() => {});
  }

  #flush(): void {
    const queue = this.#queue;
    this.#queue = [];
    let batch: Pending[] = [];
    let rows = 0;
    for (const pending of queue) {
      const more = rowsOf(pending.message);
      if (rows + more > maxRows && batch.length > 0) {
        this.#begin(batch);
        batch = [];
        rows = 0;
      }
      batch.push(pending);
      rows += more;
    }
    if (batch.length > 0) this.#begin(batch);
  }

  #begin(batch: readonly Pending[]): void {
    const call = this.#call(batch).finally(() => this.#calls.delete(call));
    this.#calls.add(call);
  }

  #isOver(): boolean {
    return this.#over !== undefined;
  }

  async #call(batch: readonly Pending[]): Promise<void> {
    for (const pending of batch) this.#sent.add(pending);
    try {
      const results = await this.#transport.call(batch.map(({ message }) => message));
      assert(results.length === batch.length, "Every message is answered.");
      batch.forEach((pending, index) => settle(pending, results[index] as Result));
    } catch (error) {
      if (!isUncloneable(error)) {
        for (const { reject } of batch) reject(error);
      } else if (batch.length > 1) {
        // One value that no message can carry must not take its neighbours down.
        await Promise.all(batch.map((pending) => this.#call([pending])));
      } else {
        batch[0]?.reject(new HoldfastError(notData(error), { cause: error }));
      }
    } finally {
      for (const pending of batch) this.#sent.delete(pending);
    }
  }

  #onPush(push: Push): void {
    switch (push.push) {
      case "hello":
        return;
      case "rows":
      case "value":
        this.#watches.get(push.watch)?.next(push);
        return;
      case "watchFailed":
        this.#watches.get(push.watch)?.error(new HoldfastError(push.failure));
        return;
      case "reached":
        for (const { wait, id, failure } of push.waits) {
          const waiting = this.#waits.get(wait);
          if (failure === undefined) waiting?.resolve(id);
          else waiting?.reject(new HoldfastError(failure));
        }
        return;
      case "token":
        void this.#answer(push.question);
        return;
      case "detailsConflict":
        void this.#decideDetails(push);
        return;
      case "log":
        this.#logger[push.level](push.message, push.data === undefined ? {} : { data: push.data });
        return;
      case "over":
        this.#end(push.failure);
        return;
      default:
        push satisfies never;
    }
  }

  async #answer(question: number): Promise<void> {
    const deadline = new AbortController();
    try {
      const token = await Promise.race([
        this.#token(),
        delay(this.#clock, tokenDeadlineMs, deadline.signal),
      ]);
      this.#sendAside({ kind: "token", question, ...(token === undefined ? {} : { token }) });
    } catch {
      // The app's own error may hold anything, so it stays in the page; without a token counts as offline.
      this.#sendAside({ kind: "token", question });
    } finally {
      deadline.abort();
    }
  }

  async #decideDetails({ question, conflict }: DetailsPush): Promise<void> {
    let answer: DetailsAnswer = "park";
    try {
      if (this.#decide !== undefined) {
        const { askForDetails } = await import("./details-answer.ts");
        answer = await askForDetails(this.#decide, conflict);
      }
    } catch (error) {
      this.#logger.warn("The app's own function could not decide about details.", { error });
    }
    this.#sendAside({ kind: "decideDetails", question, answer });
  }

  #end(failure: Failure): void {
    if (this.#over !== undefined) return;
    this.#over = failure;
    this.#onEnded();
    const error = new HoldfastError(failure);
    for (const { reject } of [...this.#queue, ...this.#sent]) reject(error);
    this.#queue = [];
    for (const { reject } of [...this.#waits.values()]) reject(error);
    for (const subscriber of [...this.#watches.values()]) {
      if (failure.code === "StorageClosed") subscriber.complete();
      else subscriber.error(error);
    }
  }
}

const closed: Failure = {
  code: "StorageClosed",
  message: "The store was closed; open it again.",
};

function settle(pending: Pending, result: Result): void {
  if ("failure" in result) pending.reject(new HoldfastError(result.failure));
  else pending.resolve(result.value);
}

function isUncloneable(error: unknown): boolean {
  // A value nested too deep exhausts the stack of whoever copies it.
  return error instanceof Error && ["DataCloneError", "RangeError"].includes(error.name);
}

function notData(error: unknown): Failure {
  return {
    code: "InvalidInput",
    message: `Pass plain data only: ${error instanceof Error ? error.message : String(error)}`,
  };
}
