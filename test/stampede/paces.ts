import type { Client, ClientParts } from "./crowd.ts";
import { openHoldfastClient } from "./holdfast-client.ts";
import { openNaiveClient } from "./naive-client.ts";

export const paceNames = ["holdfast", "everySecond", "doubling"] as const;
export type PaceName = (typeof paceNames)[number];

export interface Pace {
  readonly title: string;
  readonly open: (parts: ClientParts) => Client;
}

export const paces: Readonly<Record<PaceName, Pace>> = {
  holdfast: { title: "Holdfast", open: openHoldfastClient },
  everySecond: {
    title: "retry every second",
    open: (parts) => openNaiveClient(parts, () => 1_000),
  },
  doubling: {
    title: "retry after 1, 2, 4 … 60 s",
    open: (parts) => openNaiveClient(parts, (attempt) => Math.min(2 ** (attempt - 1), 60) * 1_000),
  },
};
