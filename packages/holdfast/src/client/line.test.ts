import { type Failure, HoldfastError, silentLogger } from "@holdfast/core";
import { settleMicrotasks, VirtualClock } from "@holdfast/core/testing";
import { expect, test } from "vitest";
import type { Message, Push, Result } from "../wire.ts";
import { Line } from "./line.ts";
import type { Transport, TransportListener } from "./transport.ts";

/** A host that keeps what it is told, and answers what the test says. */
class FakeTransport implements Transport {
  readonly batches: (readonly Message[])[] = [];
  answer: (messages: readonly Message[]) => Promise<readonly Result[]> = async (messages) =>
    messages.map((message) => ({ value: message.kind }));
  listener: TransportListener | undefined;
  isClosed = false;

  call(messages: readonly Message[]): Promise<readonly Result[]> {
    this.batches.push(messages);
    return this.answer(messages);
  }

  listen(listener: TransportListener): void {
    this.listener = listener;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  push(push: Push): void {
    this.listener?.onPush(push);
  }

  sent<Kind extends Message["kind"]>(kind: Kind): readonly Message<Kind>[] {
    return this.batches.flat().filter((message) => message.kind === kind) as Message<Kind>[];
  }
}

const lost: Failure = { code: "WorkerUnreachable", message: "gone" };

function open(token: () => string | Promise<string> = () => "secret"): {
  transport: FakeTransport;
  line: Line;
  clock: VirtualClock;
} {
  const transport = new FakeTransport();
  const clock = new VirtualClock();
  const line = new Line({ transport, clock, logger: silentLogger }, token);
  return { transport, line, clock };
}

function codeOf(error: unknown): string {
  return error instanceof HoldfastError ? error.code : String(error);
}

test("a thousand calls of one tick leave in two messages, answered one by one", async () => {
  const { transport, line } = open();
  const calls = Array.from({ length: 1_000 }, (_, index) =>
    line.send({ kind: "operation", id: String(index) }),
  );
  expect(await Promise.all(calls)).toHaveLength(1_000);
  expect(transport.batches.map((batch) => batch.length)).toEqual([500, 500]);
});

test("staged rows count towards the size of a message", async () => {
  const { transport, line } = open();
  const inputs = Array.from({ length: 400 }, () => ({ project: "p" }));
  await Promise.all([
    line.send({ kind: "stage", batch: 1, class: "record", inputs }),
    line.send({ kind: "stage", batch: 1, class: "record", inputs }),
    line.send({ kind: "drop", batch: 1 }),
  ]);
  expect(transport.batches.map((batch) => batch.length)).toEqual([1, 2]);
});

test("a refusal rejects its own call with the failure and leaves the others be", async () => {
  const { transport, line } = open();
  const failure: Failure = { code: "InvalidInput", message: "no" };
  transport.answer = async (messages) =>
    messages.map((_, index) => (index === 0 ? { failure } : { value: 1 }));
  const [refused, answered] = await Promise.allSettled([
    line.send({ kind: "operation", id: "1" }),
    line.send({ kind: "operation", id: "2" }),
  ]);
  expect(refused).toMatchObject({ status: "rejected", reason: { failure } });
  expect(answered).toMatchObject({ status: "fulfilled", value: 1 });
});

test("a value that no message can carry is refused alone", async () => {
  const { transport, line } = open();
  const [bad, good] = await (async () => {
    transport.answer = async (messages) => structuredClone(messages).map(() => ({ value: null }));
    return await Promise.allSettled([
      line.send({ kind: "create", class: "record", input: { project: (() => {}) as never } }),
      line.send({ kind: "operation", id: "2" }),
    ]);
  })();
  expect(bad).toMatchObject({ status: "rejected", reason: { failure: { code: "InvalidInput" } } });
  expect(good.status).toBe("fulfilled");
});

test("when the worker dies, every pending call, wait and watch ends with WorkerUnreachable", async () => {
  const { transport, line } = open();
  transport.answer = () => new Promise(() => {});
  const call = line.send({ kind: "operation", id: "1" });
  const wait = line.wait({ until: "allAcked", object: "p/o" as never });
  const watched: string[] = [];
  line.watch({ of: "status" }).subscribe({ error: (error) => watched.push(codeOf(error)) });
  await settleMicrotasks();
  transport.listener?.onLost(lost);
  const ends = await Promise.allSettled([call, wait, line.send({ kind: "operation", id: "2" })]);
  expect(ends.map((end) => end.status === "rejected" && codeOf(end.reason))).toEqual([
    "WorkerUnreachable",
    "WorkerUnreachable",
    "WorkerUnreachable",
  ]);
  expect(watched).toEqual(["WorkerUnreachable"]);
});

test("an aborted call rejects with the signal's reason", async () => {
  const { transport, line } = open();
  transport.answer = () => new Promise(() => {});
  const abort = new AbortController();
  const call = line.send({ kind: "operation", id: "1" }, { signal: abort.signal });
  abort.abort(new Error("enough"));
  await expect(call).rejects.toThrow("enough");
});

test("an aborted wait is taken back and rejects with the signal's reason", async () => {
  const { transport, line } = open();
  const abort = new AbortController();
  const wait = line.wait({ until: "allAcked", object: "p/o" as never }, { signal: abort.signal });
  await settleMicrotasks();
  abort.abort(new Error("enough"));
  await expect(wait).rejects.toThrow("enough");
  await settleMicrotasks();
  const [asked] = transport.sent("wait");
  expect(transport.sent("unwait")).toEqual([{ kind: "unwait", wait: asked?.wait }]);
});

test("a wait ends as the host says", async () => {
  const { transport, line } = open();
  const reached = line.wait({ until: "allAcked", object: "p/a" as never });
  const parked = line.wait({ until: "allAcked", object: "p/b" as never });
  await settleMicrotasks();
  const [first, second] = transport.sent("wait");
  const failure: Failure = { code: "Removed", message: "gone", object: "p/b" };
  transport.push({
    push: "reached",
    waits: [
      { wait: first?.wait ?? 0, id: "record-1" as never },
      { wait: second?.wait ?? 0, failure },
    ],
  });
  expect(await reached).toBe("record-1");
  await expect(parked).rejects.toMatchObject({ failure });
});

test("a watch asks the host at the first subscription and ends there with it", async () => {
  const { transport, line } = open();
  const values: unknown[] = [];
  const subscription = line.watch({ of: "status" }).subscribe((push) => values.push(push));
  await settleMicrotasks();
  const [asked] = transport.sent("watch");
  const push: Push = { push: "value", watch: asked?.watch ?? 0, value: 3 };
  transport.push(push);
  subscription.unsubscribe();
  transport.push(push);
  await settleMicrotasks();
  expect(values).toEqual([push]);
  expect(transport.sent("unwatch")).toHaveLength(1);
});

test("the app's token goes out with the number of the question", async () => {
  const { transport } = open(async () => "secret");
  transport.push({ push: "token", question: 7 });
  await settleMicrotasks();
  expect(transport.sent("token")).toEqual([{ kind: "token", question: 7, token: "secret" }]);
});

test.for([
  ["rejects", () => Promise.reject(new Error("not signed in"))],
  [
    "throws",
    (): string => {
      throw new Error("not signed in");
    },
  ],
  ["hangs", () => new Promise<string>(() => {})],
] as const)("a token function that %s is answered without a token", async ([, token]) => {
  const { transport, clock } = open(token);
  transport.push({ push: "token", question: 7 });
  await clock.advance(10_000);
  expect(transport.sent("token")).toEqual([{ kind: "token", question: 7 }]);
});

test("closing sends what was called before, completes the watches and refuses the rest", async () => {
  const { transport, line } = open();
  let isComplete = false;
  line.watch({ of: "status" }).subscribe({
    complete: () => {
      isComplete = true;
    },
  });
  const before = line.send({ kind: "operation", id: "1" });
  await line.close();
  await line.close();
  expect(await before).toBe("operation");
  expect(isComplete).toBe(true);
  expect(transport.isClosed).toBe(true);
  const after = await line.send({ kind: "operation", id: "2" }).catch(codeOf);
  expect(after).toBe("StorageClosed");
});

test("a store that ends elsewhere ends the line with the reason", async () => {
  const { transport, line } = open();
  const failure: Failure = { code: "StorageClosed", message: "removed in another tab" };
  transport.push({ push: "over", failure });
  await expect(line.send({ kind: "pause" })).rejects.toMatchObject({ failure });
});

test("closing waits for the answers that are on their way", async () => {
  const { transport, line } = open();
  let answer!: () => void;
  transport.answer = (messages) =>
    new Promise((resolve) => {
      answer = () => resolve(messages.map(() => ({ value: "stored" })));
    });
  const before = line.send({ kind: "operation", id: "1" });
  const closing = line.close();
  const late = line.send({ kind: "operation", id: "2" }).catch(codeOf);
  await settleMicrotasks();
  expect(transport.isClosed).toBe(false);
  expect(await late).toBe("StorageClosed");
  answer();
  expect(await before).toBe("stored");
  await closing;
  expect([transport.isClosed, transport.sent("operation").length]).toEqual([true, 1]);
});

test("closing ends when the worker dies before it has answered", async () => {
  const { transport, line } = open();
  transport.answer = () => new Promise(() => {});
  const before = line.send({ kind: "operation", id: "1" }).catch(codeOf);
  const closing = line.close();
  await settleMicrotasks();
  transport.listener?.onLost(lost);
  await closing;
  expect(await before).toBe("WorkerUnreachable");
});

test("what is watched after the end ends too", async () => {
  const ends: string[] = [];
  const watch = (line: Line): void => {
    line.watch({ of: "status" }).subscribe({
      complete: () => ends.push("complete"),
      error: (error) => ends.push(codeOf(error)),
    });
  };
  const closed = open();
  const closing = closed.line.close();
  watch(closed.line);
  await closing;
  watch(closed.line);
  const died = open();
  died.transport.listener?.onLost(lost);
  watch(died.line);
  await settleMicrotasks();
  expect(ends).toEqual(["complete", "complete", "WorkerUnreachable"]);
});

test("answers of many rows do not come in one message", async () => {
  const { transport, line } = open();
  await Promise.all([
    line.send({ kind: "find", query: {} }),
    line.send({ kind: "find", query: { limit: 100 } }),
    line.send({ kind: "find", query: { limit: 300 } }),
    line.send({ kind: "operation", id: "1" }),
    line.send({ kind: "outboxList", limit: 500 }),
    line.send({ kind: "commit", batch: 1 }),
    line.send({ kind: "find", query: null as never }),
    line.send({ kind: "find", query: { limit: "all" as never } }),
  ]);
  expect(transport.batches.map((batch) => batch.length)).toEqual([1, 3, 1, 1, 1, 1]);
});
