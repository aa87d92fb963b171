import type { BrowserContext, CDPSession, Page } from "playwright";

declare global {
  /** Tags for which the page has asked for a sync. */
  var askedTags: string[];
}

/**
 * Background Sync in which the test decides when the network is back. The headless shell has none of its own: what a
 * page asks for is only noted, and the events are the browser's, told to dispatch them.
 */
export class SyncEvents implements AsyncDisposable {
  readonly #origin: string;
  readonly #beside: Page;
  readonly #session: CDPSession;
  readonly #registrations = new Set<string>();

  /** @param url - Of the app. Called before its first page is opened. */
  static async open(context: BrowserContext, url: string): Promise<SyncEvents> {
    await context.addInitScript(() => {
      globalThis.askedTags = [];
      const manager = (globalThis as unknown as { SyncManager: { prototype: object } }).SyncManager;
      Object.assign(manager.prototype, {
        register: async (tag: string) => void globalThis.askedTags.push(tag),
        getTags: async () => globalThis.askedTags,
      });
    });
    // A page of no origin stays open, to speak to the browser when the app's are closed.
    const beside = await context.newPage();
    const session = await context.newCDPSession(beside);
    const events = new SyncEvents(new URL(url).origin, beside, session);
    await session.send("ServiceWorker.enable");
    return events;
  }

  constructor(origin: string, beside: Page, session: CDPSession) {
    this.#origin = origin;
    this.#beside = beside;
    this.#session = session;
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      for (const { registrationId, scopeURL, isDeleted } of registrations) {
        if (!isDeleted && scopeURL.startsWith(origin)) this.#registrations.add(registrationId);
      }
    });
  }

  /** The browser finds that the network is back. */
  async dispatch(tag: string): Promise<void> {
    const event = { ...this.#worker, tag, lastChance: false };
    await this.#session.send("ServiceWorker.dispatchSyncEvent", event);
  }

  /** The browser gives an installed app its time of the day. */
  async dispatchPeriodic(tag: string): Promise<void> {
    await this.#session.send("ServiceWorker.dispatchPeriodicSyncEvent", { ...this.#worker, tag });
  }

  /** As the browser does with a service worker that has had its time. */
  async endWorkers(): Promise<void> {
    await this.#session.send("ServiceWorker.stopAllWorkers");
  }

  get #worker(): { readonly origin: string; readonly registrationId: string } {
    const [registrationId] = this.#registrations;
    if (registrationId === undefined) throw new Error("There is a service worker.");
    return { origin: this.#origin, registrationId };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#beside.close();
  }
}
