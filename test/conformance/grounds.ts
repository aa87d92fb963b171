import { createPlatform, type PlatformOptions, routeNames } from "@holdfast/platform";
import { VirtualClock } from "@holdfast/core/testing";
import type { Ground, LabLevel } from "./fact-lab.ts";

/** What a ground of our own begins with: everybody there is, in every project. */
export const groundUsers = [
  { name: "ada", token: "ada-token" },
  { name: "una", token: "una-token" },
  { name: "vic", token: "vic-token" },
  { name: "cora", token: "cora-token" },
  { name: "noa", token: "noa-token" },
] as const;

const permissions = {
  "user-ada": "ADMINISTER",
  "user-una": "UPLOAD",
  "user-vic": "VIEW",
  "user-cora": "CONTRIBUTE",
} as const;

export const groundProjects = [
  { name: "Lab", permissions },
  { name: "Elsewhere", permissions },
  { name: "Guarded", protected: true, permissions },
] as const;

export const groundPeople: Partial<Record<LabLevel, string>> = {
  ADMINISTER: "ada-token",
  UPLOAD: "una-token",
  VIEW: "vic-token",
  CONTRIBUTE: "cora-token",
  NONE: "noa-token",
};

/** The modules of the platform under test: ours, or a mutant of it. */
export interface PlatformModule {
  readonly createPlatform: typeof createPlatform;
  readonly routeNames: readonly string[];
}

/** A platform in this process, on virtual time. */
export function inProcess(
  module: PlatformModule = { createPlatform, routeNames },
  limits: NonNullable<PlatformOptions["limits"]> = {},
): Ground & { readonly platform: ReturnType<typeof createPlatform>; readonly clock: VirtualClock } {
  const clock = new VirtualClock();
  const platform = module.createPlatform({
    seed: 7,
    clock,
    users: groundUsers,
    projects: groundProjects,
    limits,
  });
  return {
    platform,
    clock,
    fetch: (url, init) => platform.fetch(url, init),
    url: "http://platform.holdfast.invalid",
    token: "ada-token",
    ...groundIds(platform.projects),
    people: groundPeople,
    routes: new Set(module.routeNames),
    pass: (ms) => clock.advance(ms),
    limited: () => inProcess(module, { callsPerSecond: 200 }),
    lagging: (ms) => inProcess(module, { searchLagMs: ms }),
    addDatabase: (project) => platform.control.addDatabase(project, "db"),
    addToken: (token, projects) => platform.control.addToken("user-ada", token, { projects }),
    fault: (fault) => void platform.faults.next("*", fault),
  };
}

export function groundIds(
  projects: readonly { readonly id: string }[],
): Pick<Required<Ground>, "project" | "other" | "guarded"> {
  const [project, other, guarded] = projects.map(({ id }) => id);
  return { project: project ?? "", other: other ?? "", guarded: guarded ?? "" };
}
