import type {
  DataObjectClass,
  EpochMs,
  Json,
  JsonText,
  LocalKey,
  ObjectId,
  ProjectId,
  State,
} from "@holdfast/core";

/**
 * One object as the app sees it: the platform's last known state with the pending operations applied, ids
 * translated to real ones as far as they are known. Plain data.
 */
export interface ObjectDescription {
  /** Never changes; what every method here takes. */
  readonly key: LocalKey;
  /** The platform's id once known, a provisional one until then. */
  readonly id: ObjectId;
  readonly project: ProjectId;
  readonly class: DataObjectClass;
  /** The id where nobody gave a name, as on the platform. */
  readonly name: string;
  readonly folder: string;
  /** A pending close shows as `closed` (record) or `closing` (file). */
  readonly state: State;
  readonly hidden: boolean;
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
  readonly details: Json;
  /** The source text of `details`: numbers keep digits here that `details` cannot hold. */
  readonly detailsText: JsonText;
  /** Ids that `details` link to. */
  readonly links: readonly string[];
  readonly created: EpochMs;
  readonly modified: EpochMs;
  /** `user-…` */
  readonly createdBy: string;
  /** Whether the platform knows it. */
  readonly onPlatform: boolean;
  /** Operations not confirmed yet, parked ones included. */
  readonly pending: number;
  readonly parked: number;
}
