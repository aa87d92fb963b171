import type { HostPorts } from "./ports.ts";
import { channelsOf, prefixOf } from "./store-names.ts";

/** Operations in the outboxes of the other stores of this name. */
export async function unsentWork(ports: HostPorts, name: string, own: string): Promise<number> {
  let operations = 0;
  for (const databaseName of await ports.storage.list(prefixOf(name))) {
    if (databaseName === own) continue;
    const { random, logger } = ports;
    const channel = ports.openChannel(channelsOf(databaseName).storage);
    try {
      const store = await ports.storage.open({ databaseName, random, channel, logger });
      try {
        operations += await store.count("outbox");
      } finally {
        await store.close();
      }
    } finally {
      channel.close();
    }
  }
  return operations;
}

/** Ends the hosts of other tabs, then removes what they kept; how many operations something was kept for. */
export async function removeEveryStore(
  ports: HostPorts,
  name: string,
  options: { readonly keepUnsent: boolean },
): Promise<number> {
  let unsent = 0;
  for (const databaseName of await ports.storage.list(prefixOf(name))) {
    const channel = ports.openChannel(channelsOf(databaseName).hosts);
    channel.post({ word: "removing" });
    unsent += await ports.storage.remove(databaseName, options).finally(() => channel.close());
  }
  return unsent;
}
