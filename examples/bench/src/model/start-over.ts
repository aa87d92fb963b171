import type { Bench } from "./bench.ts";

/** Removes every trace from this device and, where it is ours, from the platform; the page then begins anew. */
export async function startOver({ holdfast, host }: Bench): Promise<void> {
  await holdfast.wipe({ force: true });
  if (host.kind === "embedded") await host.platform.reset();
  else await host.token.forget();
  location.reload();
}
