import type { Json } from "@holdfast/core";
import type { Fault, FaultName } from "../faults/fault.ts";
import type { FaultRate } from "../faults/faults.ts";
import type { Pattern } from "../faults/pattern.ts";
import type { Control, PlatformOptions } from "../platform.ts";
import type { RequestEntry } from "../protocol/request-entry.ts";
import type { Effect } from "../world/effect.ts";
import type { WorldFile } from "../world/world-file.ts";
import type { NetworkState } from "./network-switch.ts";

/** Who there is, and the token of the first user: what an app without an account logs in with. */
export interface PlatformInfo {
  readonly users: readonly { readonly id: string; readonly name: string }[];
  readonly projects: readonly { readonly id: string; readonly name: string }[];
  readonly user: string;
  readonly token: string;
}

/** A world to begin anew with. */
export type ResetOptions = Pick<PlatformOptions, "seed" | "users" | "projects">;

/** What a page can ask of the platform behind the API's back. Plain data in, plain data out. */
export interface RemoteControl extends Omit<Control, "act"> {
  info(): Promise<PlatformInfo>;
  act(user: string, path: string, input?: Json): Promise<Json>;
  setNetwork(state: NetworkState): Promise<void>;
  /** So many milliseconds have passed at once, for good: on the platform's clock, not on that of its faults. */
  passTime(ms: number): Promise<void>;
  /** Forgets the world and begins anew. */
  reset(options?: ResetOptions): Promise<PlatformInfo>;
  nextFault(pattern: Pattern, fault: Fault | FaultName, times?: number): Promise<void>;
  faultRates(rates: readonly FaultRate[]): Promise<void>;
  clearFaults(): Promise<void>;
  effects(): Promise<readonly Effect[]>;
  requests(): Promise<readonly Readonly<RequestEntry>[]>;
  snapshot(): Promise<WorldFile>;
  restore(world: unknown): Promise<void>;
}

export type RemoteMethod = keyof RemoteControl;

/** What a page says to a service worker, with the port through which it wants to speak to the platform. */
export const connectMessage = "holdfast-platform";

export type ToHost =
  | {
      readonly type: "call";
      readonly id: number;
      readonly method: RemoteMethod;
      readonly args: readonly unknown[];
    }
  /** A fresh port through which calls of the API will come. */
  | { readonly type: "transport"; readonly port: MessagePort };

export type FromHost =
  | { readonly type: "hello"; readonly network: NetworkState }
  /** The world could not be opened. */
  | { readonly type: "unable"; readonly message: string }
  | { readonly type: "result"; readonly id: number; readonly value: unknown }
  | {
      readonly type: "failure";
      readonly id: number;
      readonly message: string;
      readonly code: string | undefined;
    }
  | { readonly type: "network"; readonly state: NetworkState };
