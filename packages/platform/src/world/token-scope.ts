import { type Level, levels, reaches } from "../levels.ts";

/**
 * How far a token reaches where that is less far than its user does: project → the highest level, `*` for those that
 * are not named (CS §7). A project that neither names is out of reach.
 */
export interface TokenScope {
  readonly projects: Readonly<Record<string, Level>>;
}

/** The lower one of the user's level and the token's. */
export function levelWithin(scope: TokenScope | undefined, project: string, own: Level): Level {
  if (scope === undefined) return own;
  const { projects } = scope;
  const most = Object.hasOwn(projects, project) ? projects[project] : everyOther(projects);
  return most === undefined ? "NONE" : reaches(own, most) ? most : own;
}

/** @throws Error that says what no scope can be: a programmer's mistake. */
export function checkScope({ projects }: TokenScope): void {
  for (const [project, level] of Object.entries(projects)) {
    if (!levels.includes(level)) throw new Error(`a token's scope has no level ${String(level)}`);
    if (project !== "*" && !/^(project|container)-[0-9a-zA-Z]{24}$/.test(project)) {
      throw new Error(`a token's scope names projects or "*", not ${project}`);
    }
  }
}

function everyOther(projects: TokenScope["projects"]): Level | undefined {
  return Object.hasOwn(projects, "*") ? projects["*"] : undefined;
}
