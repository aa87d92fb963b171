import { HoldfastError } from "@holdfast/core";
import type { Api } from "./options.ts";

/** Where an embedded platform seems to be: `.invalid` is a name that no network ever answers (design §3). */
const embeddedHost = "platform.holdfast.invalid";

const hostName = /^[a-z0-9.-]+(:\d+)?$/i;

export interface PlatformAddress {
  /** Without a trailing slash. */
  readonly url: string;
  /** Part of the names of database, lock and channel. */
  readonly host: string;
  /** Where the embedded platform answers. */
  readonly port?: MessagePort;
}

/** @throws HoldfastError `InvalidInput` for what is neither an address nor a port. */
export function toPlatformAddress(api: Api): PlatformAddress {
  if (typeof api === "string") return fromUrl(api);
  if ("port" in api) return fromPort(api.port, api.host ?? embeddedHost);
  return fromPort(api, embeddedHost);
}

function fromUrl(text: string): PlatformAddress {
  const url = URL.parse(text);
  const isApi =
    url !== null &&
    (url.protocol === "https:" || url.protocol === "http:") &&
    `${url.username}${url.password}${url.search}${url.hash}` === "";
  if (!isApi) {
    throw invalid("`api` must be an address such as https://api.dnanexus.com, or a MessagePort.");
  }
  return { url: url.href.replace(/\/+$/, ""), host: url.host };
}

function fromPort(port: MessagePort, host: string): PlatformAddress {
  if (typeof port?.postMessage !== "function") throw invalid("`api.port` must be a MessagePort.");
  if (!hostName.test(host)) throw invalid("`api.host` must look like the name of a host.");
  return { url: `https://${embeddedHost}`, host, port };
}

function invalid(message: string): HoldfastError {
  return new HoldfastError({ code: "InvalidInput", message });
}
