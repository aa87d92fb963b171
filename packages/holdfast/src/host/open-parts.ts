import type { Channel, ContentStore, Store } from "@holdfast/core";
import type { Engine } from "@holdfast/sync";
import { bindStore } from "./bind-store.ts";
import { ChangeFeed } from "./change-feed.ts";
import { DetailsQuestions } from "./details-questions.ts";
import { openHostEngine } from "./engine.ts";
import type { HostOptions, HostPorts } from "./ports.ts";
import { namesOf, type StoreNames } from "./store-names.ts";
import { TokenQuestions } from "./token-questions.ts";

/** What a host holds open and must close. */
export interface HostParts {
  readonly ports: HostPorts;
  readonly options: HostOptions;
  readonly names: StoreNames;
  readonly store: Store;
  readonly contents: ContentStore;
  readonly engine: Engine;
  readonly questions: TokenQuestions;
  readonly disputes: DetailsQuestions;
  readonly feed: ChangeFeed;
  /** To the hosts of other tabs. */
  readonly hosts: Channel;
  /** All that were opened for it. */
  readonly channels: readonly Channel[];
}

/** How long the change sequence may go unread where a broadcast was lost (design §4.4). */
const heartbeatMs = 3_000;

/** Opens the store, binds it and starts the engine; where one of these fails, nothing stays open. */
export async function openHostParts(ports: HostPorts, options: HostOptions): Promise<HostParts> {
  const names = namesOf(options);
  const { clock, random, logger } = ports;
  const channels: Channel[] = [];
  const openChannel = (name: string): Channel => {
    const channel = ports.openChannel(name);
    channels.push(channel);
    return channel;
  };
  let store: Store | undefined;
  let contents: ContentStore | undefined;
  let feed: ChangeFeed | undefined;
  try {
    store = await ports.storage.open({
      databaseName: names.database,
      random,
      channel: openChannel(names.channels.storage),
      logger,
    });
    await bindStore(store, options, clock);
    contents = await ports.storage.openContents({ databaseName: names.database, logger });
    const latest = await store.checkForChanges();
    feed = new ChangeFeed({ store, clock, logger, heartbeatMs }, latest);
    const questions = new TokenQuestions((question) => options.onPush({ push: "token", question }));
    const disputes = new DetailsQuestions(clock, (question, conflict) =>
      options.onPush({ push: "detailsConflict", question, conflict }),
    );
    const engineChannel = openChannel(names.channels.engine);
    const hosts = openChannel(names.channels.hosts);
    const engine = await openHostEngine({
      ports,
      options,
      store,
      contents,
      questions,
      disputes,
      channel: engineChannel,
      name: names.database,
    });
    const kept = { store, contents, engine, feed };
    return { ports, options, names, ...kept, questions, disputes, hosts, channels };
  } catch (error) {
    feed?.close();
    await contents?.close();
    await store?.close();
    for (const channel of channels) channel.close();
    throw error;
  }
}
