import {
  backoffMs,
  type BulkDescribe,
  type Clock,
  type DataObjectClass,
  delay,
  type Described,
  describesOf,
  type Failure,
  fromDescribe,
  fromProjectDescribe,
  isJsonObject,
  isObjectId,
  isPlatformErrorType,
  type Json,
  type JsonObject,
  keyProperty,
  type ObjectId,
  type PlatformErrorType,
  projectDescribeInput,
  type ProjectId,
  type Random,
  unreachable,
} from "@holdfast/core";
import { Batch } from "./batch.ts";
import type { EngineLimits } from "./limits.ts";
import type { Projects } from "./projects.ts";
import type { Reader } from "./reader.ts";

export interface Copy {
  readonly project: ProjectId;
  readonly id: ObjectId;
  /** Ask for the parts of a file, too. */
  readonly parts?: boolean;
}

export type DescribeReply =
  | { readonly kind: "described"; readonly described: Described }
  /** Gone from the project, and that can be believed (design §7). */
  // `isElsewhere`: another project has it, so that it was closed once.
  | { readonly kind: "absent"; readonly failure: Failure; readonly isElsewhere?: true }
  /** The platform will not say. */
  | { readonly kind: "refused"; readonly failure: Failure };

/** `unclear`: the platform failed on it, and may not do so the next time. */
type OneDescribe = DescribeReply | { readonly kind: "unclear"; readonly failure: Failure };

/** Errors that say nothing of the object. */
const passing: ReadonlySet<string> = new Set<PlatformErrorType>([
  "InternalError",
  "RateLimitConditional",
  "ServiceUnavailable",
]);

export interface Create {
  readonly project: ProjectId;
  readonly class: DataObjectClass;
  readonly key: string;
}

export type LookupReply =
  | { readonly kind: "found"; readonly ids: readonly ObjectId[] }
  | { readonly kind: "refused"; readonly failure: Failure };

export interface InquiryOptions {
  readonly reader: Reader;
  readonly projects: Projects;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits: EngineLimits;
  readonly signal: AbortSignal;
  /** Whose objects a lookup counts. */
  readonly user: string;
}

/** Keys in one lookup: each is a condition of one search. */
const keysPerLookup = 100;

/** What the platform says about objects whose state here is in doubt: many questions, few calls. */
export class Inquiry {
  readonly #options: InquiryOptions;
  readonly #describes: Batch<Copy, OneDescribe>;
  readonly #lookups = new Map<string, Batch<Create, LookupReply>>();

  constructor(options: InquiryOptions) {
    this.#options = options;
    this.#describes = new Batch({
      clock: options.clock,
      withinMs: options.limits.askWithinMs,
      limit: options.limits.objectsPerCall,
      signal: options.signal,
      run: (copies) => this.#describe(copies),
    });
  }

  /**
   * Asks again where the platform failed on this object alone; what was asked about with it does not wait for it.
   * @param attempts - after so many it counts as refused; 1 where nothing depends on the answer.
   */
  async describe(
    copy: Copy,
    attempts: number = this.#options.limits.serverErrorsUntilParked,
  ): Promise<DescribeReply> {
    const { clock, random, limits, signal } = this.#options;
    const bounds = { firstMs: limits.backoffMs, maximumMs: limits.backoffCapMs };
    for (let attempt = 1; ; attempt++) {
      const reply = await this.#describes.add(copy);
      if (reply.kind !== "unclear") return reply;
      if (attempt >= attempts) return { kind: "refused", failure: reply.failure };
      const fraction = random.fraction(`describe:${copy.id}:${attempt}`);
      await delay(clock, backoffMs(attempt, fraction, bounds), signal);
    }
  }

  /** A project that is not there, or not for us, is refused: nothing is known of what is in it. */
  async describeProject(
    project: ProjectId,
    attempts: number = this.#options.limits.serverErrorsUntilParked,
  ): Promise<DescribeReply> {
    const reply = await this.#options.reader.ask({
      path: `/${project}/describe`,
      body: projectDescribeInput,
      attempts,
      parse: (body) => fromProjectDescribe(body, project),
    });
    switch (reply.kind) {
      case "answered":
        return { kind: "described", described: reply.value };
      case "refused":
        return { kind: "refused", failure: reply.failure };
      case "unanswered":
        return { kind: "refused", failure: unbelievable(project) };
      default:
        return unreachable(reply);
    }
  }

  /** The objects that a create has caused, found by its key property (design §5). */
  lookUp(create: Create): Promise<LookupReply> {
    const scope = `${create.project}/${create.class}`;
    let batch = this.#lookups.get(scope);
    if (batch === undefined) {
      const { clock, limits, signal } = this.#options;
      batch = new Batch({
        clock,
        withinMs: limits.askWithinMs,
        limit: keysPerLookup,
        signal,
        run: (creates) => this.#lookUp(creates),
      });
      this.#lookups.set(scope, batch);
    }
    return batch.add(create);
  }

  drop(reason: unknown): void {
    this.#describes.drop(reason);
    for (const batch of this.#lookups.values()) batch.drop(reason);
  }

  async #describe(copies: readonly Copy[]): Promise<readonly OneDescribe[]> {
    const { clock } = this.#options;
    const replies = await this.#look(copies);
    const lookedMonotonic = clock.monotonic();
    const missing = copies.filter((_, index) => replies[index]?.kind === "absent");
    if (missing.length === 0) return replies;
    const visible = await this.#inVisibleProjects(missing, lookedMonotonic);
    const again = new Map<Copy, OneDescribe>(missing.map((copy) => [copy, unseen(copy)]));
    const second = visible.length === 0 ? [] : await this.#look(visible);
    visible.forEach((copy, index) => again.set(copy, second[index] as OneDescribe));
    return copies.map((copy, index) => again.get(copy) ?? (replies[index] as OneDescribe));
  }

  /** Those whose project was seen since then. */
  async #inVisibleProjects(
    copies: readonly Copy[],
    sinceMonotonic: number,
  ): Promise<readonly Copy[]> {
    const { clock, projects } = this.#options;
    const facts = await Promise.all(
      copies.map(({ project }) =>
        projects.recentFactsOf(project, clock.monotonic() - sinceMonotonic),
      ),
    );
    return copies.filter((_, index) => facts[index]?.kind === "visible");
  }

  /**
   * Whoever believes that something is absent looks twice, and in between at its project: one that is hidden from us, if
   * only for a while, hides what is in it in the same words.
   */
  async #look(copies: readonly Copy[]): Promise<readonly OneDescribe[]> {
    const reply = await this.#options.reader.ask({
      path: "/system/describeDataObjects",
      // Both readings of `describe` that clients know, describe input and list of more fields, give the same here.
      body: {
        objects: copies.map(({ project, id, parts }) => ({
          id,
          project,
          describe: { project, properties: true, details: true, ...(parts && { parts }) },
        })),
      },
      parse: (_, text) => describesOf(text, copies.length),
    });
    switch (reply.kind) {
      case "answered":
        return copies.map((copy, index) => toReply(copy, reply.value[index] as BulkDescribe));
      case "refused":
        return copies.map(() => ({ kind: "refused", failure: reply.failure }));
      case "unanswered":
        return copies.map(({ id }) => ({ kind: "refused", failure: unbelievable(id) }));
    }
  }

  async #lookUp(creates: readonly Create[]): Promise<readonly LookupReply[]> {
    const [first] = creates;
    if (first === undefined) return [];
    const found = new Map<string, Set<ObjectId>>();
    let starting: Json | undefined;
    do {
      const page = await this.#options.reader.ask({
        path: "/system/findDataObjects",
        body: {
          class: first.class,
          scope: { project: first.project, folder: "/", recurse: true },
          visibility: "either",
          state: "any",
          properties: { $or: creates.map(({ key }) => ({ [keyProperty]: key })) },
          describe: { fields: { createdBy: true, properties: true } },
          limit: 1_000,
          ...(starting === undefined ? {} : { starting }),
        },
        parse: toPage,
      });
      if (page.kind !== "answered") {
        const failure = page.kind === "refused" ? page.failure : unbelievable(first.project);
        return creates.map(() => ({ kind: "refused", failure }));
      }
      for (const hit of page.value.results) this.#count(hit, first, found);
      starting = page.value.next;
    } while (starting !== undefined);
    return creates.map(({ key }) => ({ kind: "found", ids: [...(found.get(key) ?? [])] }));
  }

  /** Only objects of our class, project and making count: anyone may write any property. */
  #count(hit: JsonObject, create: Create, found: Map<string, Set<ObjectId>>): void {
    const { id, project, describe } = hit;
    if (!isObjectId(id) || !id.startsWith(`${create.class}-`) || project !== create.project) return;
    const { createdBy, properties } = isJsonObject(describe ?? null)
      ? (describe as JsonObject)
      : {};
    if (!isJsonObject(createdBy ?? null) || !isJsonObject(properties ?? null)) return;
    if ((createdBy as JsonObject)["user"] !== this.#options.user) return;
    const key = (properties as JsonObject)[keyProperty];
    if (typeof key !== "string") return;
    found.set(key, (found.get(key) ?? new Set()).add(id));
  }
}

interface Page {
  readonly results: readonly JsonObject[];
  /** Where the next page starts, as received. */
  readonly next: Json | undefined;
}

function toPage(body: JsonObject): Page | undefined {
  const { results, next } = body;
  if (!Array.isArray(results) || !results.every((one) => isJsonObject(one as Json)))
    return undefined;
  return { results: results as readonly JsonObject[], next: next ?? undefined };
}

function toReply(copy: Copy, answer: BulkDescribe): OneDescribe {
  if ("describe" in answer) {
    const described = fromDescribe(answer.describe);
    const isWhole = copy.parts !== true || described?.parts !== undefined;
    if (described === undefined || described.id !== copy.id || !isWhole) {
      return { kind: "unclear", failure: unbelievable(copy.id) };
    }
    // The project asked for is only a hint (DO §5.2): an answer from another one says it is not in this one.
    return described.project === copy.project
      ? { kind: "described", described }
      : { kind: "absent", failure: gone(copy), isElsewhere: true };
  }
  if (answer.errorType === "ResourceNotFound") return { kind: "absent", failure: gone(copy) };
  const isRefusal = answer.errorType !== undefined && !passing.has(answer.errorType);
  return {
    kind: isRefusal ? "refused" : "unclear",
    failure: errorOf(copy.id, answer.errorType),
  };
}

function gone({ id, project }: Copy): Failure {
  return {
    code: "Removed",
    message: `${id} is no longer in ${project}. Discard the change, or save it as a new object.`,
    object: id,
  };
}

/** It is not found in a project that is not there for us. */
function unseen({ id }: Copy): OneDescribe {
  return { kind: "refused", failure: errorOf(id, "ResourceNotFound") };
}

function unbelievable(id: string): Failure {
  return {
    code: "Undecidable",
    message: `The platform's description of ${id} could not be read. Retry later.`,
  };
}

function errorOf(id: ObjectId, type: string | undefined): Failure {
  return type !== undefined && isPlatformErrorType(type)
    ? { code: type, message: `The platform would not describe ${id}: ${type}.`, object: id }
    : unbelievable(id);
}
