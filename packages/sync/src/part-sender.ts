import {
  type Clock,
  type ContentName,
  type ContentPart,
  type ContentStore,
  type Failure,
  failureOf,
  type JsonObject,
  type LocalKey,
  type NewMd5,
  type ObjectId,
  type ProjectId,
  type Random,
  unreachable,
} from "@holdfast/core";
import type { Observable } from "rxjs";
import { type Blocks, isOfProject } from "./blocks.ts";
import type { Connection } from "./connection.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { ConnectionHint } from "./hints.ts";
import type { Inquiry } from "./inquiry.ts";
import type { EngineLimits } from "./limits.ts";
import { waitMsAfter, waitUnlessResumed } from "./pace.ts";
import type { Reader } from "./reader.ts";
import { Slots } from "./slots.ts";
import { judgePut, type PartPut } from "./storage-client.ts";
import type { TransferReport } from "./transfers.ts";

/** One part of a file that is open on the platform. */
export interface OutgoingPart {
  readonly lane: LocalKey;
  readonly project: ProjectId;
  readonly id: ObjectId;
  /** Of the operation: names whose request it is where an account or project is blocked. */
  readonly number: number;
  readonly part: ContentPart;
  /** Where its bytes lie; absent for a part that has none. */
  readonly bytes?: { readonly content: ContentName; readonly from: number };
  readonly report: Pick<TransferReport, "move">;
  /** Asked in the moment before anything leaves. */
  readonly isWanted: () => boolean;
}

export type PartOutcome =
  /** The storage has it; the parts map may show it a little later. */
  | { readonly kind: "stored" }
  /** The file is not what it was: it is to be looked at. */
  | { readonly kind: "lookAgain" }
  /** Nobody wants it any more. */
  | { readonly kind: "withdrawn" }
  /** A person must decide. */
  | { readonly kind: "failed"; readonly reason: Failure };

export interface PartSenderOptions {
  readonly contents: Pick<ContentStore, "read">;
  readonly newMd5: NewMd5;
  readonly reader: Pick<Reader, "ask">;
  readonly dispatcher: Pick<Dispatcher, "put">;
  readonly inquiry: Pick<Inquiry, "describe">;
  readonly blocks: Blocks;
  readonly connection: Pick<Connection, "answered">;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: EngineLimits;
  readonly hints$: Observable<ConnectionHint>;
  readonly signal: AbortSignal;
}

interface Link {
  readonly kind: "link";
  readonly put: Omit<PartPut, "body">;
  /** When it was given. */
  readonly askedMonotonic: number;
}

/** Refusals of one part in a row after which a person must look: a URL that never works, bytes that never match. */
const refusalsUntilFailed = 5;

/** Sends parts, so many at once over all files: each with a URL asked for just before, until the storage has it. */
export class PartSender {
  readonly #options: PartSenderOptions;
  readonly #slots: Slots;

  constructor(options: PartSenderOptions) {
    this.#options = options;
    // One URL more than can be put at once is asked for ahead, so that no connection waits for an answer of the API.
    this.#slots = new Slots(options.limits.partConnections + 1);
  }

  /** Rejects only when the term ends. */
  async send(outgoing: OutgoingPart): Promise<PartOutcome> {
    const { signal, blocks } = this.#options;
    const release = await this.#slots.take(signal);
    try {
      return await this.#send(outgoing);
    } finally {
      blocks.givenUp(outgoing);
      release();
    }
  }

  async #send(outgoing: OutgoingPart): Promise<PartOutcome> {
    const { clock, connection, limits } = this.#options;
    let refusals = 0;
    let serverErrors = 0;
    let answeredBefore = 0;
    for (let attempt = 1; ; attempt++) {
      const link = await this.#announce(outgoing);
      if (link.kind !== "link") return link;
      const body = await this.#read(outgoing);
      if ("kind" in body) return body;
      const answer = await this.#options.dispatcher.put({
        part: { ...link.put, body },
        mayLeave: outgoing.isWanted,
      });
      if (answer === "withdrawn") return { kind: "withdrawn" };
      outgoing.report.move(outgoing.part.size);
      const verdict = judgePut(answer);
      switch (verdict.verdict) {
        case "stored":
          return { kind: "stored" };
        case "notOpen":
          return { kind: "lookAgain" };
        case "mismatch": {
          const damage = await this.#damageOf(outgoing);
          if (damage !== undefined) return { kind: "failed", reason: damage };
          refusals += 1;
          break;
        }
        case "expired":
          // What waited too long, for a person or a network, is no refusal of anything.
          if (clock.monotonic() - link.askedMonotonic < limits.requestTimeoutMs) refusals += 1;
          break;
        case "unknown":
          if ((verdict.status ?? 0) >= 500) {
            if (serverErrors === 0) answeredBefore = connection.answered;
            serverErrors += 1;
          }
          break;
        default:
          unreachable(verdict);
      }
      const isBroken =
        serverErrors >= limits.serverErrorsUntilParked && connection.answered > answeredBefore;
      if (refusals >= refusalsUntilFailed || isBroken) {
        return { kind: "failed", reason: neverTaken(outgoing, attempt) };
      }
      // The first URL that has expired was only asked for too early.
      if (verdict.verdict === "expired" && refusals <= 1) continue;
      await this.#wait(outgoing, answer, attempt);
      if (verdict.verdict !== "unknown") continue;
      // It may be there by now, and announced anew it would not be any more.
      const seen = await this.#look(outgoing);
      if (seen !== undefined) return seen;
    }
  }

  /** From here on the platform shows the part as pending, whatever it was before (DO §7.3). */
  async #announce(outgoing: OutgoingPart): Promise<Link | PartOutcome> {
    const { reader, blocks, signal, clock, limits, connection } = this.#options;
    const { id, part } = outgoing;
    for (;;) {
      await blocks.passed(outgoing, signal);
      const answeredBefore = connection.answered;
      const reply = await reader.ask({
        path: `/${id}/upload`,
        body: { index: part.index, size: part.size, md5: part.md5 },
        parse: toLink,
        attempts: limits.serverErrorsUntilParked,
        mayLeave: () => outgoing.isWanted() && blocks.mayLeave(outgoing),
      });
      switch (reply.kind) {
        case "answered":
          blocks.passedBy(outgoing);
          return { kind: "link", put: reply.value, askedMonotonic: clock.monotonic() };
        case "withdrawn":
          if (!outgoing.isWanted()) return { kind: "withdrawn" };
          break;
        case "unanswered":
          if ((reply.status ?? 0) >= 500 && connection.answered > answeredBefore) {
            return { kind: "failed", reason: neverTaken(outgoing, limits.serverErrorsUntilParked) };
          }
          break;
        case "refused": {
          const { failure } = reply;
          if (isOfProject(failure)) {
            blocks.refused(outgoing, { scope: "project", reason: failure });
            break;
          }
          blocks.passedBy(outgoing);
          const isChanged = failure.code === "InvalidState" || failure.code === "ResourceNotFound";
          return isChanged ? { kind: "lookAgain" } : { kind: "failed", reason: failure };
        }
        default:
          unreachable(reply);
      }
    }
  }

  async #read({ bytes, part }: OutgoingPart): Promise<Blob | PartOutcome> {
    if (bytes === undefined) return new Blob([]);
    try {
      return await this.#options.contents.read(bytes.content, bytes.from, bytes.from + part.size);
    } catch (error) {
      const failure = failureOf(error);
      if (failure?.code !== "StorageFailed") throw error;
      return { kind: "failed", reason: failure };
    }
  }

  /** The storage did not get what was announced: on the way, or because it is no longer what was attached? */
  async #damageOf(outgoing: OutgoingPart): Promise<Failure | undefined> {
    const body = await this.#read(outgoing);
    if ("kind" in body) return body.kind === "failed" ? body.reason : undefined;
    const md5 = await this.#options.newMd5();
    for await (const chunk of body.stream()) md5.update(chunk);
    const { index, size, md5: attached } = outgoing.part;
    if (body.size === size && md5.digest() === attached) return undefined;
    return {
      code: "StorageFailed",
      message: `Part ${index} of what was attached to ${outgoing.id} is damaged on this device. Attach the content again, or discard this.`,
    };
  }

  async #look({ project, id, part }: OutgoingPart): Promise<PartOutcome | undefined> {
    const reply = await this.#options.inquiry.describe({ project, id, parts: true }, 1);
    if (reply.kind === "refused") return undefined;
    if (reply.kind === "absent" || reply.described.state.state !== "open") {
      return { kind: "lookAgain" };
    }
    const isThere = reply.described.parts?.some(
      ({ index, size, md5, state }) =>
        state === "complete" && index === part.index && size === part.size && md5 === part.md5,
    );
    return isThere === true ? { kind: "stored" } : undefined;
  }

  async #wait(
    { lane, part }: OutgoingPart,
    answer: Exclude<Awaited<ReturnType<Dispatcher["put"]>>, "withdrawn">,
    attempt: number,
  ): Promise<void> {
    const { clock, random, limits, hints$, signal } = this.#options;
    const fraction = random.fraction(`part:${lane}:${part.index}:${attempt}`);
    const status = answer.kind === "response" ? { status: answer.status } : {};
    const waitMs = waitMsAfter({ verdict: "unknown", ...status }, { attempt, fraction, limits });
    await waitUnlessResumed(waitMs, { clock, hints$, signal });
  }
}

function toLink({ url, headers }: JsonObject): Omit<PartPut, "body"> | undefined {
  if (typeof url !== "string" || !URL.canParse(url)) return undefined;
  if (typeof headers !== "object" || headers === null || Array.isArray(headers)) return undefined;
  if (!Object.values(headers).every((value) => typeof value === "string")) return undefined;
  return { url, headers: headers as Readonly<Record<string, string>> };
}

function neverTaken({ id, part }: OutgoingPart, attempts: number): Failure {
  return {
    code: "InternalError",
    message: `The platform did not take part ${part.index} of ${id} in ${attempts} attempts. Retry later.`,
    object: id,
  };
}
