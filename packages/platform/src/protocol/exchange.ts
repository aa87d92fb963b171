import type { Json } from "@holdfast/core";
import type { User } from "../world/world.ts";
import type { RequestEntry } from "./request-entry.ts";

/** The body of a call as far as it could be read. */
export type ReceivedBody =
  | {
      readonly kind: "json";
      readonly value: Json;
      readonly text: string;
      readonly canonical: string;
    }
  | {
      readonly kind: "refused";
      readonly error: "MalformedJSON" | "InvalidInput";
      readonly reason: string;
    };

/** One delivery of one call, from its arrival to its answer. */
export interface Exchange {
  readonly request: Request;
  readonly body: ReceivedBody;
  readonly entry: RequestEntry;
  /** Set where the platform itself acts for somebody, without a token. */
  readonly actsAs: User | undefined;
  /** How far a search lags, where a fault says so. */
  readonly searchLagMs?: number | undefined;
}
