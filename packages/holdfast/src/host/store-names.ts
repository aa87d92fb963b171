import type { HostOptions } from "./ports.ts";

/** The names of all that belongs to one store. A user's id and the first part hold no colon. */
export interface StoreNames {
  readonly database: string;
  readonly channels: Channels;
}

/** Each speaks a language of its own. */
export interface Channels {
  readonly storage: string;
  readonly engine: string;
  readonly hosts: string;
}

export function namesOf({
  name,
  host,
  user,
}: Pick<HostOptions, "name" | "host" | "user">): StoreNames {
  const database = `${prefixOf(name)}${host}:${user}`;
  return { database, channels: channelsOf(database) };
}

/** What all databases of the name begin with. */
export function prefixOf(name: string): string {
  return `${name}:`;
}

export function channelsOf(database: string): Channels {
  return {
    storage: `${database}:storage`,
    engine: `${database}:engine`,
    hosts: `${database}:hosts`,
  };
}
