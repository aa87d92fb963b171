import type { Clock } from "@holdfast/core";
import { hashText } from "./chance.ts";
import type { Control } from "./platform.ts";
import { addDatabase, addProject, addUser } from "./start-world.ts";
import type { Project } from "./world/project.ts";
import { checkScope } from "./world/token-scope.ts";
import type { User, World } from "./world/world.ts";

interface ControlPorts {
  readonly clock: Clock;
  readonly world: () => World;
  readonly act: Control["act"];
  /** Resolves once everything that has happened is saved. */
  readonly settle: () => Promise<void>;
}

export function createControl({ clock, world, act, settle }: ControlPorts): Control {
  return {
    act,
    async setLevel(project, user, level) {
      const { id } = userIn(world(), user);
      world().setLevel(projectIn(world(), project), id, level);
      await settle();
    },
    async setFlags(project, flags) {
      world().editProject(projectIn(world(), project), flags, { at: clock.now() });
      await settle();
    },
    async addUser(user) {
      const id = addUser(world(), user);
      await settle();
      return id;
    },
    async addProject(project) {
      const id = addProject(world(), project, clock.now());
      await settle();
      return id;
    },
    async addDatabase(project, name) {
      const id = addDatabase(world(), projectIn(world(), project), { name, at: clock.now() });
      await settle();
      return id;
    },
    async addToken(user, token, scope) {
      if (scope !== undefined) checkScope(scope);
      world().addToken(userIn(world(), user), hashText(token), scope);
      await settle();
    },
    async revokeToken(token) {
      world().revokeToken(hashText(token));
      await settle();
    },
  };
}

export function userIn(world: World, id: string): User {
  const user = world.users.get(id);
  if (user === undefined) throw new Error(`there is no user ${id}`);
  return user;
}

function projectIn(world: World, id: string): Project {
  const project = world.projects.get(id);
  if (project === undefined) throw new Error(`there is no project ${id}`);
  return project;
}
