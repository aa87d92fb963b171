import { isJsonObject, type JsonObject, type Logger } from "@holdfast/core";
import type { ContentUrl } from "./ranged-get.ts";
import type { Reader, Reply } from "./reader.ts";
import type { ServerClock } from "./server-clock.ts";

export interface ContentLinkOptions {
  readonly reader: Pick<Reader, "ask">;
  readonly serverClock: Pick<ServerClock, "offsetMs">;
  readonly clock: { now(): number };
  readonly logger: Logger;
  readonly attempts: number;
}

interface Link extends ContentUrl {
  /** By the platform's clock. */
  readonly expires: number | undefined;
}

/** How long a URL shall be good, in seconds: an hour, and another one is asked for then. */
const durationS = 3_600;
/** A URL so near to its end is not used any more, as the official client does (DO §7.5). */
const marginMs = 60_000;

/** Where one file's content is given out, asked of the platform as often as needed. In memory only (design §9.9). */
export class ContentLink {
  readonly #options: ContentLinkOptions;
  readonly #file: { readonly id: string; readonly project: string };
  #link: Link | undefined;

  constructor(
    file: { readonly id: string; readonly project: string },
    options: ContentLinkOptions,
  ) {
    this.#file = file;
    this.#options = options;
  }

  /** The project is named, so that it is its copy that is given out, or nothing. */
  async url(): Promise<Reply<ContentUrl>> {
    const { reader, attempts } = this.#options;
    const { id, project } = this.#file;
    if (this.#link !== undefined && !this.#isOver(this.#link)) {
      return { kind: "answered", value: this.#link };
    }
    const reply = await reader.ask({
      path: `/${id}/download`,
      body: { project, preauthenticated: true, duration: durationS },
      attempts,
      parse: (body) => this.#parse(body),
    });
    if (reply.kind === "answered") this.#link = reply.value;
    return reply;
  }

  /** The storage did not take it. */
  drop(): void {
    this.#link = undefined;
  }

  #isOver({ expires }: Link): boolean {
    const { clock, serverClock } = this.#options;
    const serverAt = clock.now() + (serverClock.offsetMs() ?? 0);
    return expires !== undefined && serverAt > expires - marginMs;
  }

  #parse(body: JsonObject): Link | undefined {
    const { url, headers = {}, expires } = body;
    if (typeof url !== "string" || !/^https?:\/\//.test(url)) return undefined;
    if (!isJsonObject(headers)) return undefined;
    const texts = Object.entries(headers).filter(([name]) => !isOfTheTransport(name));
    if (!texts.every(([, value]) => typeof value === "string")) return undefined;
    if (body["security_status"] === "FLAGGED_MALICIOUS") {
      this.#options.logger.warn("The platform takes the content of a file for malicious.", {
        file: this.#file.id,
      });
    }
    return {
      url,
      headers: Object.fromEntries(texts) as Readonly<Record<string, string>>,
      expires: typeof expires === "number" ? expires : undefined,
    };
  }
}

/** What a script may not set: whoever sends fills it in. */
function isOfTheTransport(name: string): boolean {
  return /^(host|origin|content-length)$/i.test(name);
}
