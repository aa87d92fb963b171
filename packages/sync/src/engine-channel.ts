import {
  type Channel,
  type Failure,
  isObjectId,
  isProjectId,
  type Transfers,
} from "@holdfast/core";
import type { EngineStatus } from "./status.ts";
import type { Copy } from "./inquiry.ts";
import type { Sought } from "./seeking.ts";
import { isTransfers } from "./transfers.ts";

/** What the engines of one store tell each other. Hints only: none of it needs to arrive. */
export type EngineMessage =
  | {
      readonly kind: "status";
      readonly epoch: number;
      readonly status: EngineStatus;
      /** The platform's clock minus the device's, where the sender knows it. */
      readonly serverOffsetMs?: number;
    }
  | { readonly kind: "transfers"; readonly epoch: number; readonly transfers: Transfers }
  /** Whoever sends may ask the platform for an object that is not on this device, and tells what came of it. */
  | ({ readonly kind: "seek" } & Copy)
  | ({ readonly kind: "sought" } & Sought)
  /** A new engine would like to hear the status. */
  | { readonly kind: "hello" }
  | { readonly kind: "wake" }
  | { readonly kind: "pause" }
  | { readonly kind: "resume" };

/** Tells our messages from those of other parts on the same channel. */
const topic = "holdfast-engine";

export function postTo(channel: Channel, message: EngineMessage): void {
  channel.post({ topic, ...message });
}

/** The function returned ends it. */
export function listenTo(channel: Channel, listener: (message: EngineMessage) => void): () => void {
  return channel.subscribe((heard) => {
    const message = parseMessage(heard);
    if (message !== undefined) listener(message);
  });
}

/** Another tab may be of another release, and anyone of the origin can post: what is not ours is not heard. */
function parseMessage(heard: unknown): EngineMessage | undefined {
  if (typeof heard !== "object" || heard === null) return undefined;
  const {
    topic: heardTopic,
    kind,
    epoch,
    status,
    serverOffsetMs,
    transfers,
    project,
    id,
    failure,
  } = heard as Record<string, unknown>;
  if (heardTopic !== topic) return undefined;
  switch (kind) {
    case "hello":
    case "wake":
    case "pause":
    case "resume":
      return { kind };
    case "status":
      if (typeof epoch !== "number" || !isStatus(status)) return undefined;
      return {
        ...{ kind, epoch, status },
        ...(isFinite(serverOffsetMs) ? { serverOffsetMs } : {}),
      };
    case "transfers":
      if (typeof epoch !== "number" || !isTransfers(transfers)) return undefined;
      return { kind, epoch, transfers };
    case "seek":
      return isProjectId(project) && isObjectId(id) ? { kind, project, id } : undefined;
    case "sought":
      if (!isProjectId(project) || !isObjectId(id)) return undefined;
      return { kind, project, id, ...(isFailure(failure) ? { failure } : {}) };
    default:
      return undefined;
  }
}

function isFailure(value: unknown): value is Failure {
  if (typeof value !== "object" || value === null) return false;
  const { code, message } = value as Record<string, unknown>;
  return typeof code === "string" && typeof message === "string";
}

function isFinite(value: unknown): value is number {
  return Number.isFinite(value);
}

function isStatus(value: unknown): value is EngineStatus {
  if (typeof value !== "object" || value === null) return false;
  const { phase, blocked, counts } = value as Record<string, unknown>;
  return (
    typeof phase === "string" &&
    Array.isArray(blocked) &&
    typeof counts === "object" &&
    counts !== null &&
    ["pending", "sending", "parked", "acked"].every(
      (name) => typeof (counts as Record<string, unknown>)[name] === "number",
    )
  );
}
