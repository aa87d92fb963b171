import {
  attachIn,
  type Clock,
  compareParts,
  type ContentRow,
  delay,
  emptyPart,
  type Failure,
  type LocalKey,
  type Logger,
  type ObjectRow,
  type OutboxRow,
  parkOperations,
  partsToUpload,
  type PlatformPart,
  type Random,
  restoreAttach,
  sizeOfParts,
  unreachable,
} from "@holdfast/core";
import type { CleanedFiles } from "./cleaned-files.ts";
import { abandoned, copyOf, foreignParts, isOnPlatform } from "./file-upload.ts";
import type { Inquiry } from "./inquiry.ts";
import type { EngineLimits } from "./limits.ts";
import type { HeldBack } from "./held-back.ts";
import type { PartSender } from "./part-sender.ts";
import { readContent, readLanes, readObjects } from "./read-rows.ts";
import type { StoreReads } from "./store-reads.ts";
import type { Term } from "./term.ts";
import type { ParametersOfProjects } from "./upload-parameters.ts";

export interface PartsCheckOptions {
  readonly term: Term;
  readonly store: StoreReads;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly inquiry: Pick<Inquiry, "describe">;
  readonly parameters: ParametersOfProjects;
  readonly parts: Pick<PartSender, "send">;
  readonly cleaned: CleanedFiles;
  readonly held: HeldBack;
}

/** How long a close may be journalled on the strength of a look at the parts. */
const sightLastsMs = 30_000;
/** Refusals of a close whose parts were in order a moment before, after which a person must look. */
const refusalsUntilParked = 5;
const othersCompleteWithinMs = 60_000;

/**
 * Looks at the parts of a file right before its close: a late copy of an upload call may have made a complete part pending
 * again, an empty file needs its one empty part in some regions, and somebody else may have written to it (DO §4.4, §7).
 */
export class PartsCheck {
  readonly #options: PartsCheckOptions;
  readonly #seen = new Map<LocalKey, number>();
  readonly #refusals = new Map<LocalKey, number>();

  constructor(options: PartsCheckOptions) {
    this.#options = options;
  }

  /** Whether the parts were in order a moment ago. Only once: the next close is looked at anew. */
  takeSeen(lane: LocalKey): boolean {
    const seenMonotonic = this.#seen.get(lane);
    this.#seen.delete(lane);
    return (
      seenMonotonic !== undefined && this.#options.clock.monotonic() - seenMonotonic < sightLastsMs
    );
  }

  /** The platform has refused the close of an open file. @returns whether its parts are to be looked at again. */
  refused(lane: LocalKey): boolean {
    const refusals = (this.#refusals.get(lane) ?? 0) + 1;
    if (refusals < refusalsUntilParked) this.#refusals.set(lane, refusals);
    else this.#refusals.delete(lane);
    return refusals < refusalsUntilParked;
  }

  /** Afterwards the lane is to be planned again: its parts are in order, are to be uploaded again, or its close is parked. */
  async look(lane: LocalKey): Promise<void> {
    const { store, held, clock, limits, term } = this.#options;
    const refusals = this.#refusals.get(lane) ?? 0;
    if (refusals > 0) await delay(clock, limits.backoffMs * 2 ** refusals, term.signal);
    const object = (await readObjects(store, [lane], held.add)).get(lane);
    if (object === undefined || !isOnPlatform(object)) return;
    const until = clock.monotonic() + othersCompleteWithinMs;
    for (let attempt = 0; ; attempt++) {
      const step = await this.#lookOnce(object, clock.monotonic() >= until);
      if (step === "again") await delay(clock, 1_000 * 2 ** Math.min(attempt, 4), term.signal);
      else if (step === "over") return;
      else {
        this.#seen.set(lane, clock.monotonic());
        return;
      }
    }
  }

  async #lookOnce(object: ObjectRow, isLast: boolean): Promise<"inOrder" | "again" | "over"> {
    const { inquiry, term, cleaned } = this.#options;
    const reply = await inquiry.describe({ ...copyOf(object), parts: true });
    term.signal.throwIfAborted();
    switch (reply.kind) {
      case "refused":
        // The platform says of the close itself what is wrong.
        return "inOrder";
      case "absent": {
        const mayBeCleaned = reply.isElsewhere !== true;
        if (mayBeCleaned && (await cleaned.makeAgain(object, "absent"))) return "over";
        return await this.#park(object, reply.failure);
      }
      case "described": {
        const { state } = reply.described.state;
        if (state === "abandoned") {
          if (await cleaned.makeAgain(object, "abandoned")) return "over";
          return await this.#park(object, abandoned(object));
        }
        // Closed already: what with, is compared when it settles.
        if (state !== "open") return "inOrder";
        return await this.#compare(object, reply.described.parts ?? [], isLast);
      }
      default:
        return unreachable(reply);
    }
  }

  async #compare(
    object: ObjectRow,
    seen: readonly PlatformPart[],
    isLast: boolean,
  ): Promise<"inOrder" | "again" | "over"> {
    const content = await this.#attached(object);
    const parameters = await this.#options.parameters.of(object.project);
    if ("code" in parameters) return await this.#park(object, parameters);
    if (content !== undefined) {
      const { done, foreign, pending, missing } = compareParts(
        partsToUpload(content.parts, parameters),
        seen,
      );
      if (foreign.length > 0) return await this.#park(object, foreignParts(object, foreign));
      if (pending.length + missing.length === 0) return "inOrder";
      return await this.#uploadAgain(object, content, done.length);
    }
    if (object.partsLeft === true && seen.some(({ size }) => size !== 0)) {
      return await this.#park(object, partsLeft(object, seen));
    }
    if (seen.some(({ state }) => state === "pending")) {
      return isLast ? await this.#park(object, neverPut(object)) : "again";
    }
    if (seen.length > 0 || !parameters.emptyLastPartAllowed) return "inOrder";
    return await this.#sendEmptyPart(object, isLast);
  }

  /** What was attached here, whether or not it is acknowledged. */
  async #attached({ content: name }: ObjectRow): Promise<ContentRow | undefined> {
    const content = await readContent(this.#options.store, name);
    return content?.origin === "device" && content.state === "whole" ? content : undefined;
  }

  async #uploadAgain(object: ObjectRow, content: ContentRow, done: number): Promise<"over"> {
    const { term, clock, random, logger } = this.#options;
    logger.warn(
      "Parts that were complete no longer are: they are uploaded again before the close.",
      {
        object: object.key,
        of: content.parts.length,
        done,
      },
    );
    await term.write(
      restoreAttach({
        epoch: term.epoch,
        lane: object.key,
        content: content.name,
        size: sizeOfParts(content.parts),
        at: clock.now(),
        random,
      }),
    );
    return "over";
  }

  /** A region that wants one part of every file gets one of a file without content (DO §7.4). */
  async #sendEmptyPart(object: ObjectRow, isLast: boolean): Promise<"again" | "over"> {
    const [close] = await this.#closesOf(object.key);
    if (close === undefined) return "over";
    if (isLast) return await this.#park(object, neverPut(object));
    const outcome = await this.#options.parts.send({
      ...copyOf(object),
      lane: object.key,
      number: close.sequence,
      part: emptyPart,
      report: { move: () => undefined },
      isWanted: () => true,
    });
    if (outcome.kind === "failed") return await this.#park(object, outcome.reason);
    return "again";
  }

  async #park({ key }: ObjectRow, reason: Failure): Promise<"over"> {
    const { term, clock } = this.#options;
    const operations = (await this.#closesOf(key)).map(({ sequence }) => sequence);
    const { epoch } = term;
    await term.write(parkOperations({ epoch, lane: key, operations, reason, at: clock.now() }));
    return "over";
  }

  /** None while there is something to be uploaded: the file has changed since, and is looked at again after that. */
  async #closesOf(lane: LocalKey): Promise<readonly OutboxRow[]> {
    const { store, held } = this.#options;
    const rows = (await readLanes(store, [lane], held.add)).get(lane) ?? [];
    if (attachIn(rows) !== undefined) return [];
    return rows.filter(({ operation }) => operation.kind === "close");
  }
}

function partsLeft(object: ObjectRow, seen: readonly PlatformPart[]): Failure {
  const { id, realId = id } = object;
  return {
    code: "Conflict",
    message: `${realId} has ${seen.length} parts, some of a content whose attaching was given up, and parts cannot be taken away. Attach a content that takes their place, or remove the file.`,
    object: realId,
  };
}

function neverPut(object: ObjectRow): Failure {
  const { id, realId = id } = object;
  return {
    code: "InvalidState",
    message: `A part of ${realId} was announced and is not complete. Upload it, or attach a content; then retry the close.`,
    object: realId,
  };
}
