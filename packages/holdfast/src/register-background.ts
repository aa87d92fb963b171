import { SyncAsker } from "./background/sync-asker.ts";
import type { BackgroundStatus } from "./background.ts";
import { systemClock } from "./clock.ts";
import type { Holdfast } from "./holdfast.ts";

export type { BackgroundLink, BackgroundReason, BackgroundStatus } from "./background.ts";

const askers = new WeakMap<object, { readonly close: () => void }>();

/**
 * Has what is left in the store sent by the app's own service worker, whose script calls `serveBackground` of
 * `holdfast/service-worker`: from now on the browser is asked for a sync whenever something waits that this tab
 * cannot send at once. To be called in every tab, and again when the app has signed in or out, since whether there is
 * a token is asked only here.
 *
 * @param registration - What `navigator.serviceWorker.register(…)` gives. `undefined`, or one without Background Sync
 *   (Firefox, Safari), is `unsupported`.
 * @returns What `status$.background` says from then on; within some 25 s.
 * @see docs/decisions/0027-background.md
 */
export async function registerBackground(
  holdfast: Pick<Holdfast, "status$" | "background">,
  registration: ServiceWorkerRegistration | undefined,
): Promise<BackgroundStatus> {
  const { status$, background } = holdfast;
  askers.get(background)?.close();
  const asker = new SyncAsker({ status$, link: background, clock: systemClock });
  const listening = new AbortController();
  const close = (): void => {
    listening.abort();
    asker.close();
  };
  askers.set(background, { close });
  listenToPage(asker, listening.signal);
  // The store's end is the end of its status.
  status$.subscribe({ complete: close, error: close });
  return await asker.register(registration);
}

function listenToPage(asker: SyncAsker, signal: AbortSignal): void {
  if (typeof document === "undefined") return;
  const onChange = (): void => {
    if (document.visibilityState === "hidden") asker.hide();
  };
  document.addEventListener("visibilitychange", onChange, { signal });
  addEventListener("pagehide", () => asker.leave(), { signal });
}
