import { MortalProcess } from "@holdfast/core/testing";
import { delay, type Failure } from "@holdfast/core";
import { type Host, type HostOptions, type HostPorts, openHost } from "holdfast/host";
import type { StorageTrouble } from "./slow-store.ts";

export type Message = Parameters<Host["call"]>[0][number];
export type Push = Parameters<HostOptions["onPush"]>[0];
type Result = Awaited<ReturnType<Host["call"]>>[number];

/** How long an app may take to give a token. */
const tokenDeadlineMs = 10_000;

/** What a call came to, as far as anybody heard of it. */
export type Answer = { readonly value: unknown } | { readonly failure: Failure };

export interface TabOptions {
  readonly number: number;
  readonly process: MortalProcess;
  readonly trouble: StorageTrouble;
  /** Its death is part of what is tried, and not to be taken back. */
  readonly isDoomed: boolean;
  readonly ports: HostPorts;
  readonly options: Omit<HostOptions, "onPush">;
  /** Asked for a token; undefined where the app does not answer. */
  readonly token: () => string | undefined;
  /** Hears of the end of what somebody waits for, and what the host has logged. */
  readonly onPush: (push: Push) => void;
}

/** A page and its host: one process, which can end or stand still at any moment. */
export class Tab {
  readonly number: number;
  readonly process: MortalProcess;
  readonly trouble: StorageTrouble;
  readonly isDoomed: boolean;
  readonly #options: TabOptions;
  /** Undefined where it could not be opened. */
  readonly #opening: Promise<Host | undefined>;
  #host: Host | undefined;
  #failure: Failure | undefined;
  #isClosing = false;

  constructor(options: TabOptions) {
    this.number = options.number;
    this.process = options.process;
    this.trouble = options.trouble;
    this.isDoomed = options.isDoomed;
    this.#options = options;
    this.#opening = this.#open();
  }

  /** A person can click in it. */
  get isUsable(): boolean {
    return this.#host !== undefined && !this.process.isDead && !this.#isClosing;
  }

  get isGone(): boolean {
    return this.process.isDead || this.#isClosing || this.#failure !== undefined;
  }

  /** Never answers where the process ends first. */
  async call(message: Message): Promise<Answer> {
    const host = await this.#opening;
    if (host === undefined) return { failure: this.#failure as Failure };
    const [answer] = await this.process.call(() => host.call([message]));
    return answer as Result & Answer;
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.process.call(async () => await this.#host?.close());
    this.process.kill();
  }

  async #open(): Promise<Host | undefined> {
    const { ports, options, process } = this.#options;
    try {
      this.#host = await openHost(ports, {
        ...options,
        onPush: (push) => process.tell(() => this.#hear(push)),
      });
      return this.#host;
    } catch (error) {
      // A storage that fails while it is opened: a person opens another tab.
      this.#failure = { code: "StorageFailed", message: String(error) };
      process.kill();
      return undefined;
    }
  }

  /** As the page of an app does: one that gives no token for so long is answered for. */
  async #answer(question: number): Promise<void> {
    const { token, ports } = this.#options;
    const given = token();
    if (given === undefined) await delay(ports.clock, tokenDeadlineMs);
    await this.call({ kind: "token", question, ...(given === undefined ? {} : { token: given }) });
  }

  #hear(push: Push): void {
    if (push.push === "token") {
      void this.#answer(push.question);
    } else if (push.push === "over") {
      this.process.kill();
    }
    this.#options.onPush(push);
  }
}
