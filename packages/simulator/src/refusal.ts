import type { Clock, Json, JsonObject, Operation } from "@holdfast/core";
import { type ApiError, createPlatform, type Platform, type WorldFile } from "@holdfast/platform";
import { platformLimits, user, type World } from "./world.ts";

/**
 * What the platform would answer to one operation if it were sent now, alone: the code of its refusal, or `taken`. It is asked
 * of a copy of the platform, so nothing happens.
 */
export class Refusals {
  readonly #clock: Clock;
  readonly #world: WorldFile;

  constructor({ clock, platform }: World) {
    this.#clock = clock;
    this.#world = platform.snapshot();
  }

  async of(call: {
    readonly operation: Operation;
    readonly id: string;
    readonly project: string;
  }): Promise<string> {
    const platform = createPlatform({ ...platformLimits, clock: this.#clock });
    await platform.restore(this.#world);
    try {
      await ask(platform, call);
      return "taken";
    } catch (error) {
      return (error as ApiError).type;
    }
  }
}

async function ask(
  platform: Platform,
  { operation, id, project }: Parameters<Refusals["of"]>[0],
): Promise<void> {
  const act = async (path: string, input: JsonObject): Promise<void> => {
    await platform.control.act(user, path, input);
  };
  const ofProject = id === project;
  switch (operation.kind) {
    case "create": {
      const { name, details, own, close, ...input } = operation.input;
      await act(`/${operation.class}/new`, {
        project,
        ...(input as unknown as JsonObject),
        ...(name === null ? {} : { name }),
        details: JSON.parse(details) as Json,
        ...(own === undefined ? {} : (JSON.parse(own) as JsonObject)),
        ...(operation.class === "record" ? { close } : {}),
      });
      return;
    }
    case "setDetails":
      await act(`/${id}/setDetails`, JSON.parse(operation.details) as JsonObject);
      return;
    case "rename":
      if (ofProject) await act(`/${id}/update`, { name: operation.name });
      else await act(`/${id}/rename`, { project, name: operation.name });
      return;
    case "move":
      await act(`/${project}/move`, { objects: [id], destination: operation.folder });
      return;
    case "remove":
      await act(`/${project}/removeObjects`, { objects: [id] });
      return;
    case "attach":
      await act(`/${id}/upload`, { index: 1 });
      return;
    case "clone": {
      const objects = [operation.object];
      const { parents, state } = operation;
      await act(`/${operation.from}/clone`, {
        objects,
        project,
        parents,
        destination: state.folder,
      });
      return;
    }
    case "moveFolder": {
      const { folder, destination } = operation;
      await act(`/${project}/move`, { folders: [folder], destination });
      return;
    }
    case "newFolder":
    case "renameFolder":
    case "removeFolder": {
      const { kind, ...input } = operation;
      await act(`/${project}/${kind}`, input as unknown as JsonObject);
      return;
    }
    default: {
      const { kind, ...input } = operation;
      await act(`/${id}/${kind}`, {
        ...(ofProject ? {} : { project }),
        ...(input as unknown as JsonObject),
      });
    }
  }
}
