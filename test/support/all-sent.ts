import type { Holdfast } from "holdfast";
import { filter, firstValueFrom } from "rxjs";

/** For pages of tests. Resolves once nothing is left to be sent but what is parked. */
export async function allSent({ status$ }: Holdfast): Promise<void> {
  await firstValueFrom(
    status$.pipe(filter(({ phase, counts }) => phase === "idle" && counts.waiting === 0)),
  );
}

/** Why what is parked or damaged is. */
export async function parkedReasons({ outbox }: Holdfast): Promise<readonly string[]> {
  const { reasons, damaged } = await firstValueFrom(outbox.parked$);
  return [...reasons.map(({ code }) => code), ...damaged.map(({ reason }) => reason.code)];
}
