import type { ProjectId, Rights } from "@holdfast/core";
import type { ConnectionState } from "./connection.ts";
import type { ProjectFacts, Projects } from "./projects.ts";

/** What we are allowed in a project, over the connection as it is; undefined without one. */
export async function rightsIn(
  project: ProjectId,
  connection: { readonly state: ConnectionState },
  ask: { readonly projects: Projects; readonly withinMs: number },
): Promise<Rights | undefined> {
  if (connection.state.phase !== "online") return undefined;
  return rightsBy(await ask.projects.recentFactsOf(project, ask.withinMs), connection.state);
}

export function rightsBy(facts: ProjectFacts, state: ConnectionState): Rights | undefined {
  if (state.phase !== "online") return undefined;
  const token = tokenMark(state.token);
  switch (facts.kind) {
    case "visible":
      return { token, level: facts.level };
    case "hidden":
      return { token, level: "NONE" };
    case "unknown":
      return { token };
  }
}

/**
 * Tells one token from the next, and nothing more: 32 bits of a value that has far more (FNV-1a), so that nobody can
 * get from the mark to the token, and rows may keep it (design §9.9).
 */
function tokenMark(token: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < token.length; at++) {
    hash = Math.imul(hash ^ token.charCodeAt(at), 0x01000193);
  }
  return (hash >>> 0).toString(16).padStart(8, "0");
}
