import type { RemoteConnection } from "./connection.ts";
import type { EmbeddedPlatform } from "./embedded-platform.ts";
import type { TokenHolder } from "./token-holder.ts";

/** Where the samples go. */
export type Host =
  | {
      readonly kind: "embedded";
      readonly platform: EmbeddedPlatform;
      readonly user: string;
      readonly project: string;
    }
  | {
      readonly kind: "remote";
      readonly remote: RemoteConnection;
      readonly token: TokenHolder;
      readonly user: string;
      readonly project: string;
    };

export function placeWords(host: Host): string {
  return host.kind === "embedded"
    ? `Platform in this browser, ${host.user}`
    : `${new URL(host.remote.api).host}, ${host.user}`;
}
