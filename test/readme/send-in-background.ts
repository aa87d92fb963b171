import type { Holdfast } from "holdfast";
import { registerBackground } from "holdfast/background";

export async function sendInBackground(holdfast: Holdfast): Promise<void> {
  const script = await navigator.serviceWorker.register("/service-worker.js", { type: "module" });
  await registerBackground(holdfast, script);
}
