import { type Clock, isPlatformErrorType, type Json } from "@holdfast/core";
import { ApiError } from "./api-error.ts";
import { statusOfPreflight } from "./assumed.ts";
import { hashText, type Seed } from "./chance.ts";
import { createControl, userIn } from "./control.ts";
import type { ContentStore } from "./content/content.ts";
import { Attempts } from "./faults/attempts.ts";
import { broken } from "./faults/broken-body.ts";
import { deliver } from "./faults/deliver.ts";
import { type FaultPlan, Faults } from "./faults/faults.ts";
import { advanceFiles } from "./files/advance-files.ts";
import type { FileRules } from "./files/file-rules.ts";
import type { Limits } from "./limits.ts";
import { Commits } from "./persistence/commits.ts";
import type { Persistence } from "./persistence/persistence.ts";
import type { Control, Platform } from "./platform.ts";
import { type Api, createApi } from "./protocol/api.ts";
import type { ReceivedBody } from "./protocol/exchange.ts";
import { answerHeaders, isPreflight, preflightHeaders } from "./protocol/headers.ts";
import { receiveBody } from "./protocol/receive-body.ts";
import type { RequestEntry } from "./protocol/request-entry.ts";
import { RequestLog } from "./protocol/request-log.ts";
import { refuseInPlace } from "./storage/refuse-in-place.ts";
import { answerStorage, isStorageRequest, type StoragePorts } from "./storage/storage-api.ts";
import type { Effect } from "./world/effect.ts";
import { readWorld } from "./world/read-world.ts";
import type { World } from "./world/world.ts";
import type { WorldFile } from "./world/world-file.ts";
import { writeWorld } from "./world/write-world.ts";

interface Parts {
  readonly clock: Clock;
  readonly files: FileRules;
  readonly contents: ContentStore;
  readonly limits: Limits;
  readonly keyProperty: string;
  readonly world: World;
  readonly persistence: Persistence | undefined;
}

/** Joins world, protocol, faults and persistence. Built by `createPlatform` and `openPlatform`. */
export class ReferencePlatform implements Platform {
  readonly faults: Faults;
  readonly control: Control;
  readonly #parts: Parts;
  readonly #api: Api;
  readonly #storage: StoragePorts;
  readonly #attempts = new Attempts();
  /** As somebody last looked at it; whoever looks now asks `#worldNow`. */
  #world: World;
  #commits: Commits;
  #log: RequestLog;
  #isClosed = false;

  constructor(parts: Parts) {
    const { clock, limits, keyProperty, files, contents, world, persistence } = parts;
    this.#parts = parts;
    this.#world = world;
    this.#commits = new Commits(world, persistence);
    this.#log = new RequestLog(clock, world.seed, limits.loggedCalls);
    this.faults = new Faults(() => this.#world.seed);
    this.#api = createApi({
      clock,
      limits,
      keyProperty,
      files,
      world: () => this.#worldNow(),
      commits: () => this.#commits,
    });
    this.#storage = {
      clock,
      contents,
      world: () => this.#worldNow(),
      commits: () => this.#commits,
    };
    this.control = createControl({
      clock,
      world: () => this.#worldNow(),
      act: (user, path, input) => this.#act(user, path, input),
      settle: () => this.#commits.settle(),
    });
  }

  get seed(): Seed {
    return this.#world.seed;
  }

  get users(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#world.users.values()].map(({ id, name }) => ({ id, name }));
  }

  get projects(): readonly { readonly id: string; readonly name: string }[] {
    return [...this.#world.projects.values()].map(({ id, settings }) => ({
      id,
      name: settings.name,
    }));
  }

  get effects(): readonly Effect[] {
    return this.#worldNow().effects.entries;
  }

  get requests(): readonly Readonly<RequestEntry>[] {
    return this.#log.entries;
  }

  async fetch(input: Request | URL | string, init?: RequestInit): Promise<Response> {
    const request =
      input instanceof Request && init === undefined ? input : new Request(input, init);
    request.signal.throwIfAborted();
    if (this.#isClosed) throw broken();
    if (isPreflight(request)) {
      return new Response(null, { status: statusOfPreflight, headers: preflightHeaders(request) });
    }
    return isStorageRequest(request)
      ? await this.#exchangeContent(request)
      : await this.#exchange(request);
  }

  snapshot(): WorldFile {
    // A copy: what happens later is not in it.
    return structuredClone(writeWorld(this.#worldNow()));
  }

  async restore(file: unknown): Promise<void> {
    const { clock, limits, persistence } = this.#parts;
    const world = readWorld(file, limits.loggedEffects);
    // In one step: a call that arrives from here on finds the new world, and its commit takes the old one away.
    this.#world = world;
    this.#commits = new Commits(world, persistence, this.#commits);
    this.#log = new RequestLog(clock, world.seed, limits.loggedCalls);
    await this.#commits.settle();
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await this.#commits.settle();
    this.#parts.persistence?.close();
  }

  /** One call with all that goes wrong with it. */
  async #exchange(request: Request): Promise<Response> {
    const received = await receiveBody(request, this.#parts.limits);
    return await this.#deliver(request, loggedBody(received), (fault) => {
      const searchLagMs = fault?.kind === "searchLag" ? fault.ms : undefined;
      return Promise.resolve((entry) =>
        this.#api({ request, body: received, entry, actsAs: undefined, searchLagMs }),
      );
    });
  }

  /** A PUT or GET of content. Its body flows through, but for a fault that needs it a second time or later. */
  async #exchangeContent(request: Request): Promise<Response> {
    return await this.#deliver(request, "", async (fault) => {
      // Not every browser can hand out the body of a request as it comes.
      const isKept = fault?.kind === "double" || fault?.kind === "late" || !("body" in request);
      const bytes = isKept ? await request.arrayBuffer() : undefined;
      return (entry) => {
        const body = bytes === undefined ? request.body : new Response(bytes).body;
        return answerStorage(this.#storage, { request, body, entry });
      };
    });
  }

  async #deliver(
    request: Request,
    body: string,
    open: (fault: FaultPlan["fault"]) => Promise<(entry: RequestEntry) => Promise<Response>>,
  ): Promise<Response> {
    const { clock } = this.#parts;
    const { pathname: path } = new URL(request.url);
    const attempt = this.#attempts.count(`${path} ${body}`);
    const plan = this.faults.plan({ path, body, attempt });
    const start = { path, body, attempt, fault: plan.fault?.kind };
    const entry = this.#log.add(start);
    const answer = await open(plan.fault);
    const response = await deliver(clock, plan, {
      signal: request.signal,
      arrive: async (copy) => {
        // A late call finds nobody: what it would change may belong to the platform that came after this one.
        if (this.#isClosed) throw broken();
        return await answer(copy ? this.#log.add({ ...start, copyOf: entry.number }) : entry);
      },
      refuse: (error, more) => refuseInPlace(clock, { request, entry }, { error, ...more }),
      respond: (status, text, extra = {}) => {
        entry.status = status;
        const headers = answerHeaders(request, entry.requestId, clock.now());
        for (const [name, value] of Object.entries(extra)) headers.set(name, value);
        return new Response(text, { status, headers });
      },
    });
    entry.answered = true;
    return response;
  }

  /** The world, and in it what time alone has done since somebody last looked. */
  #worldNow(): World {
    const { clock, files, contents, limits } = this.#parts;
    const now = clock.now();
    this.#world.past.keep(Math.max(limits.searchLagMs, this.faults.longestSearchLagMs), now);
    advanceFiles(this.#world, files, now);
    for (const content of this.#world.takeFreed()) contents.discard(content);
    return this.#world;
  }

  /** A call without token, faults or a place in the log. */
  async #act(user: string, path: string, input: Json = {}): Promise<Json> {
    const request = new Request(new URL(path, ownOrigin), {
      method: "POST",
      body: JSON.stringify(input),
      headers: { "Content-Type": "application/json" },
    });
    const body = await receiveBody(request, this.#parts.limits);
    const start = { path, body: loggedBody(body), attempt: this.#attempts.count(`act ${path}`) };
    const response = await this.#api({
      request,
      body,
      entry: this.#log.entryOf(start),
      actsAs: userIn(this.#world, user),
    });
    const answer = (await response.json()) as Json;
    if (response.ok) return answer;
    const { error } = answer as {
      readonly error: { readonly type: string; readonly message: string };
    };
    throw new ApiError(
      isPlatformErrorType(error.type) ? error.type : "InternalError",
      error.message,
    );
  }
}

/** Never resolved: calls are answered here (design §3). */
const ownOrigin = "http://platform.holdfast.invalid";

/** A longer input is logged by its hash. */
const loggedCharacters = 16_384;

function loggedBody(body: ReceivedBody): string {
  if (body.kind !== "json") return "";
  return body.canonical.length > loggedCharacters
    ? `sha256:${hashText(body.canonical)}`
    : body.canonical;
}
