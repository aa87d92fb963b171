import type { Holdfast } from "holdfast";
import { registerBackground } from "holdfast/background";
import type { Host } from "./host.ts";

/** The built script lies at the root of the bench under a name of its own; Vite's dev server serves the source. */
const script = import.meta.env.DEV
  ? "/src/service-worker.ts"
  : `${import.meta.env.BASE_URL}service-worker.js`;

/** Has what is left when every tab is closed sent by the service worker. To be called again with every token. */
export async function sendInBackground(holdfast: Holdfast, host: Host): Promise<void> {
  // A platform in this browser's tabs is gone with them.
  const registration = host.kind === "remote" ? await registerScript() : undefined;
  await registerBackground(holdfast, registration);
}

/** None where the browser has no service workers, or does not allow one here. */
async function registerScript(): Promise<ServiceWorkerRegistration | undefined> {
  if (!("serviceWorker" in navigator)) return undefined;
  try {
    return await navigator.serviceWorker.register(script, { type: "module" });
  } catch {
    return undefined;
  }
}
