import type { CreatableClass, Json, JsonObject } from "@holdfast/core";
import type { StorageFault } from "./slow-store.ts";
import type { Fault, Level } from "@holdfast/platform";

/**
 * One life of a device, written out: nothing of it is drawn while it is played, so that what is taken out of it leaves the rest
 * as it was. Whatever makes no sense when its turn comes is passed over.
 */
export interface History {
  readonly version: 1;
  /** Of what is not written out: ids, and how long each answer of store and network takes. */
  readonly seed: string;
  readonly settings: Settings;
  readonly steps: readonly Step[];
}

/** What holds for a whole history. */
export interface Settings {
  /** By how much the device's wall clock runs wrong, in millionths. */
  readonly driftPpm: number;
  /** The platform's search shows what there was so long ago. */
  readonly searchLagMs: number;
  /** How long the platform takes to close a file or workflow. */
  readonly closingMs: number;
  /** The share of broadcasts between tabs that get lost. */
  readonly lostBroadcasts: number;
  readonly onDetailsConflict: "park" | "ours" | "theirs";
  /** Of parts under 5 MiB, but for the last, `aws` has none. Default `aws`. */
  readonly region?: "aws" | "azure";
  /** After so long the platform cleans up a file that nobody has closed. Default: a day. */
  readonly abandonedAfterMs?: number;
}

export type Step = Act & {
  /** How much time passes behind it before the next one. */
  readonly waitMs: number;
};

/** An object by its number in the history, whichever of its steps makes it. */
export type ObjectNumber = number;

export type Act = UserAct | Disturbance;

/** What somebody does with the app, in the tab of that number modulo those that are open. */
export type UserAct = { readonly tab: number } & UserCall;

export type UserCall =
  | {
      readonly act: "create";
      readonly makes: ObjectNumber;
      readonly class: CreatableClass;
      readonly input: JsonObject;
      /** Objects that stand in its details, in a property and in what it is initialised from. */
      readonly links?: ObjectNumber;
      readonly mentions?: ObjectNumber;
      readonly from?: ObjectNumber;
      /** Of a file: of how many bytes is the content that it is made with. */
      readonly bytes?: number;
    }
  | {
      readonly act: "edit";
      readonly object: ObjectNumber;
      readonly kind: EditKind;
      readonly input: JsonObject;
      readonly links?: ObjectNumber;
      readonly mentions?: ObjectNumber;
    }
  /** Content for a file that is there. */
  | { readonly act: "attach"; readonly object: ObjectNumber; readonly bytes: number }
  | { readonly act: "move"; readonly object: ObjectNumber; readonly folder: string }
  | { readonly act: "close" | "remove"; readonly object: ObjectNumber }
  | { readonly act: "clone"; readonly object: ObjectNumber; readonly makes: ObjectNumber }
  | { readonly act: "folder"; readonly edit: FolderEdit }
  | { readonly act: "removeTree"; readonly folder: string }
  | { readonly act: "project"; readonly edit: JsonObject & { readonly kind: ProjectEditKind } }
  /** Something that must be refused at once, and change nothing. */
  | { readonly act: "illegal"; readonly object: ObjectNumber; readonly call: IllegalCall }
  /** A person looks at what is parked. `pick` is the place in the list. */
  | { readonly act: "retry"; readonly pick: number | "all" }
  | { readonly act: "discard"; readonly pick: number }
  /** `links`: an object that its details shall mention, made before it or after. */
  | {
      readonly act: "amend";
      /** With an object: among what waits of that, parked or not. */
      readonly pick: number;
      readonly object?: ObjectNumber;
      readonly value: number;
      readonly links?: ObjectNumber;
    }
  | { readonly act: "saveAsNew"; readonly pick: number; readonly makes: ObjectNumber }
  | { readonly act: "read" }
  | { readonly act: "pause" | "resume" | "wake" };

export type EditKind =
  | "addTypes"
  | "removeTypes"
  | "setDetails"
  | "setVisibility"
  | "rename"
  | "setProperties"
  | "addTags"
  | "removeTags";

export type ProjectEditKind = "rename" | "setProperties" | "addTags" | "removeTags";

export type FolderEdit =
  | { readonly kind: "newFolder"; readonly folder: string; readonly parents: boolean }
  | { readonly kind: "renameFolder"; readonly folder: string; readonly name: string }
  | { readonly kind: "moveFolder"; readonly folder: string; readonly destination: string }
  | { readonly kind: "removeFolder"; readonly folder: string };

export type IllegalCall = "noSuchObject" | "badName" | "reservedProperty" | "badDetails";

/** What happens to the device, the network, the platform, or by somebody else's hand. */
export type Disturbance =
  | { readonly act: "openTab"; readonly dies?: Death }
  | { readonly act: "closeTab" | "killTab" | "freezeTab"; readonly tab: number }
  /** Counted from now. */
  | ({ readonly act: "killAtCall"; readonly tab: number } & Death)
  | { readonly act: "thawAll" }
  /** Every process dies at once, and what was not committed strictly is lost. */
  | { readonly act: "losePower" }
  | { readonly act: "sleep"; readonly ms: number }
  | { readonly act: "setClock"; readonly byMs: number }
  | { readonly act: "network"; readonly isOnline: boolean }
  /** The next calls that match meet this. */
  | {
      readonly act: "fault";
      readonly on: FaultTarget | ContentFaultTarget;
      readonly fault: Fault;
      readonly times: number;
    }
  | {
      readonly act: "storage";
      readonly tab: number;
      readonly fault: StorageFault;
      readonly writes: number;
    }
  | { readonly act: "level"; readonly level: Level }
  | { readonly act: "token"; readonly becomes: "revoked" | "renewed" | "foreign" | "silent" }
  | { readonly act: "foreign"; readonly object: ObjectNumber; readonly edit: ForeignEdit };

/** At its n-th call out of the process, `before` it begins or `after` it had its effect. */
export interface Death {
  readonly calls: number;
  readonly moment: "before" | "after";
}

/** Which calls a fault waits for. */
export type FaultTarget = "any" | "create" | "close" | "edit" | "project" | "question" | "session";

/** Of what is done for content: the question where a part is to go to, and the part itself. */
export type ContentFaultTarget = "upload" | "part";

/** What a colleague does to one of the objects, behind our back. */
export type ForeignEdit =
  | { readonly kind: "close" | "remove" }
  | { readonly kind: "addTags" | "removeTags"; readonly tags: readonly string[] }
  | { readonly kind: "rename"; readonly name: string }
  | { readonly kind: "setDetails"; readonly details: Json }
  | { readonly kind: "move"; readonly folder: string };

/** What a person does with the app. The rest is what happens to it. */
export function isUserAct(step: Step): step is Step & UserAct {
  return userActs.has(step.act);
}

const userActs: ReadonlySet<string> = new Set<UserCall["act"]>([
  "create",
  "edit",
  "attach",
  "move",
  "close",
  "remove",
  "clone",
  "folder",
  "removeTree",
  "project",
  "illegal",
  "retry",
  "discard",
  "amend",
  "saveAsNew",
  "read",
  "pause",
  "resume",
  "wake",
]);
