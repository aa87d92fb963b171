import { acknowledge } from "./acknowledge.ts";
import { assert } from "../assert.ts";
import type { ObjectRow, ObjectState } from "../data-object.ts";
import { emptyDetails } from "../values/details-text.ts";
import { HoldfastError } from "../failure.ts";
import type { LocalKey, ObjectId } from "../ids.ts";
import { aliasesNeeded, journalNext } from "../planning/journal-next.ts";
import type { JournalRow } from "../journal.ts";
import { judge } from "../outcomes/judge.ts";
import { linksOfText } from "../values/links.ts";
import { createObjects, editObject, type LocalWriteContext } from "../objects/local-writes.ts";
import type { CreateInput, Operation, OutboxRow } from "../operation.ts";
import { parkRequest, splitRefused } from "./park.ts";
import type { EditOperation } from "../input/parse-edit.ts";
import { referencesOf } from "../values/references.ts";
import type { Answer } from "../request.ts";
import { expectationOf } from "../planning/request-body.ts";
import { type Retried, retryParked } from "./retry-parked.ts";
import type { Store } from "../store.ts";
import { memoryStore } from "../testing/memory-store.ts";
import { sampleObject, sampleProject } from "../testing/sample-rows.ts";
import { seededRandom } from "../testing/seeded-random.ts";

/** The clock of these tests stands still: nothing here waits. */
export const at = 1_800_000_000_000;
export const epoch = 1;

/** A record nobody said anything about. */
export const emptyInput: CreateInput = {
  name: null,
  folder: "/",
  parents: false,
  types: [],
  tags: [],
  properties: {},
  details: emptyDetails,
  hidden: false,
  close: false,
};

const firstAttempt = { wallAt: at, monotonicAt: 0, process: "test" };

export type Send = (path: string, body: string) => Answer | Promise<Answer>;

/** What became of one request that was answered for good. */
export interface Step {
  readonly journal: JournalRow;
  readonly operations: readonly OutboxRow[];
  readonly outcome: "done" | "split" | "parked";
}

/** A device: a store with the two local writes, and a sender that does what a verdict says and nothing more. */
export class Device {
  readonly store: Store = memoryStore();
  readonly #context: LocalWriteContext;
  #nonces = 0;

  constructor(seed: number) {
    this.#context = { user: "user-ada", at, random: seededRandom(seed) };
  }

  static async open(seed: number = 1): Promise<Device> {
    const device = new Device(seed);
    await device.store.write({
      durability: "strict",
      reads: {},
      decide: () => ({
        puts: [
          {
            table: "meta",
            row: { version: 1, name: "lease", epoch, owner: "test", untilAt: at + 1_000_000 },
          },
          {
            table: "meta",
            row: { version: 1, name: "identity", host: "model", user: "user-ada", madeAt: at },
          },
        ],
        result: undefined,
      }),
    });
    return device;
  }

  /** An object that the platform knows already. */
  async pull(id: ObjectId, view: Partial<ObjectState>): Promise<LocalKey> {
    const object = sampleObject(0, view, { id, realId: id });
    await this.store.write({
      durability: "strict",
      reads: {},
      decide: () => ({ puts: [{ table: "objects", row: object }], result: undefined }),
    });
    return object.key;
  }

  async create(input: CreateInput): Promise<LocalKey> {
    const operation: Operation = { kind: "create", class: "record", input };
    const request = {
      class: "record",
      project: sampleProject(),
      input,
      references: referencesOf(operation),
      links: linksOfText(input.details),
    } as const;
    const [created] = await this.store.write(createObjects([request], this.#context));
    assert(created !== undefined, "one object was created");
    return created.key;
  }

  /** @returns the sequence of the operation, undefined where it was refused at once. */
  async edit(key: LocalKey, operation: EditOperation): Promise<number | undefined> {
    try {
      const references = referencesOf(operation);
      await this.store.write(
        editObject({ key, edits: [{ operation, references }] }, this.#context),
      );
      return (await this.lane(key)).at(-1)?.sequence;
    } catch (error) {
      if (error instanceof HoldfastError) return undefined;
      throw error;
    }
  }

  async object(key: LocalKey): Promise<ObjectRow | undefined> {
    const [object] = await this.store.get("objects", [key]);
    return object;
  }

  async lane(key: LocalKey): Promise<readonly OutboxRow[]> {
    const [lane = []] = await this.store.lanes([key]);
    return lane;
  }

  async journal(key: LocalKey): Promise<JournalRow | undefined> {
    const aliases = aliasesNeeded(await this.lane(key));
    const next = await this.store.write(journalNext({ lane: key, epoch, firstAttempt, aliases }));
    return next.kind === "journalled" ? next.row : undefined;
  }

  /** Where something is to be sent for certain. */
  async journalled(key: LocalKey): Promise<JournalRow> {
    const row = await this.journal(key);
    assert(row !== undefined, `something of ${key} is to be sent`);
    return row;
  }

  /** Sends the lane's next request and settles it. Undefined where nothing of the lane may leave. */
  async step(key: LocalKey, send: Send): Promise<Step | undefined> {
    const journal = await this.journal(key);
    if (journal === undefined) return undefined;
    const operations = (await this.lane(key)).filter((row) => row.request === journal.number);
    const outcome = await this.#settle(journal, await send(journal.path, journal.body));
    return { journal, operations, outcome };
  }

  /** Everything of the lane that is parked. */
  async retry(key: LocalKey): Promise<Retried> {
    const operations = (await this.lane(key)).map((row) => row.sequence);
    return this.store.write(retryParked({ lane: key, operations, at }));
  }

  async #settle(journal: JournalRow, answer: Answer): Promise<Step["outcome"]> {
    const verdict = judge(expectationOf(journal), answer, at);
    const freshNonce = `fresh-${(this.#nonces += 1)}`;
    switch (verdict.verdict) {
      case "done": {
        const id = verdict.id as ObjectId;
        await this.store.write(acknowledge(journal, { epoch, id, at, outcome: "acked" }));
        return "done";
      }
      case "invalid": {
        const { reason } = verdict;
        const split = splitRefused(journal, { epoch, reason, at, freshNonce });
        return (await this.store.write(split)).outcome;
      }
      case "refused":
      case "conflict":
        await this.store.write(parkRequest(journal, { epoch, reason: verdict.reason, at }));
        return "parked";
      default:
        throw new Error(`no test answers so that the verdict is ${verdict.verdict}`);
    }
  }
}
