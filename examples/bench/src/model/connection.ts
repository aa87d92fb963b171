/** A real API host, and what has to be known of it besides the token. */
export interface RemoteConnection {
  /** Without a slash at the end. */
  readonly api: string;
  /** `user-…` */
  readonly user: string;
  /** `project-…` */
  readonly project: string;
}

/** The reference platform in this browser, or a host whose facts may still be incomplete. */
export type Connection =
  | { readonly kind: "embedded" }
  | { readonly kind: "remote"; readonly remote: RemoteConnection }
  | { readonly kind: "incomplete"; readonly given: Partial<RemoteConnection> };

export interface ConnectionProblem {
  readonly field: keyof RemoteConnection | "token";
  readonly message: string;
}

/** Reads `?api=…&user=…&project=…`. The token is never in the address. */
export function connectionOf(search: string): Connection {
  const parameters = new URLSearchParams(search);
  const api = parameters.get("api");
  if (api === null) return { kind: "embedded" };
  const given: RemoteConnection = {
    api: withoutSlash(api),
    user: parameters.get("user") ?? "",
    project: parameters.get("project") ?? "",
  };
  return problemsOf(given).length === 0
    ? { kind: "remote", remote: given }
    : { kind: "incomplete", given };
}

export function searchOf({ api, user, project }: RemoteConnection): string {
  return `?${new URLSearchParams({ api: withoutSlash(api), user, project })}`;
}

export function problemsOf({ api, user, project }: RemoteConnection): ConnectionProblem[] {
  const problems: ConnectionProblem[] = [];
  const apiProblem = problemOfApi(api);
  if (apiProblem !== undefined) problems.push({ field: "api", message: apiProblem });
  if (!/^user-\S+$/.test(user)) {
    problems.push({ field: "user", message: "A user id begins with “user-”, such as user-ada." });
  }
  if (!/^(project|container)-[0-9a-zA-Z]{24}$/.test(project)) {
    problems.push({
      field: "project",
      message: "A project id is “project-” and 24 letters or digits.",
    });
  }
  return problems;
}

function problemOfApi(api: string): string | undefined {
  let url: URL;
  try {
    url = new URL(api);
  } catch {
    return "Write the whole address, such as https://api.dnanexus.com.";
  }
  const isLocal = url.hostname === "localhost" || url.hostname === "127.0.0.1";
  if (url.protocol === "https:" || (url.protocol === "http:" && isLocal)) return undefined;
  return "Use https: a token must not cross the network in the clear.";
}

function withoutSlash(api: string): string {
  return api.replace(/\/+$/, "");
}
