import type { Failure, FailureCode, HoldfastStatus, OutboxEntry, Phase } from "holdfast";
import { HoldfastError } from "holdfast";
import type { Keeping } from "./sample.ts";

/** What the person did, in words: the outbox lists these. */
export function operationWords(operation: OutboxEntry["operation"]): string {
  switch (operation.kind) {
    case "create":
      return operation.input.close ? "Create and close" : "Create";
    case "addTypes":
      return `Add type ${operation.types.join(", ")}`;
    case "removeTypes":
      return `Remove type ${operation.types.join(", ")}`;
    case "setDetails":
      return "Set details";
    case "setVisibility":
      return operation.hidden ? "Hide" : "Show";
    case "rename":
      return `Rename to ${operation.name}`;
    case "setProperties":
      return `Set ${Object.keys(operation.properties).join(", ")}`;
    case "addTags":
      return `Tag ${operation.tags.join(", ")}`;
    case "removeTags":
      return `Untag ${operation.tags.join(", ")}`;
    case "move":
      return `Move to ${operation.folder}`;
    case "attach":
      return "Attach content";
    case "close":
      return "Close";
    case "remove":
      return "Remove";
    case "clone":
      return `Copy from ${operation.from}`;
    case "newFolder":
      return `New folder ${operation.folder}`;
    case "renameFolder":
      return `Rename folder ${operation.folder} to ${operation.name}`;
    case "moveFolder":
      return `Move folder ${operation.folder} to ${operation.destination}`;
    case "removeFolder":
      return `Remove folder ${operation.folder}`;
  }
}

const kinds: Readonly<Record<OutboxEntry["kind"], string>> = {
  create: "Create",
  addTypes: "Add types",
  removeTypes: "Remove types",
  setDetails: "Set details",
  setVisibility: "Set visibility",
  rename: "Rename",
  setProperties: "Set properties",
  addTags: "Add tags",
  removeTags: "Remove tags",
  move: "Move",
  attach: "Attach content",
  close: "Close",
  remove: "Remove",
  clone: "Copy",
  newFolder: "New folder",
  renameFolder: "Rename folder",
  moveFolder: "Move folder",
  removeFolder: "Remove folder",
};

/** Where only the kind is kept: in the history. */
export function kindWords(kind: OutboxEntry["kind"]): string {
  return kinds[kind];
}

export const keepingWords: Readonly<Record<Keeping, string>> = {
  confirmed: "Confirmed",
  stored: "Stored here",
  sent: "Sent",
  parked: "Parked",
};

export interface PhaseWords {
  readonly title: string;
  readonly explanation: string;
}

export function phaseWords(status: HoldfastStatus): PhaseWords {
  const { phase, counts } = status;
  const isEmpty = counts.waiting === 0;
  switch (phase) {
    case "offline":
      return {
        title: "Offline",
        explanation: isEmpty
          ? "Go on working: changes are kept on this device."
          : "Changes are kept on this device and sent when the platform answers again.",
      };
    case "connecting":
      return {
        title: "Connecting",
        explanation: "Looking at the platform before anything is sent.",
      };
    case "replaying":
      return isEmpty
        ? { title: "Up to date", explanation: "Every change is confirmed by the platform." }
        : { title: "Sending", explanation: "Changes leave in your order, each exactly once." };
    case "idle":
      return idleWords(status);
    case "paused":
      return { title: "Paused", explanation: "Nothing is sent until you resume." };
    case "needsAuth":
      return {
        title: "Token needed",
        explanation: "The platform refused the token. Changes wait until you give a new one.",
      };
    case "stopped":
      return {
        title: "Stopped",
        explanation: status.failure?.message ?? "Reload this tab to go on.",
      };
  }
}

function idleWords({ counts, blocked }: HoldfastStatus): PhaseWords {
  const [first] = blocked;
  if (first !== undefined) return { title: "Blocked", explanation: first.reason.message };
  if (counts.waiting > 0) {
    return { title: "About to send", explanation: "Stored on this device; sending begins." };
  }
  if (counts.parked > 0) {
    return {
      title: "Needs you",
      explanation: "All else is confirmed; what is parked waits for a decision.",
    };
  }
  return { title: "Up to date", explanation: "Every change is confirmed by the platform." };
}

export type Tone = "good" | "busy" | "quiet" | "bad";

export function phaseTone({ phase, counts, blocked }: HoldfastStatus): Tone {
  const tones: Readonly<Record<Phase, Tone>> = {
    offline: "quiet",
    connecting: "busy",
    replaying: counts.waiting === 0 ? "good" : "busy",
    idle: idleTone(counts, blocked.length > 0),
    paused: "quiet",
    needsAuth: "bad",
    stopped: "bad",
  };
  return tones[phase];
}

function idleTone({ waiting, parked }: HoldfastStatus["counts"], isBlocked: boolean): Tone {
  if (isBlocked) return "bad";
  if (waiting > 0) return "busy";
  return parked > 0 ? "bad" : "good";
}

const reasonTitles: Partial<Readonly<Record<FailureCode, string>>> = {
  PermissionDenied: "Your level in the project does not allow it",
  InvalidInput: "The platform refused the values",
  InvalidType: "The platform refused a type",
  InvalidState: "The object is not in the state this needs",
  ResourceNotFound: "The object or its project is not there",
  Conflict: "Somebody else changed the object first",
  DependencyParked: "Waits for something that is parked itself",
  Undecidable: "The platform's answer cannot be trusted",
  Removed: "The object is gone from the platform",
  InternalError: "The platform fails on this again and again",
  SpendingLimitExceeded: "The account has reached its spending limit",
  OrgExpired: "The organisation has expired",
  InvalidAuthentication: "The token was refused",
  RateLimitConditional: "The platform asks for patience",
};

/** One line about a kind of failure; the failure's own message says more. */
export function reasonTitle(code: FailureCode): string {
  return reasonTitles[code] ?? code;
}

/** What may help, where a person can do something besides trying again. */
export function reasonAdvice(code: FailureCode): string {
  switch (code) {
    case "PermissionDenied":
      return "Ask for a higher level in the project: it then goes by itself.";
    case "InvalidInput":
    case "InvalidType":
      return "Edit the change; it keeps its place in the order.";
    case "InvalidState":
    case "Conflict":
      return "Look at the object as it is now. Retry or edit the change; of a closed sample, save it as a new one.";
    case "ResourceNotFound":
    case "Removed":
      return "Retry if the project was only hidden from you; otherwise discard.";
    case "DependencyParked":
      return "Decide about the other one first.";
    default:
      return "Retry; if it parks again, keep the request id and ask for help.";
  }
}

/** What to show for whatever was thrown. */
export function errorWords(error: unknown): string {
  if (error instanceof HoldfastError) return failureWords(error.failure);
  return error instanceof Error ? error.message : String(error);
}

export function failureWords(failure: Failure): string {
  switch (failure.code) {
    case "StorageQuota":
      return `${failure.message} Free some space on this device; nothing was lost.`;
    case "StorageClosed":
    case "WorkerUnreachable":
      return `${failure.message} Reload this tab: what was stored is still here.`;
    default:
      return failure.message;
  }
}
