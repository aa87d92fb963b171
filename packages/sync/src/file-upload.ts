import {
  acknowledgeAttach,
  type AttachRow,
  baseOf,
  changeContent,
  type Clock,
  compareParts,
  type ContentPart,
  type ContentRow,
  type ContentStore,
  delay,
  type Failure,
  failureOf,
  type HistoryRow,
  isCutFor,
  isProvisionalId,
  isSameContent,
  type NewMd5,
  type ObjectId,
  type ObjectRow,
  parkOperations,
  partSizeFor,
  partsToUpload,
  sizeOfParts,
  unreachable,
  type UploadParameters,
} from "@holdfast/core";
import type { Inquiry } from "./inquiry.ts";
import type { EngineLimits } from "./limits.ts";
import { cutAnew } from "./cut-anew.ts";
import type { OutgoingPart, PartOutcome, PartSender } from "./part-sender.ts";
import { readContent } from "./read-rows.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Settler } from "./settler.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";
import type { TransferReport } from "./transfers.ts";
import type { ParametersOfProjects } from "./upload-parameters.ts";

export interface FileUploadOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly limits: EngineLimits;
  readonly serverClock: ServerClock;
  readonly settler: Pick<Settler, "settle">;
  readonly inquiry: Pick<Inquiry, "describe">;
  readonly contents: Pick<ContentStore, "read">;
  readonly newMd5: NewMd5;
  readonly parameters: ParametersOfProjects;
  readonly parts: Pick<PartSender, "send">;
}

/** What is to be uploaded, as the store had it a moment ago. */
export interface AttachedFile {
  readonly object: ObjectRow;
  readonly attach: AttachRow;
  readonly report: TransferReport;
  /** Whether it is still to be uploaded. */
  readonly isWanted: () => boolean;
}

export type UploadEnd =
  | { readonly kind: "done"; readonly history: readonly HistoryRow[] }
  | { readonly kind: "parked" | "withdrawn" }
  /** The platform has no such file, or has given it up: perhaps it was cleaned up. */
  | { readonly kind: "gone"; readonly reason: Failure; readonly how: "absent" | "abandoned" };

/** Looks in a row at which no more was complete than at the one before, after which a person must look. */
const vainRoundsUntilParked = 5;
const hourMs = 3_600_000;

/**
 * Uploads one file: asks which parts are there, sends the others, and asks again, until the platform shows all of them
 * complete (DO §7.3, §7.4). Nothing of it is kept here: whoever goes on with it asks again.
 */
export class FileUpload {
  readonly #options: FileUploadOptions;
  readonly #file: AttachedFile;
  /** When parts were put that are not shown complete yet, by index. */
  readonly #putAt = new Map<number, number>();
  #confirmed = 0;
  #lastSentAt = Number.NEGATIVE_INFINITY;

  constructor(options: FileUploadOptions, file: AttachedFile) {
    this.#options = options;
    this.#file = file;
  }

  /** Rejects only when the term ends. */
  async run(): Promise<UploadEnd> {
    const { term, store, clock } = this.#options;
    const { object, attach, isWanted } = this.#file;
    const content = await readContent(store, attach.operation.content);
    if (content?.state !== "whole") return await this.#park(notHere(object));
    const parameters = await this.#options.parameters.of(object.project);
    term.signal.throwIfAborted();
    if ("code" in parameters) return await this.#park(parameters);
    const cut = await this.#cut(content, parameters);
    if ("code" in cut) return await this.#park(cut);
    const wanted = partsToUpload(cut, parameters);
    this.#lastSentAt = lastSentAt(object, content, this.#options.serverClock.offsetMs());
    let before = -1;
    let vainRounds = 0;
    while (isWanted()) {
      const reply = await this.#look();
      if ("kind" in reply) return reply;
      const { parts, state } = reply;
      if (state !== "open") {
        return isSameContent(wanted, parts)
          ? await this.#acknowledge()
          : await this.#park(closedWithout(object));
      }
      const { done, pending, missing, foreign } = compareParts(wanted, parts);
      this.#confirm(sizeOfParts(done) - this.#confirmed);
      if (foreign.length > 0) return await this.#park(foreignParts(object, foreign));
      if (done.length === wanted.length) return await this.#acknowledge();
      const { overdue, youngestMs } = this.#overdue(pending);
      const outgoing = [...missing, ...overdue];
      if (outgoing.length === 0) {
        await delay(clock, Math.max(1_000, youngestMs), term.signal);
        continue;
      }
      vainRounds = done.length > before ? 0 : vainRounds + 1;
      before = done.length;
      if (vainRounds >= vainRoundsUntilParked) return await this.#park(neverComplete(object));
      if (vainRounds > 0) await delay(clock, 1_000 * 2 ** vainRounds, term.signal);
      const failure = await this.#sendAll(outgoing, cut);
      if (failure !== undefined) return await this.#park(failure);
    }
    return { kind: "withdrawn" };
  }

  async #look(): Promise<
    UploadEnd | { readonly parts: Parameters<typeof compareParts>[1]; readonly state: string }
  > {
    const { inquiry, term } = this.#options;
    const { object } = this.#file;
    const reply = await inquiry.describe({ ...copyOf(object), parts: true });
    term.signal.throwIfAborted();
    switch (reply.kind) {
      case "refused":
        return await this.#park(reply.failure);
      case "absent":
        return reply.isElsewhere === true
          ? await this.#park(reply.failure)
          : { kind: "gone", reason: reply.failure, how: "absent" };
      case "described": {
        const { state } = reply.described.state;
        if (state === "abandoned") {
          return { kind: "gone", reason: abandoned(object), how: "abandoned" };
        }
        return { parts: reply.described.parts ?? [], state };
      }
      default:
        return unreachable(reply);
    }
  }

  /** As it was cut when it was attached, mostly offline, or as the region wants it. */
  async #cut(
    content: ContentRow,
    parameters: UploadParameters,
  ): Promise<readonly ContentPart[] | Failure> {
    const { term } = this.#options;
    const size = sizeOfParts(content.parts);
    if (size > parameters.maximumFileSize) return tooLarge(this.#file.object, size, parameters);
    if (isCutFor(content.parts, parameters)) return content.parts;
    try {
      const parts = await cutAnew(content, partSizeFor(size, parameters), this.#options);
      await term.write(changeContent({ epoch: term.epoch, content: content.name, parts }));
      return parts;
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.code !== "StorageFailed") throw error;
      return failure;
    }
  }

  /**
   * Of those announced and not complete, the ones to be sent again: what was put a moment ago may only not be shown yet.
   * `youngestMs`: how long ago the last of these was put.
   */
  #overdue(pending: readonly ContentPart[]): {
    readonly overdue: readonly ContentPart[];
    readonly youngestMs: number;
  } {
    const { clock, limits } = this.#options;
    const now = clock.monotonic();
    const overdue: ContentPart[] = [];
    let youngestMs = limits.partsCompleteWithinMs;
    for (const part of pending) {
      const ageMs = now - (this.#putAt.get(part.index) ?? Number.NEGATIVE_INFINITY);
      if (ageMs >= limits.partsCompleteWithinMs) overdue.push(part);
      else youngestMs = Math.min(youngestMs, ageMs);
    }
    return { overdue, youngestMs };
  }

  /** @returns what stopped it, where a person must decide. */
  async #sendAll(
    parts: readonly ContentPart[],
    cut: readonly ContentPart[],
  ): Promise<Failure | undefined> {
    const { limits } = this.#options;
    const offsets = offsetsOf(cut);
    const left = parts.values();
    let failure: Failure | undefined;
    let isOver = false;
    const work = async (): Promise<void> => {
      for (const part of left) {
        if (isOver || !this.#file.isWanted()) return;
        const outcome = await this.#send(part, offsets.get(part.index) ?? 0);
        if (outcome.kind === "stored") continue;
        isOver = true;
        if (outcome.kind === "failed") failure = outcome.reason;
      }
    };
    await Promise.all(Array.from({ length: limits.partConnections + 1 }, work));
    return failure;
  }

  async #send(part: ContentPart, from: number): Promise<PartOutcome> {
    const { object, attach, report, isWanted } = this.#file;
    await this.#noteSending();
    const outgoing: OutgoingPart = {
      ...copyOf(object),
      ...{ lane: object.key, number: attach.sequence, part, report, isWanted },
      ...(part.size === 0 ? {} : { bytes: { content: attach.operation.content, from } }),
    };
    const outcome = await this.#options.parts.send(outgoing);
    if (outcome.kind === "stored") {
      this.#putAt.set(part.index, this.#options.clock.monotonic());
      this.#confirm(part.size);
    }
    return outcome;
  }

  /** Kept to the hour, for whoever has to tell a file that was cleaned up from one that somebody removed. */
  async #noteSending(): Promise<void> {
    const { clock, term } = this.#options;
    const sentAt = clock.now();
    if (sentAt - this.#lastSentAt < hourMs) return;
    this.#lastSentAt = sentAt;
    const { content } = this.#file.attach.operation;
    await term.write(changeContent({ epoch: term.epoch, content, sentAt }));
  }

  #confirm(bytes: number): void {
    this.#confirmed += bytes;
    this.#file.report.confirm(this.#confirmed);
  }

  async #acknowledge(): Promise<UploadEnd> {
    const { term, clock, settler, serverClock } = this.#options;
    const { object, attach } = this.#file;
    const serverOffsetMs = serverClock.offsetMs();
    const history = await settler.settle(
      acknowledgeAttach({
        epoch: term.epoch,
        lane: object.key,
        content: attach.operation.content,
        at: clock.now(),
        ...(serverOffsetMs === undefined ? {} : { serverOffsetMs }),
      }),
    );
    return { kind: "done", history };
  }

  async #park(reason: Failure): Promise<UploadEnd> {
    const { term, clock } = this.#options;
    const { object, attach } = this.#file;
    const operations = [attach.sequence];
    const at = clock.now();
    await term.write(
      parkOperations({ epoch: term.epoch, lane: object.key, operations, reason, at }),
    );
    return { kind: "parked" };
  }
}

/** When something of the file last happened on the platform by our doing, by the device's clock. */
export function lastSentAt(
  object: ObjectRow,
  content: ContentRow | undefined,
  offsetMs: number = 0,
): number {
  const modified = baseOf(object)?.modified ?? 0;
  return Math.max(modified - offsetMs, content?.sentAt ?? 0);
}

export function copyOf({ project, id, realId = id }: ObjectRow): {
  readonly project: ObjectRow["project"];
  readonly id: ObjectId;
} {
  return { project, id: realId };
}

export function isOnPlatform({ id, realId }: ObjectRow): boolean {
  return realId !== undefined || !isProvisionalId(id);
}

function offsetsOf(parts: readonly ContentPart[]): ReadonlyMap<number, number> {
  let offset = 0;
  return new Map(
    parts.map(({ index, size }) => {
      const entry = [index, offset] as const;
      offset += size;
      return entry;
    }),
  );
}

function nameOf({ id, realId }: ObjectRow): ObjectId {
  return realId ?? id;
}

function notHere(object: ObjectRow): Failure {
  return {
    code: "StorageFailed",
    message: `What was attached to ${nameOf(object)} is no longer on this device. Attach it again, or discard this.`,
  };
}

function tooLarge(object: ObjectRow, size: number, { maximumFileSize }: UploadParameters): Failure {
  return {
    code: "InvalidInput",
    message: `The content has ${size} bytes; the project takes files of at most ${maximumFileSize}.`,
    object: nameOf(object),
  };
}

export function foreignParts(object: ObjectRow, indexes: readonly number[]): Failure {
  const some = indexes.slice(0, 10).join(", ");
  return {
    code: "Conflict",
    message: `${nameOf(object)} has parts that are not of its content here (${some}), and parts cannot be taken away. Save the content as a new file, or discard this.`,
    object: nameOf(object),
  };
}

function closedWithout(object: ObjectRow): Failure {
  return {
    code: "Conflict",
    message: `${nameOf(object)} was closed with another content. Save the content as a new file, or discard this.`,
    object: nameOf(object),
  };
}

export function abandoned(object: ObjectRow): Failure {
  return {
    code: "InvalidState",
    message: `The platform has given ${nameOf(object)} up, as it was not closed for too long. Save the content as a new file, or discard this.`,
    object: nameOf(object),
  };
}

function neverComplete(object: ObjectRow): Failure {
  return {
    code: "Undecidable",
    message: `The parts of ${nameOf(object)} were sent, and the platform does not show them complete. Retry later.`,
  };
}
