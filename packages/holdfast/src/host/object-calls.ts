import {
  type FindQuery,
  HoldfastError,
  type NewContent,
  type ObjectDescription,
  parseFindQuery,
  type Store,
} from "@holdfast/core";
import type { Created, Output } from "../wire.ts";
import type { ContentWritings } from "./contents/content-writings.ts";
import type { ChangeFeed } from "./change-feed.ts";
import type { Cursors } from "./cursors.ts";
import type { Describer } from "./describer.ts";
import { type Handlers, valueOf } from "./handlers.ts";
import { withEveryName } from "./link-names.ts";
import type { LiveQueries } from "./live-queries.ts";
import { findObject } from "./object-keys.ts";
import { type StagedCreate, Staging } from "./staging.ts";
import type { Writer } from "./writer.ts";

export interface ObjectCallPorts {
  readonly store: Store;
  readonly writer: Writer;
  readonly writings: ContentWritings;
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
  | "beginContent"
  | "appendContent"
  | "endContent"
  | "dropContent"
  | "attach"
  | "get"
  | "find"
  | "count"
  | "more";

/** Making, editing and reading objects. */
export function objectCalls(ports: ObjectCallPorts): Handlers<Kinds> {
  const { store, writer, writings, describer, cursors } = ports;
  const staging = new Staging();
  return {
    create: ({ class: objectClass, input, content }) =>
      content === undefined
        ? writer.create(objectClass, input)
        : writings.commit([content], ([whole]) => writer.create(objectClass, input, whole)),
    stage: (message) => valueOf(staging.add(message)),
    commit: async ({ batch }) =>
      cursors.pageOfWrite(await createStaged(ports, staging.take(batch))),
    drop: async ({ batch }) => {
      const contents = contentsIn(staging.take(batch));
      await Promise.all(contents.map((content) => writings.drop(content)));
      return null;
    },
    beginContent: async ({ content, for: target, size }) => {
      await writer.checkTarget(target);
      await writings.begin(content, size);
      return null;
    },
    appendContent: ({ content, data }) => writings.append(content, data),
    endContent: async ({ content }) => {
      await writings.end(content);
      return null;
    },
    dropContent: async ({ content }) => {
      await writings.drop(content);
      return null;
    },
    attach: ({ object, content }) =>
      writings.commit([content], ([whole]) => writer.attach(object, whole as NewContent)),
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

async function createStaged(
  { writer, writings }: ObjectCallPorts,
  staged: readonly StagedCreate[],
): Promise<readonly Created[]> {
  const numbers = contentsIn(staged);
  if (numbers.length === 0) return await writer.createAll(staged.map(({ request }) => request));
  return await writings.commit(numbers, (contents) => {
    const whole = new Map(numbers.map((number, index) => [number, contents[index]]));
    return writer.createAll(
      staged.map(({ request, content: number }) => {
        const content = number === undefined ? undefined : whole.get(number);
        return content === undefined ? request : { ...request, content };
      }),
    );
  });
}

function contentsIn(staged: readonly StagedCreate[]): readonly number[] {
  return staged.flatMap(({ content }) => (content === undefined ? [] : [content]));
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
