import type { HostPorts } from "./ports.ts";
import { channelsOf, prefixOf } from "./store-names.ts";

/** Operations in the outboxes of the other stores of this name. */
export async function unsentWork(ports: HostPorts, name: string, own: string): Promise<number> {
  let operations = 0;
  for (const databaseName of await ports.storage.list(prefixOf(name))) {
    if (databaseName === own) continue;
    const { random, logger } = ports;
    const channel = ports.openChannel(channelsOf(databaseName).storage);
    const store = await ports.storage.open({ databaseName, random, channel, logger });
    try {
      operations += await store.count("outbox");
    } finally {
      await store.close();
      channel.close();
    }
  }
  return operations;
}

/** Ends the hosts of other tabs, then removes what they kept. */
export async function removeEveryStore(ports: HostPorts, name: string): Promise<void> {
  for (const databaseName of await ports.storage.list(prefixOf(name))) {
    const channel = ports.openChannel(channelsOf(databaseName).hosts);
    channel.post({ word: "removing" });
    await ports.storage.remove(databaseName);
    channel.close();
  }
}
