import {
  backoffMs,
  type Clock,
  contentFields,
  contentOfDescribe,
  type ContentPart,
  type ContentRow,
  type ContentStore,
  type ContentWriter,
  delay,
  type DescribedContent,
  type Failure,
  failureOf,
  type Fetched,
  finishFetching,
  HoldfastError,
  keepFetchedParts,
  type Logger,
  type Md5,
  type NewMd5,
  type ObjectRow,
  type PlatformErrorType,
  type Random,
  retryDelayMs,
  sizeOfParts,
  unreachable,
} from "@holdfast/core";
import type { Fetch } from "./api-client.ts";
import { type ContentPorts, makeRoom } from "./contents/keep-house.ts";
import { ContentLink } from "./content-link.ts";
import type { Dispatcher } from "./dispatcher.ts";
import type { EngineLimits } from "./limits.ts";
import { getRange, type RangeEnd } from "./ranged-get.ts";
import type { Reader, Reply } from "./reader.ts";
import type { ServerClock } from "./server-clock.ts";
import type { Term } from "./term.ts";
import type { TransferBoard, TransferReport } from "./transfers.ts";

export interface DownloadOptions {
  readonly term: Pick<Term, "epoch" | "write" | "mayAct">;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly limits: EngineLimits;
  readonly contents: ContentStore;
  /** The same contents, with all that may make room for others. */
  readonly house: ContentPorts;
  readonly newMd5: NewMd5;
  readonly fetch: Fetch;
  readonly reader: Pick<Reader, "ask">;
  readonly dispatcher: Pick<Dispatcher, "exchange">;
  readonly serverClock: ServerClock;
  readonly transfers: TransferBoard;
}

/** How long whoever reads what has come waits for the next of it, where that is there. */
const toldEveryMs = 1_000;

/** How one file's download ended. */
export type DownloadEnd =
  | { readonly kind: "finished" }
  /** Nobody wants it any more. */
  | { readonly kind: "dropped" }
  | { readonly kind: "refused"; readonly failure: Failure };

/**
 * Fetches one file's content: asks what parts it has, gets them one after the other by ranges, goes on within a part where a
 * connection broke, and believes a part only when its size and MD5 are the platform's. What is kept of an earlier
 * process stays. Rejects with the signal's reason.
 *
 * @see docs/decisions/0034-downloads.md
 */
export class Download {
  readonly #options: DownloadOptions;
  readonly #row: ContentRow;
  readonly #fetched: Fetched;
  readonly #link: ContentLink;
  readonly #copy: { readonly id: string; readonly project: string };
  readonly #signal: AbortSignal;
  #writer: ContentWriter | undefined;
  #report: TransferReport | undefined;

  constructor(
    { object, row }: { readonly object: ObjectRow; readonly row: ContentRow },
    options: DownloadOptions,
    signal: AbortSignal,
  ) {
    const { term, limits } = options;
    this.#options = options;
    this.#row = row;
    this.#signal = signal;
    this.#copy = { id: object.realId ?? object.id, project: object.project };
    this.#fetched = { epoch: term.epoch, file: object.key, content: row.name };
    this.#link = new ContentLink(this.#copy, {
      ...options,
      attempts: limits.serverErrorsUntilParked,
    });
  }

  async run(): Promise<DownloadEnd> {
    try {
      const parts = await this.#askForParts();
      return await this.#fetch(parts);
    } catch (error) {
      this.#signal.throwIfAborted();
      const failure = failureOf(error);
      if (failure === undefined) throw error;
      return { kind: "refused", failure };
    } finally {
      this.#report?.end();
      await this.#letGo().catch((error: unknown) => {
        this.#options.logger.debug("A content could not be closed.", { error });
      });
    }
  }

  /** @throws HoldfastError why there are none to be had. */
  async #askForParts(): Promise<readonly ContentPart[]> {
    const { id, project } = this.#copy;
    const described = await this.#describeClosed();
    if (described.project !== project) {
      throw refusal("ResourceNotFound", id, `${id} is not in ${project} any more.`);
    }
    if (described.state !== "closed") {
      throw refusal("InvalidState", id, `${id} is ${described.state}: it has no content yet.`);
    }
    if (described.parts !== undefined) return described.parts;
    throw undecidable(`The platform tells no MD5 of ${id} by which its content could be verified.`);
  }

  /** What is closing will be closed in a moment, most often. */
  async #describeClosed(): Promise<DescribedContent> {
    for (let pauseMs = 1_000; ; pauseMs *= 2) {
      const described = await this.#describe();
      if (described.state !== "closing" || pauseMs > this.#options.limits.backoffCapMs) {
        return described;
      }
      await delay(this.#options.clock, pauseMs, this.#signal);
    }
  }

  async #describe(): Promise<DescribedContent> {
    const { reader, limits } = this.#options;
    const { id, project } = this.#copy;
    const fields = Object.fromEntries(contentFields.map((field) => [field, true]));
    return valueOf(
      await reader.ask({
        path: `/${id}/describe`,
        body: { project, fields },
        attempts: limits.serverErrorsUntilParked,
        parse: contentOfDescribe,
      }),
      id,
    );
  }

  async #fetch(parts: readonly ContentPart[]): Promise<DownloadEnd> {
    const { term, clock, limits, transfers, house } = this.#options;
    await makeRoom(house, sizeOfParts(parts) - sizeOfParts(this.#row.parts));
    const kept = [...(await this.#openAt(parts))];
    let [offset, unsaved, savedMonotonic] = [sizeOfParts(kept), 0, Number.NEGATIVE_INFINITY];
    const size = sizeOfParts(parts);
    this.#report = transfers.begin({ file: this.#fetched.file, direction: "download", size });
    this.#report.start();
    this.#report.confirm(offset);
    for (const part of parts.slice(kept.length)) {
      await this.#fetchPart(part, offset);
      kept.push(part);
      offset += part.size;
      unsaved += part.size;
      this.#report.confirm(offset);
      const isDue = clock.monotonic() - savedMonotonic >= toldEveryMs;
      if (kept.length === parts.length || (unsaved < limits.keepAfterBytes && !isDue)) continue;
      [unsaved, savedMonotonic] = [0, clock.monotonic()];
      await this.#writer?.flush();
      if (!(await term.write(keepFetchedParts(this.#fetched, kept)))) return { kind: "dropped" };
    }
    await this.#letGo();
    const isWanted = await term.write(finishFetching(this.#fetched, { parts, at: clock.now() }));
    return { kind: isWanted ? "finished" : "dropped" };
  }

  /** Opens the content behind the parts that are here already, as far as the platform still has the same. */
  async #openAt(parts: readonly ContentPart[]): Promise<readonly ContentPart[]> {
    const { contents, logger } = this.#options;
    const { name, parts: known } = this.#row;
    const differs = parts.findIndex((part, index) => !isSamePart(part, known[index]));
    const kept = parts.slice(0, differs < 0 ? parts.length : differs);
    try {
      this.#writer = await contents.write(name, { keep: sizeOfParts(kept) });
      return kept;
    } catch (error) {
      if (failureOf(error)?.code !== "StorageFailed" || kept.length === 0) throw error;
      logger.warn("What was kept of a content is not there any more: it is fetched again.", {
        name,
      });
      this.#writer = await contents.write(name);
      return [];
    }
  }

  async #fetchPart(part: ContentPart, offset: number): Promise<void> {
    const { newMd5, limits, contents, logger } = this.#options;
    for (let attempt = 1; ; attempt++) {
      const md5 = await newMd5();
      await this.#receive(part, offset, md5);
      if (md5.digest() === part.md5) return;
      if (attempt >= limits.partAttempts) {
        const { id } = this.#copy;
        throw undecidable(
          `Part ${part.index} of ${id} came ${attempt} times, and not with the MD5 that the platform tells.`,
        );
      }
      logger.warn("A part came broken: it is fetched again.", { ...this.#copy, part: part.index });
      await this.#letGo();
      this.#writer = await contents.write(this.#row.name, { keep: offset });
      this.#link.drop();
    }
  }

  /** All bytes of the part, right or not, however often the connection breaks. */
  async #receive({ index, size }: ContentPart, offset: number, md5: Md5): Promise<void> {
    const take = async (bytes: Uint8Array): Promise<void> => {
      md5.update(bytes);
      received += bytes.length;
      this.#report?.move(bytes.length);
      await this.#writer?.append(bytes);
    };
    let [received, inVain] = [0, 0];
    while (received < size) {
      const before = received;
      const end = await this.#get(offset + received, offset + size, take);
      if (end === "withdrawn") continue;
      inVain = received > before ? 0 : inVain + 1;
      if (end.kind !== "complete") await this.#recover(end, { inVain, index });
    }
  }

  async #get(
    from: number,
    to: number,
    take: (bytes: Uint8Array) => Promise<void>,
  ): Promise<RangeEnd | "withdrawn"> {
    const { dispatcher, fetch, clock, limits } = this.#options;
    const url = valueOf(await this.#link.url(), this.#copy.id);
    return await dispatcher.exchange(
      (signal) =>
        getRange(url, { from, to, take, signal }, { fetch, clock, silenceMs: limits.silenceMs }),
      this.#signal,
    );
  }

  /** @throws HoldfastError where it has come to nothing too often in a row. */
  async #recover(
    end: Exclude<RangeEnd, { kind: "complete" }>,
    { inVain, index }: { readonly inVain: number; readonly index: number },
  ): Promise<void> {
    const { clock, random, limits } = this.#options;
    const { id } = this.#copy;
    if (end.kind === "refused") this.#link.drop();
    const isHopeless =
      inVain >= (end.kind === "refused" ? limits.partAttempts : limits.serverErrorsUntilParked);
    if (isHopeless) throw new HoldfastError(failureOfEnd(end, id));
    if (inVain === 0) return;
    const fraction = random.fraction(`part:${id}:${index}:${inVain}`);
    const afterMs = end.kind === "overloaded" ? end.afterMs : undefined;
    const bounds = { firstMs: limits.backoffMs, maximumMs: limits.backoffCapMs };
    const waitMs =
      afterMs === undefined
        ? backoffMs(inVain, fraction, bounds)
        : retryDelayMs(afterMs, inVain, fraction);
    await delay(clock, waitMs, this.#signal);
  }

  /** What was written stays, also where the last bytes could not be made durable: they are fetched again then. */
  async #letGo(): Promise<void> {
    const writer = this.#writer;
    this.#writer = undefined;
    await writer?.close();
  }
}

function isSamePart(left: ContentPart, right: ContentPart | undefined): boolean {
  return left.index === right?.index && left.size === right.size && left.md5 === right.md5;
}

function valueOf<Value>(reply: Reply<Value>, id: string): Value {
  switch (reply.kind) {
    case "answered":
      return reply.value;
    case "refused":
      throw new HoldfastError(reply.failure);
    case "unanswered":
      throw undecidable(
        `The platform gave no answer about ${id} that could be read. Try it later.`,
      );
    default:
      return unreachable(reply);
  }
}

function failureOfEnd(end: Exclude<RangeEnd, { kind: "complete" }>, object: string): Failure {
  switch (end.kind) {
    case "refused": {
      const code = end.status === 404 ? "ResourceNotFound" : "PermissionDenied";
      const message = `The storage does not give out ${object} (${end.status}), though the platform allows it.`;
      return { code, message, object };
    }
    case "broken":
    case "overloaded":
      return {
        code: "Unreachable",
        message: `The storage that has the content of ${object} cannot be reached. Try it later.`,
      };
    default:
      return unreachable(end);
  }
}

function refusal(code: PlatformErrorType, object: string, message: string): HoldfastError {
  return new HoldfastError({ code, message, object });
}

function undecidable(message: string): HoldfastError {
  return new HoldfastError({ code: "Undecidable", message });
}
