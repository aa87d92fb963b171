import type { RemoteConnection } from "./connection.ts";
import { connectEmbeddedPlatform } from "./embedded-platform.ts";
import type { Host } from "./host.ts";
import { type GivenToken, openTokenHolder } from "./token-holder.ts";

export async function openEmbeddedHost(): Promise<Host> {
  const platform = await connectEmbeddedPlatform();
  return { kind: "embedded", platform, user: platform.user, project: platform.project };
}

export async function openRemoteHost(
  remote: RemoteConnection,
  given: GivenToken | undefined,
): Promise<Host> {
  const token = await openTokenHolder(remote);
  if (given !== undefined && given.token !== "") await token.give(given);
  return { kind: "remote", remote, token, user: remote.user, project: remote.project };
}
