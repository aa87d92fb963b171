import type { RemoteConnection } from "./connection.ts";
import { connectEmbeddedPlatform } from "./embedded-platform.ts";
import type { Host } from "./host.ts";
import { createTokenHolder } from "./token-holder.ts";

export async function openEmbeddedHost(): Promise<Host> {
  const platform = await connectEmbeddedPlatform();
  return { kind: "embedded", platform, user: platform.user, project: platform.project };
}

export function openRemoteHost(remote: RemoteConnection, token: string | undefined): Host {
  const holder = createTokenHolder();
  if (token !== undefined && token !== "") holder.give(token);
  return { kind: "remote", remote, token: holder, user: remote.user, project: remote.project };
}
