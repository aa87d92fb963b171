import { parseArgs } from "node:util";
import { type Level, levels } from "../levels.ts";
import { checkScope, type TokenScope } from "../world/token-scope.ts";

export interface UserArgument {
  readonly name: string;
  readonly token: string;
  /** Where the token reaches less far than its user. */
  readonly scope?: TokenScope;
}

export interface CommandLine {
  readonly port: number;
  readonly seed: string;
  readonly users: readonly UserArgument[];
  readonly projects: readonly { readonly name: string }[];
  readonly latencyMs: number;
  readonly searchLagMs: number;
  /** A file with the world to begin with, and whether it is written back at the end. */
  readonly world: string | undefined;
  readonly save: boolean;
  /** A file with what goes wrong from the start. */
  readonly faults: string | undefined;
  readonly help: boolean;
  /** Where the content of files is kept; in memory without it. */
  readonly dataDirectory: string | undefined;
}

export const usage = `usage: holdfast-platform [options]
  --port N           the port to listen on, 0 for any (default 0)
  --seed TEXT        what ids and faults are drawn from (default 1)
  --user NAME=TOKEN  a user and its token; repeatable, the first is the default user (default ada=ada-token)
  --scope TOKEN=PROJECT:LEVEL
                     how far the token of a --user reaches at most in a project (an ID, or * for those not named);
                     repeatable; what no --scope of the token names is out of its reach
  --project NAME     a project that the first user administers; repeatable
  --data DIR         keep the content of files there, not in memory
  --world FILE       the world to begin with: users, hashes of tokens, projects, objects; its seed counts, not --seed;
                     --user and --project add what it does not have
  --save             write the world back to --world when the server is told to end (SIGTERM, SIGINT)
  --faults FILE      what goes wrong: {"next": [{"on": PATH, "fault": KIND, "times": N}],
                     "rates": [{"rate": 0 to 1, "fault": KIND or {"kind": KIND, …}, "on": PATH}]}
  --latency MS       how long each call takes (default 0)
  --search-lag MS    searches answer from what there was so long ago (default 0)
  --help             print this
When it is ready, one line of JSON says where it listens and who and what there is.
`;

/** @throws Error that says which argument cannot be. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: "string", default: "0" },
      seed: { type: "string", default: "1" },
      user: { type: "string", multiple: true },
      scope: { type: "string", multiple: true, default: [] },
      project: { type: "string", multiple: true, default: [] },
      data: { type: "string" },
      latency: { type: "string", default: "0" },
      "search-lag": { type: "string", default: "0" },
      world: { type: "string" },
      save: { type: "boolean", default: false },
      faults: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { world, save, faults, help } = values;
  if (save && world === undefined) throw new Error("--save needs --world, the file to write to");
  for (const [option, name] of Object.entries({ world, faults })) {
    if (name === "") throw new Error(`--${option} must name a file`);
  }
  // A world that is there brings its own users.
  const users = values.user ?? (world === undefined ? ["ada=ada-token"] : []);
  return {
    port: asNumber("--port", values.port, 65_535),
    seed: values.seed,
    users: withScopes(users.map(asUser), values.scope.map(asScope)),
    projects: values.project.map(asProject),
    latencyMs: asNumber("--latency", values.latency, 3_600_000),
    searchLagMs: asNumber("--search-lag", values["search-lag"], 3_600_000),
    world,
    save,
    faults,
    help,
    dataDirectory: asDirectory(values.data),
  };
}

function asNumber(option: string, text: string, max: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value <= max) return value;
  throw new Error(`${option} must be a whole number from 0 to ${max}, not ${text}`);
}

function asUser(text: string): UserArgument {
  const [, name, token] = /^([^=\s]+)=(\S+)$/.exec(text) ?? [];
  if (name === undefined || token === undefined) {
    throw new Error(`--user must be NAME=TOKEN, not ${text}`);
  }
  return { name, token };
}

interface Scope {
  readonly token: string;
  readonly project: string;
  readonly level: Level;
}

function asScope(text: string): Scope {
  const [, token, project, name] = /^(\S+)=([^\s=:]+):([A-Z]+)$/.exec(text) ?? [];
  const level = levels.find((one) => one === name);
  if (token === undefined || project === undefined || level === undefined) {
    throw new Error(`--scope must be TOKEN=PROJECT:LEVEL, not ${text}`);
  }
  return { token, project, level };
}

function withScopes(
  users: readonly UserArgument[],
  scopes: readonly Scope[],
): readonly UserArgument[] {
  for (const { token } of scopes) {
    if (users.every((user) => user.token !== token)) {
      throw new Error(`--scope names ${token}, which is the token of no --user`);
    }
  }
  return users.map((user) => {
    const own = scopes.filter(({ token }) => token === user.token);
    if (own.length === 0) return user;
    const scope = {
      projects: Object.fromEntries(own.map(({ project, level }) => [project, level])),
    };
    checkScope(scope);
    return { ...user, scope };
  });
}

function asDirectory(name: string | undefined): string | undefined {
  if (name === "") throw new Error("--data must name a directory");
  return name;
}

function asProject(name: string): { readonly name: string } {
  if (name === "") throw new Error("--project must not be empty");
  return { name };
}
