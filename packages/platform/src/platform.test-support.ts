import type { Json, JsonObject } from "@holdfast/core";
import { VirtualClock } from "@holdfast/core/testing";
import { createPlatform } from "./create-platform.ts";
import type { Platform, PlatformOptions, ProjectOption, UserOption } from "./platform.ts";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed text. */
  readonly body: JsonObject;
  /** `error.type` of a refusal. */
  readonly error: string | undefined;
}

export interface CallOptions {
  /** Default ada's. */
  readonly token?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  readonly verb?: string;
  readonly signal?: AbortSignal;
}

/** Makes one call. A string is sent as it stands, anything else as JSON. */
export type Caller = (path: string, input?: Json, options?: CallOptions) => Promise<Answer>;

export interface Lab {
  readonly platform: Platform;
  readonly clock: VirtualClock;
  readonly call: Caller;
  /** Where ada is ADMINISTER, una UPLOAD, vic VIEW and cora CONTRIBUTE; noa is nobody in it. */
  readonly project: string;
  readonly otherProject: string;
  /** Makes a record in the project and answers its id. */
  readonly newRecord: (input?: JsonObject) => Promise<string>;
  /** Describes it with properties and details. */
  readonly describe: (id: string) => Promise<JsonObject>;
}

export const labUsers: readonly UserOption[] = [
  { name: "ada", token: "ada-token" },
  { name: "una", token: "una-token" },
  { name: "vic", token: "vic-token" },
  { name: "cora", token: "cora-token" },
  { name: "noa", token: "noa-token" },
];

const permissions = {
  "user-ada": "ADMINISTER",
  "user-una": "UPLOAD",
  "user-vic": "VIEW",
  "user-cora": "CONTRIBUTE",
} as const;

export const labProjects: readonly ProjectOption[] = [
  { name: "Lab", permissions },
  { name: "Elsewhere" },
];

export function openLab(options: PlatformOptions = {}): Lab {
  const clock = new VirtualClock();
  const platform = createPlatform({
    seed: 7,
    clock,
    users: labUsers,
    projects: labProjects,
    ...options,
  });
  return labOf(platform, clock);
}

export function labOf(platform: Platform, clock: VirtualClock): Lab {
  const call = callerOf(platform.fetch.bind(platform));
  const project = platform.projects[0]?.id ?? "";
  return {
    platform,
    clock,
    call,
    project,
    otherProject: platform.projects[1]?.id ?? "",
    newRecord: async (input = {}) => {
      const { body, error, text } = await call("/record/new", { project, ...input });
      if (error !== undefined) throw new Error(text);
      return body["id"] as string;
    },
    describe: async (id) => {
      const input = { project, defaultFields: true, fields: { properties: true, details: true } };
      return (await call(`/${id}/describe`, input)).body;
    },
  };
}

export function callerOf(fetch: (input: string, init: RequestInit) => Promise<Response>): Caller {
  return async (path, input = {}, options = {}) => {
    const { token = "ada-token", headers = {}, verb = "POST", signal } = options;
    const hasBody = verb !== "GET" && verb !== "HEAD";
    const response = await fetch(`http://platform.holdfast.invalid${path}`, {
      method: verb,
      headers: {
        "Content-Type": "application/json",
        ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(hasBody ? { body: typeof input === "string" ? input : JSON.stringify(input) } : {}),
      ...(signal === undefined ? {} : { signal }),
    });
    return await toAnswer(response);
  };
}

async function toAnswer(response: Response): Promise<Answer> {
  const { status, headers } = response;
  const text = await response.text();
  const body = (text === "" ? {} : JSON.parse(text)) as JsonObject;
  const error = (body["error"] as JsonObject | undefined)?.["type"] as string | undefined;
  return { status, headers, text, body, error };
}

/** A well-formed id of nothing. */
export const unknownRecord = "record-000000000000000000000000";
export const unknownProject = "project-000000000000000000000000";
