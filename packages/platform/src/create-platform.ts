import { type Clock, keyProperty as defaultKeyProperty } from "@holdfast/core";
import { systemClock } from "./clock.ts";
import type { ContentStore } from "./content/content.ts";
import { MemoryContent } from "./content/memory-content.ts";
import { defaultFileRules, type FileRules } from "./files/file-rules.ts";
import { defaultLimits, type Limits } from "./limits.ts";
import { rowsOfWorld, worldOfRows } from "./persistence/saved-world.ts";
import type { Platform, PlatformOptions, StoredPlatformOptions } from "./platform.ts";
import { ReferencePlatform } from "./reference-platform.ts";
import { startWorld } from "./start-world.ts";
import type { World } from "./world/world.ts";
import { writeWorld } from "./world/write-world.ts";

/** A platform whose world lives and ends with this process. */
export function createPlatform(options: PlatformOptions = {}): Platform {
  const settings = withDefaults(options);
  return new ReferencePlatform({
    ...settings,
    world: firstWorld(options, settings),
    persistence: undefined,
  });
}

/**
 * A platform whose world survives: it goes on where the last one on the same persistence ended. Every effect is
 * saved, in one transaction with the reply that its nonce would get again, before its answer leaves.
 */
export async function openPlatform(options: StoredPlatformOptions): Promise<Platform> {
  const { persistence } = options;
  const settings = withDefaults(options);
  const saved = await persistence.load();
  const world =
    saved === undefined
      ? firstWorld(options, settings)
      : worldOfRows(saved, settings.limits.loggedEffects);
  if (saved === undefined) {
    await persistence.replace(rowsOfWorld(writeWorld(world)));
    world.unsaved.take();
  }
  return new ReferencePlatform({ ...settings, world, persistence });
}

interface Settings {
  readonly clock: Clock;
  readonly files: FileRules;
  readonly contents: ContentStore;
  readonly limits: Limits;
  readonly keyProperty: string;
}

function withDefaults(options: PlatformOptions): Settings {
  const { clock, limits, keyProperty, files, contents } = options;
  return {
    files: { ...defaultFileRules, ...files },
    contents: contents ?? new MemoryContent(),
    clock: clock ?? systemClock,
    limits: { ...defaultLimits, ...limits },
    keyProperty: keyProperty ?? defaultKeyProperty,
  };
}

function firstWorld(options: PlatformOptions, { clock, limits }: Settings): World {
  return startWorld({
    seed: options.seed ?? 1,
    clock,
    users: options.users ?? [{ name: "ada" }],
    projects: options.projects ?? [],
    loggedEffects: limits.loggedEffects,
  });
}
