import {
  type Clock,
  isJsonObject,
  type Json,
  type JsonObject,
  strictAlphabet,
} from "@holdfast/core";

/** What a test may do to one call. `hang` never answers; a late call has its effect when it is let through. */
export type Script =
  | "cutBeforeEffect"
  | "cutAfterEffect"
  | "truncate"
  | "hang"
  | { readonly status: number; readonly type?: string; readonly retryAfter?: string }
  | { readonly late: Promise<void> };

export interface Call {
  readonly number: number;
  readonly path: string;
  readonly body: string;
  readonly token: string;
  readonly at: number;
}

interface Stored {
  id: string;
  project: string;
  name: string;
  folder: string;
  state: string;
  hidden: boolean;
  types: string[];
  tags: string[];
  properties: Record<string, string>;
  details: Json;
  created: number;
  modified: number;
  createdBy: { user: string };
}

/**
 * Records and nothing else, as plainly as it can be written, for tests of what the engine does and not of what the
 * platform does: no validation, no permissions but one level per project.
 */
export class ScriptedPlatform {
  readonly calls: Call[] = [];
  readonly records = new Map<string, Stored>();
  readonly users = new Map<string, string>([["token-ada", "user-ada"]]);
  readonly levels = new Map<string, string>();
  /** Every change, in order: `new record-…`, `record-… close`. */
  readonly effects: string[] = [];
  /** Asked for every call, before anything else. */
  script: (call: Call) => Script | undefined = () => undefined;
  isUnreachable = false;
  latencyMs = 0;
  serverAheadMs = 0;
  readonly #nonces = new Map<
    string,
    { readonly body: string; readonly id: string; readonly at: number }
  >();
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The calls that change something. */
  get writes(): readonly Call[] {
    return this.calls.filter(({ path }) => !/^\/system\/|\/describe$/.test(path));
  }

  readonly fetch = async (request: Request): Promise<Response> => {
    const { signal } = request;
    const call: Call = {
      number: this.calls.length + 1,
      path: new URL(request.url).pathname,
      body: await request.text(),
      token: (request.headers.get("Authorization") ?? "").replace(/^Bearer /, ""),
      at: this.#clock.monotonic(),
    };
    this.calls.push(call);
    if (this.isUnreachable) throw new TypeError("fetch failed");
    const script = this.script(call);
    if (this.latencyMs > 0)
      await new Promise<void>((resolve) => this.#clock.timer(this.latencyMs, resolve));
    if (script === undefined || script === "cutAfterEffect" || script === "truncate") {
      const response = this.#answer(call);
      if (script === "cutAfterEffect") throw new TypeError("terminated");
      if (script === "truncate")
        return new Response((await response.text()).slice(0, -3), response);
      return response;
    }
    if (script === "cutBeforeEffect") throw new TypeError("fetch failed");
    if (script === "hang") {
      return await new Promise<never>((_, reject) => {
        signal.addEventListener("abort", () => reject(new TypeError("aborted")), { once: true });
      });
    }
    if ("late" in script) {
      await script.late;
      return this.#answer(call);
    }
    return refusal(script.status, script.type, script.retryAfter);
  };

  /** Objects that carry this name: how many one create has caused. */
  named(name: string): readonly Stored[] {
    return [...this.records.values()].filter((record) => record.name === name);
  }

  put(record: Partial<Stored> & { readonly project: string }): Stored {
    const id = record.id ?? `record-${toId(this.records.size)}`;
    const nowAt = this.#now();
    const stored: Stored = {
      id,
      name: id,
      folder: "/",
      state: "open",
      hidden: false,
      types: [],
      tags: [],
      properties: {},
      details: {},
      created: nowAt,
      modified: nowAt,
      createdBy: { user: "user-ada" },
      ...record,
    };
    this.records.set(id, stored);
    return stored;
  }

  #now(): number {
    return this.#clock.now() + this.serverAheadMs;
  }

  #answer(call: Call): Response {
    const user = this.users.get(call.token);
    if (user === undefined) return refusal(401, "InvalidAuthentication");
    const body = JSON.parse(call.body) as Json;
    const input = isJsonObject(body) ? body : {};
    const [, subject = "", method = ""] = call.path.split("/");
    if (subject === "system") return this.#system(method, input, user);
    if (subject.startsWith("project-")) {
      const level = this.levels.get(subject) ?? "ADMINISTER";
      return level === "NONE" ? refusal(401, "PermissionDenied") : ok({ id: subject, level });
    }
    if (call.path === "/record/new") return this.#create(call, input, user);
    const record = this.records.get(subject);
    if (record === undefined) return refusal(404, "ResourceNotFound");
    return this.#edit(record, method, body);
  }

  #system(method: string, input: JsonObject, user: string): Response {
    switch (method) {
      case "whoami":
        return ok({ id: user });
      case "comeBackLater":
        return ok({ currentTime: this.#now() });
      case "describeDataObjects":
        return ok({
          results: (input["objects"] as unknown as { id: string }[]).map(({ id }) => {
            const record = this.records.get(id);
            return record === undefined
              ? { error: { type: "ResourceNotFound", message: "gone" }, statusCode: 404 }
              : { describe: { class: "record", ...record } as unknown as Json };
          }),
        });
      case "findDataObjects": {
        const { $or } = input["properties"] as unknown as { $or: Record<string, string>[] };
        const results = [...this.records.values()]
          .filter(({ properties }) =>
            $or.some((one) =>
              Object.entries(one).every(([key, value]) => properties[key] === value),
            ),
          )
          .map(({ id, project, properties, createdBy }) => ({
            id,
            project,
            describe: { id, properties, createdBy },
          }));
        return ok({ results, next: null });
      }
      default:
        return refusal(404, "ResourceNotFound");
    }
  }

  #create(call: Call, input: JsonObject, user: string): Response {
    const { close, ...fields } = input;
    const { nonce, project } = input as { readonly nonce: string; readonly project: string };
    const known = this.#nonces.get(nonce);
    if (known !== undefined && this.#now() - known.at < 3_600_000) {
      return known.body === call.body ? ok({ id: known.id }) : refusal(422, "InvalidInput");
    }
    const record = this.put({
      ...(fields as Partial<Stored>),
      project,
      state: close === true ? "closed" : "open",
      createdBy: { user },
    });
    this.#nonces.set(nonce, { body: call.body, id: record.id, at: this.#now() });
    this.effects.push(`new ${record.id}`);
    return ok({ id: record.id });
  }

  #edit(record: Stored, method: string, body: Json): Response {
    const { types, tags, hidden, name, properties } = body as unknown as Stored;
    if (method === "close") {
      const again = record.state === "open" ? {} : { detail: "already closed" };
      if (record.state === "open") this.effects.push(`${record.id} close`);
      record.state = "closed";
      return ok({ id: record.id, ...again });
    }
    const isFixed = ["addTypes", "removeTypes", "setDetails", "setVisibility"].includes(method);
    if (isFixed && record.state !== "open") return refusal(422, "InvalidState");
    switch (method) {
      case "addTypes":
        record.types = [...new Set([...record.types, ...types])];
        break;
      case "removeTypes":
        record.types = record.types.filter((type) => !types.includes(type));
        break;
      case "setDetails":
        record.details = body;
        break;
      case "setVisibility":
        record.hidden = hidden;
        break;
      case "rename":
        record.name = name;
        break;
      case "addTags":
        record.tags = [...new Set([...record.tags, ...tags])];
        break;
      case "removeTags":
        record.tags = record.tags.filter((tag) => !tags.includes(tag));
        break;
      case "setProperties":
        for (const [key, value] of Object.entries(properties as Record<string, string | null>)) {
          if (value === null) delete record.properties[key];
          else record.properties[key] = value;
        }
        break;
      default:
        return refusal(404, "ResourceNotFound");
    }
    record.modified = this.#now();
    this.effects.push(`${record.id} ${method}`);
    return ok({ id: record.id });
  }
}

function toId(count: number): string {
  let text = "";
  for (let rest = count + 1, index = 0; index < 24; index++) {
    text = strictAlphabet.charAt(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function ok(body: Json): Response {
  return Response.json(body);
}

function refusal(status: number, type?: string, retryAfter?: string): Response {
  const headers = new Headers(retryAfter === undefined ? {} : { "Retry-After": retryAfter });
  if (type === undefined) return new Response("<html>", { status, headers });
  return Response.json({ error: { type, message: `${type}, as scripted` } }, { status, headers });
}
