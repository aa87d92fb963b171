import type { Fault } from "@holdfast/platform";
import { Broken, equal, holds } from "./expectations.ts";

// An answer is looked into by facts that know its shape; what is not there is found by what they expect of it.
// oxlint-disable-next-line typescript/no-explicit-any
export type Body = Record<string, any>;

export type LabLevel = "NONE" | "VIEW" | "UPLOAD" | "CONTRIBUTE" | "ADMINISTER";

export interface FactAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Body;
  /** `error.type` of a refusal. */
  readonly type: string | undefined;
}

/** Highest level by project, `*` for the others. */
type TokenProjects = Readonly<Record<string, LabLevel>>;

/** Where a suite runs: what the facts have to go by. */
export interface Ground {
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly url: string;
  /** Of somebody who administers `project`, `other` and `guarded`. */
  readonly token: string;
  readonly project: string;
  readonly other?: string;
  /** A protected project. */
  readonly guarded?: string;
  /** Tokens of people with that level in the three projects. */
  readonly people?: Partial<Record<LabLevel, string>>;
  /** Routes as the documents write them; undefined where nobody can know. */
  readonly routes?: ReadonlySet<string> | undefined;
  /** Lets time pass at once; otherwise it stands still. */
  readonly pass?: (ms: number) => Promise<void>;
  /** Lets time pass at once, beside the time that passes by itself. */
  readonly turn?: (ms: number) => Promise<void>;
  /** Lets something go wrong with the next call of any kind. */
  readonly fault?: (fault: Fault) => Promise<void> | void;
  /** The same with the service's limit of 200 calls a second. */
  readonly limited?: () => Ground;
  /** The same with a search that lags. */
  readonly lagging?: (ms: number) => Ground;
  /** Makes a database, which no method of the API does. */
  readonly addDatabase?: (project: string) => Promise<string>;
  /** Gives the user of the token above a further one, which reaches less far. */
  readonly addToken?: (token: string, projects: TokenProjects) => Promise<void>;
  /** A browser shows no headers of CORS and does not let scripts set all that they like. */
  readonly isBrowser?: boolean;
}

/** The route is not there yet. */
export class NotThereYet extends Error {}
/** This ground lacks what the fact needs. */
export class NotHere extends Error {}

export interface CallOptions {
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly verb?: string;
}

/** What a fact is checked with. Every fact has its own. */
export class FactLab {
  readonly ground: Ground;
  readonly made: string[] = [];
  readonly #run: string;
  #drawn = 0;

  constructor(ground: Ground, run = "") {
    this.ground = ground;
    this.#run = run;
  }

  get project(): string {
    return this.ground.project;
  }

  get other(): string {
    return this.ground.other ?? missing("a second project");
  }

  get guarded(): string {
    return this.ground.guarded ?? missing("a protected project with members");
  }

  /** The token of somebody with that level. */
  as(level: LabLevel): CallOptions {
    return { token: this.ground.people?.[level] ?? missing(`a token of somebody with ${level}`) };
  }

  async pass(ms: number): Promise<void> {
    const { pass = this.ground.turn } = this.ground;
    if (pass === undefined) missing("a clock that can be turned");
    await pass(ms);
  }

  /** Lets exactly so much time pass. */
  async passExactly(ms: number): Promise<void> {
    if (this.ground.pass === undefined) missing("a clock that stands still");
    await this.ground.pass(ms);
  }

  /** The same platform with the limit on calls that the service has. */
  limited(): FactLab {
    return new FactLab(this.ground.limited?.() ?? missing("a platform that limits its callers"));
  }

  /** The same platform with a search that lags. */
  lagging(ms: number): FactLab {
    return new FactLab(this.ground.lagging?.(ms) ?? missing("a platform whose search lags"));
  }

  async database(): Promise<string> {
    return (
      (await this.ground.addDatabase?.(this.project)) ?? missing("somebody to make a database")
    );
  }

  /** The options of calls with a token that reaches less far than its user. */
  async within(projects: TokenProjects): Promise<CallOptions> {
    if (this.ground.addToken === undefined) missing("somebody to narrow a token");
    const token = this.unique("token");
    await this.ground.addToken(token, projects);
    return { token };
  }

  /** What goes wrong with the next call. */
  async fault(fault: Fault): Promise<void> {
    if (this.ground.fault === undefined) missing("a platform that can be told to fail");
    await this.ground.fault(fault);
  }

  /** A text that no other fact uses. */
  unique(word = "fact"): string {
    this.#drawn += 1;
    return `${word}-${this.#run}${this.#drawn}`;
  }

  /** Any call at all. A string is sent as it stands. */
  async raw(path: string, input: unknown = {}, options: CallOptions = {}): Promise<FactAnswer> {
    const { token = this.ground.token, headers = {}, verb = "POST" } = options;
    const response = await this.ground.fetch(`${this.ground.url}${path}`, {
      method: verb,
      headers: {
        ...(typeof headers["Content-Type"] === "string"
          ? {}
          : { "Content-Type": "application/json" }),
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(verb === "GET" || verb === "HEAD" || verb === "OPTIONS"
        ? {}
        : { body: typeof input === "string" ? input : JSON.stringify(input) }),
    });
    const text = await response.text();
    const body = (text.startsWith("{") || text.startsWith("[") ? JSON.parse(text) : {}) as Body;
    const type = (body["error"] as Body | undefined)?.["type"] as string | undefined;
    return { status: response.status, headers: response.headers, text, body, type };
  }

  /** A call of a route that must be there for the fact to say anything. */
  async call(path: string, input: unknown = {}, options: CallOptions = {}): Promise<FactAnswer> {
    const route = path
      .replace(/^\/([a-z]+)-[0-9a-zA-Z]{24}\//, "/$1-xxxx/")
      .replace(/^\/user-[^/]+\//, "/user-xxxx/")
      .replace(/^\/container-/, "/project-");
    const { routes } = this.ground;
    if (routes !== undefined && !routes.has(route)) {
      throw new NotThereYet(`route not there yet: ${route}`);
    }
    const answer = await this.raw(path, input, options);
    // Our own server says so itself; another platform that lacks a route fails the fact.
    if (routes === undefined && /"message":"route POST /.test(answer.text)) {
      throw new NotThereYet(`route not there yet: ${route}`);
    }
    return answer;
  }

  /** A call that must succeed. */
  async ok(path: string, input: unknown = {}, options: CallOptions = {}): Promise<Body> {
    const answer = await this.call(path, input, options);
    holds(answer.status === 200, `${path} ${JSON.stringify(input).slice(0, 300)}: ${answer.text}`);
    return answer.body;
  }

  /** A call that must be refused so. */
  async no(
    type: string,
    path: string,
    ...[input = {}, options = {}]: readonly [input?: unknown, options?: CallOptions]
  ): Promise<FactAnswer> {
    const answer = await this.call(path, input, options);
    if (answer.type !== type) {
      throw new Broken(
        `${path} ${JSON.stringify(input).slice(0, 300)}: ${answer.status} ${answer.text.slice(0, 300)} instead of ${type}`,
      );
    }
    return answer;
  }

  async newProject(input: Body = {}): Promise<string> {
    const { id } = await this.ok("/project/new", { name: this.unique("project"), ...input });
    this.made.push(id as string);
    return id as string;
  }

  async make(kind: string, input: Body = {}, options: CallOptions = {}): Promise<string> {
    const { id } = await this.ok(`/${kind}/new`, { project: this.project, ...input }, options);
    return id as string;
  }

  async record(input: Body = {}, options: CallOptions = {}): Promise<string> {
    return await this.make("record", input, options);
  }

  async applet(input: Body = {}): Promise<string> {
    const runSpec = { interpreter: "bash", code: "true", distribution: "Ubuntu", release: "24.04" };
    return await this.make("applet", { runSpec, dxapi: "1.0.0", ...input });
  }

  /** A file of the bytes given, closed. */
  async file(content = "content", input: Body = {}): Promise<string> {
    const id = await this.make("file", input);
    await this.put(id, content);
    await this.ok(`/${id}/close`);
    await this.untilClosed(id);
    return id;
  }

  async put(id: string, content: string, index = 1): Promise<Response> {
    const size = new TextEncoder().encode(content).length;
    const target = await this.ok(`/${id}/upload`, { index, size });
    return await this.putTo(target, content);
  }

  async putTo(target: Body, content: string): Promise<Response> {
    const headers: Record<string, string> = { ...(target["headers"] as Record<string, string>) };
    for (const name of ["content-length", "Content-Length", "host"]) delete headers[name];
    return await this.ground.fetch(target["url"] as string, {
      method: "PUT",
      headers,
      body: new TextEncoder().encode(content),
    });
  }

  async get(target: Body, headers: Record<string, string> = {}): Promise<Response> {
    const all = { ...(target["headers"] as Record<string, string>), ...headers };
    return await this.ground.fetch(target["url"] as string, { method: "GET", headers: all });
  }

  async untilClosed(id: string): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      if ((await this.field(id, "state")) === "closed") return;
      if (this.ground.pass !== undefined) await this.ground.pass(1000);
      else await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Broken(`${id} is never closed`);
  }

  async describe(id: string, input: Body = {}, options: CallOptions = {}): Promise<Body> {
    return await this.ok(`/${id}/describe`, input, options);
  }

  /** One field of a describe. */
  // oxlint-disable-next-line typescript/no-explicit-any
  async field(id: string, name: string, project: string | null = this.project): Promise<any> {
    const isProject = id.startsWith("project-");
    const hint = isProject || project === null ? {} : { project };
    return (await this.describe(id, { ...hint, fields: { [name]: true } }))[name];
  }

  async find(query: Body): Promise<readonly string[]> {
    const { results } = await this.ok("/system/findDataObjects", query);
    return (results as Body[]).map((result) => result["id"] as string);
  }

  /** Of one project, unless the query says where. */
  async finds(
    query: Body,
    expected: readonly string[],
    what = JSON.stringify(query),
  ): Promise<void> {
    equal([...(await this.find(query))].sort(), [...expected].sort(), what);
  }

  async clone(
    objects: readonly string[],
    input: Body = {},
    options: CallOptions = {},
  ): Promise<Body> {
    return await this.ok(
      `/${this.project}/clone`,
      { objects, project: this.other, destination: "/", ...input },
      options,
    );
  }

  /** Away with what the fact made. */
  async cleanUp(): Promise<void> {
    for (const id of this.made) await this.raw(`/${id}/destroy`, {});
  }
}

function missing(what: string): never {
  throw new NotHere(`needs ${what}`);
}

/** Well-formed ids of nothing. */
export const nowhere = "project-000000000000000000000000";
export const nothing = "record-000000000000000000000000";
export const noFile = "file-000000000000000000000000";
