import {
  type FindQuery,
  HoldfastError,
  type ObjectDescription,
  parseFindQuery,
  type Store,
} from "@holdfast/core";
import type { Output } from "../wire.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { Cursors } from "./cursors.ts";
import type { Describer } from "./describer.ts";
import { type Handlers, valueOf } from "./handlers.ts";
import { withEveryName } from "./link-names.ts";
import type { LiveQueries } from "./live-queries.ts";
import { findObject } from "./object-keys.ts";
import { Staging } from "./staging.ts";
import type { Writer } from "./writer.ts";

export interface ObjectCallPorts {
  readonly store: Store;
  readonly writer: Writer;
  readonly live: LiveQueries;
  readonly describer: Describer;
  readonly cursors: Cursors;
  readonly feed: ChangeFeed;
}

type Kinds =
  | "create"
  | "stage"
  | "commit"
  | "drop"
  | "edit"
  | "clone"
  | "get"
  | "find"
  | "count"
  | "more";

/** Making, editing and reading objects. */
export function objectCalls(ports: ObjectCallPorts): Handlers<Kinds> {
  const { store, writer, describer, cursors } = ports;
  const staging = new Staging();
  return {
    create: ({ class: objectClass, input }) => writer.create(objectClass, input),
    stage: ({ batch, class: objectClass, inputs }) =>
      valueOf(staging.add(batch, objectClass, inputs)),
    commit: async ({ batch }) => cursors.pageOfWrite(await writer.createAll(staging.take(batch))),
    drop: ({ batch }) => {
      staging.take(batch);
      return null;
    },
    edit: ({ edit }) => writer.edit(edit),
    clone: ({ object, destination }) => writer.clone(object, destination),
    get: ({ object, project }) => get(ports, object, project),
    find: async ({ query: given }) => {
      const query = await withEveryName(store, parseFindQuery(given));
      const live = await peek(ports, query);
      if (live !== undefined) return cursors.page(live);
      return cursors.page(await describer.describe(await store.find(query)));
    },
    count: async ({ query }) =>
      await store.countFound(await withEveryName(store, parseFindQuery(query))),
    more: ({ cursor }) => valueOf(cursors.more(cursor)),
  };
}

/** The result of a live query, once it is sure that no other tab has written what this one has not heard of. */
async function peek(
  { store, live, feed }: ObjectCallPorts,
  query: FindQuery,
): Promise<readonly ObjectDescription[] | undefined> {
  if (live.peek(query) === undefined) return undefined;
  const latest = await store.checkForChanges();
  return feed.latest >= latest ? live.peek(query) : undefined;
}

async function get(
  { store, describer }: ObjectCallPorts,
  object: string,
  project: string | undefined,
): Promise<Output<"get">> {
  const found = await findObject(store, object, project);
  if ("failure" in found) {
    if (found.failure.code === "ResourceNotFound") return null;
    throw new HoldfastError(found.failure);
  }
  const [description] = await describer.describe([found.row]);
  return description ?? null;
}
