import { type Clock, folderProblem, isProjectId } from "@holdfast/core";
import { createdResolutionMs, defaultRegion } from "./assumed.ts";
import { hashText, type Seed } from "./chance.ts";
import { initialState } from "./lifecycle.ts";
import type { ProjectOption, UserOption } from "./platform.ts";
import type { DataObject } from "./world/data-object.ts";
import { defaultSettings, Project } from "./world/project.ts";
import { checkScope } from "./world/token-scope.ts";
import { nextNumber, type User, World } from "./world/world.ts";

interface Start {
  readonly seed: Seed;
  readonly clock: Clock;
  readonly users: readonly UserOption[];
  readonly projects: readonly ProjectOption[];
  readonly loggedEffects: number;
}

/** The world a platform begins with. @throws Error where an option cannot be: a programmer's mistake. */
export function startWorld({ seed, clock, users, projects, loggedEffects }: Start): World {
  const world = new World({ seed, loggedEffects });
  for (const user of users) addUser(world, user);
  for (const project of projects) addProject(world, project, clock.now());
  return world;
}

export function addUser(world: World, { id, name, token, scope }: UserOption): string {
  const userId = id ?? `user-${name ?? ""}`;
  if (!/^user-.+$/.test(userId))
    throw new Error(`a user needs a name, or an id that begins with "user-"`);
  if (world.users.has(userId)) throw new Error(`there is a user ${userId} already`);
  const user: User = {
    id: userId,
    number: nextNumber(world.users),
    name: name ?? userId.slice("user-".length),
    tokenHashes: new Set(),
    tokenScopes: new Map(),
  };
  if (scope !== undefined) checkScope(scope);
  world.addUser(user);
  if (token !== undefined) world.addToken(user, hashText(token), scope);
  return userId;
}

/** As the platform's own services make one. */
export function addDatabase(
  world: World,
  project: Project,
  { name, at }: { readonly name: string; readonly at: number },
): string {
  const id = world.newId("database", []);
  const object: DataObject = {
    id,
    class: "database",
    created: at - (at % createdResolutionMs),
    createdBy: project.createdBy,
    origin: project.id,
    state: initialState("database"),
    hidden: false,
    types: [],
    details: "{}",
    links: [],
    own: { databaseName: name },
    copies: new Map(),
  };
  object.copies.set(project.id, {
    object,
    project: project.id,
    name,
    folder: "/",
    tags: [],
    properties: new Map(),
    modified: at,
  });
  world.addObject(object);
  return id;
}

export function addProject(world: World, option: ProjectOption, now: number): string {
  const { name, id, permissions, folders = [], ...flags } = option;
  const owner = world.users.keys().next().value ?? "user-nobody";
  const project = new Project({
    id: id ?? world.newId("project", []),
    number: nextNumber(world.projects),
    created: now - (now % createdResolutionMs),
    createdBy: owner,
    settings: {
      ...defaultSettings,
      region: defaultRegion,
      ...flags,
      name,
      billTo: owner,
    },
  });
  if (!isProjectId(project.id)) throw new Error(`${project.id} is no id of a project`);
  if (world.projects.has(project.id)) throw new Error(`there is a project ${project.id} already`);
  project.modified = now;
  for (const [user, level] of Object.entries(permissions ?? { [owner]: "ADMINISTER" as const })) {
    if (!world.users.has(user)) throw new Error(`there is no user ${user} to give ${level} to`);
    if (level !== "NONE") project.permissions.set(user, level);
  }
  world.addProject(project);
  for (const folder of folders) {
    const problem = folderProblem(folder);
    if (problem !== undefined) throw new Error(problem);
    world.addFolders(project, folder);
  }
  return project.id;
}
