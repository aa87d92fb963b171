import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "@holdfast/core/testing";
import { createPlatform, type Platform } from "@holdfast/platform";
import { type Server, startServer } from "@holdfast/platform/node";
import type { Page } from "playwright";
import { MortalBrowser } from "../kills/mortal-browser.ts";
import { mebibyte, mebibyteOf } from "./content.ts";

export interface UploadKillsOptions {
  readonly mebibytes: number;
  readonly kills: number;
  readonly seed: number;
  readonly pageUrl: string;
  readonly onKill?: (kills: number, arrivedBytes: number) => void;
}

export interface UploadKillsResult {
  readonly bytes: number;
  /** Of parts, as they arrived: more than `bytes` is what went twice. */
  readonly arrivedBytes: number;
  /** What may go twice: what was in flight at each kill. */
  readonly mayGoTwice: number;
  readonly failures: readonly string[];
}

const token = "token-of-ada";
/** Of what is attached as a stream, up to 2,000 parts. */
const partBytes = 8 * mebibyte;
const partsInFlight = 4;
/** How many of a hundred requests the network loses, or the answers to them. */
const lostInAHundred = 8;

/**
 * A file attached offline, and a browser that is killed with all its processes while it uploads it over a network that
 * loses requests and answers. In the end the file is closed, part by part what was attached.
 */
export async function runUploadKills(options: UploadKillsOptions): Promise<UploadKillsResult> {
  await using world = await UploadWorld.open(options);
  return await world.run();
}

class UploadWorld implements AsyncDisposable {
  readonly #options: UploadKillsOptions;
  readonly #platform: Platform;
  readonly #server: Server;
  readonly #profile: string;
  readonly #random: ReturnType<typeof seededRandom>;
  #draws = 0;
  #arrivedBytes = 0;
  /** Called with each part that begins to arrive. */
  #onPart: (() => void) | undefined;

  static async open(options: UploadKillsOptions): Promise<UploadWorld> {
    const platform = createPlatform({
      users: [{ name: "ada", token }],
      projects: [{ name: "lab" }],
    });
    let world: UploadWorld | undefined;
    const server = await startServer({
      platform: { fetch: (request: Request) => (world as UploadWorld).#serve(request) },
    });
    const profile = await mkdtemp(join(tmpdir(), "holdfast-upload-kills-"));
    world = new UploadWorld(options, { platform, server, profile });
    return world;
  }

  private constructor(
    options: UploadKillsOptions,
    parts: { readonly platform: Platform; readonly server: Server; readonly profile: string },
  ) {
    this.#options = options;
    this.#platform = parts.platform;
    this.#server = parts.server;
    this.#profile = parts.profile;
    this.#random = seededRandom(options.seed);
  }

  async run(): Promise<UploadKillsResult> {
    const { mebibytes, kills, seed, onKill } = this.#options;
    const project = this.#platform.projects[0]?.id ?? "";
    const bytes = mebibytes * mebibyte;
    const begun = await this.#start();
    await begun.page.evaluate((file) => inUpload.make(file), { project, seed, mebibytes });
    await begun.browser.context.close();
    const parts = Math.ceil(bytes / partBytes);
    for (let kill = 1; kill <= kills; kill++) {
      await this.#killAtPart(1 + this.#draw(Math.max(1, Math.floor(parts / kills))));
      onKill?.(kill, this.#arrivedBytes);
    }
    const last = await this.#start();
    await last.page.evaluate(() => inUpload.resume());
    const parked = await last.page.evaluate(() => inUpload.sent());
    const failures = [
      ...parked.map((reason) => `parked: ${reason}`),
      ...(await this.#compare({ project, bytes })),
    ];
    await last.browser.context.close();
    const mayGoTwice = kills * partsInFlight * partBytes;
    if (this.#arrivedBytes - bytes > mayGoTwice) {
      failures.push(`${this.#arrivedBytes - bytes} bytes went twice; at most ${mayGoTwice} may`);
    }
    return { bytes, arrivedBytes: this.#arrivedBytes, mayGoTwice, failures };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#server.close();
    await this.#platform.close();
    await rm(this.#profile, { recursive: true, force: true, maxRetries: 5 });
  }

  async #start(): Promise<{ readonly browser: MortalBrowser; readonly page: Page }> {
    const browser = await MortalBrowser.launch(this.#profile);
    const page = await browser.context.newPage();
    await page.goto(this.#options.pageUrl);
    await page.evaluate((options) => inUpload.open(options), { api: this.#server.url, token });
    return { browser, page };
  }

  /** While the n-th part from its start is arriving. Where nothing is left to be sent it dies idle. */
  async #killAtPart(nth: number): Promise<void> {
    const { browser, page } = await this.#start();
    let left = nth;
    const arrives = new Promise<void>((resolve) => {
      this.#onPart = () => {
        left -= 1;
        if (left === 0) resolve();
      };
    });
    const idle = page.evaluate(() => inUpload.resume().then(() => inUpload.sent()));
    await Promise.race([arrives, idle.catch(() => undefined)]);
    this.#onPart = undefined;
    browser.kill();
    await idle.catch(() => undefined);
    await browser.gone();
  }

  async #serve(request: Request): Promise<Response> {
    const lost = this.#draw(100);
    // Before its body was read: it is still on the other side of the network.
    if (lost < lostInAHundred) throw new TypeError("The network has lost the request.");
    const isPart = request.method === "PUT";
    if (isPart) this.#onPart?.();
    const response = await this.#platform.fetch(isPart ? this.#counted(request) : request);
    if (lost < 2 * lostInAHundred) throw new TypeError("The network has lost the answer.");
    return response;
  }

  #counted(request: Request): Request {
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform: (chunk, controller) => {
        this.#arrivedBytes += chunk.length;
        controller.enqueue(chunk);
      },
    });
    if (request.body === null) return request;
    const body = request.body.pipeThrough(count);
    return new Request(request, { body, duplex: "half" } as RequestInit);
  }

  async #compare(expected: {
    readonly project: string;
    readonly bytes: number;
  }): Promise<readonly string[]> {
    const made = this.#platform.effects.filter(({ route }) => route === "/file/new");
    const [file] = made;
    if (made.length !== 1 || file === undefined) return [`${made.length} files were made`];
    const input = { project: expected.project, fields: { state: true, size: true, parts: true } };
    const { control } = this.#platform;
    const described = await control.act("user-ada", `/${file.id}/describe`, input);
    const { state, size, parts } = described as {
      readonly state: string;
      readonly size?: number;
      readonly parts: Readonly<Record<string, { readonly md5: string }>>;
    };
    const failures: string[] = [];
    if (state !== "closed" && state !== "closing") failures.push(`the file is ${state}`);
    if (state === "closed" && size !== expected.bytes) failures.push(`it has ${size} bytes`);
    const md5s = Object.entries(parts).toSorted(([left], [right]) => Number(left) - Number(right));
    const wanted = this.#wantedMd5s();
    if (md5s.length !== wanted.length) failures.push(`it has ${md5s.length} parts`);
    for (const [at, [index, { md5 }]] of md5s.entries()) {
      if (md5 !== wanted[at]) failures.push(`part ${index} is another one`);
    }
    return failures;
  }

  #wantedMd5s(): readonly string[] {
    const { mebibytes, seed } = this.#options;
    const md5s: string[] = [];
    for (let from = 0; from < mebibytes; from += partBytes / mebibyte) {
      const hash = createHash("md5");
      const to = Math.min(mebibytes, from + partBytes / mebibyte);
      for (let index = from; index < to; index++) hash.update(mebibyteOf(seed, index));
      md5s.push(hash.digest("hex"));
    }
    return md5s;
  }

  #draw(below: number): number {
    return Math.floor(this.#random.fraction(`draw:${this.#draws++}`) * below);
  }
}
