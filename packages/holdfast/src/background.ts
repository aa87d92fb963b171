/** Whether what is unsent when the last tab closes is sent without one, and why not. */
export type BackgroundStatus =
  | { readonly state: "on" }
  | {
      readonly state: "off";
      readonly reason: BackgroundReason;
      /** For people. */
      readonly message: string;
    }
  /** Here it cannot be. */
  | {
      readonly state: "unsupported";
      readonly reason: "browser" | "embedded";
      readonly message: string;
    };

export type BackgroundReason =
  /** `registerBackground` was not called in this tab. */
  | "notRegistered"
  /** The service worker's script gives no token for this user on this platform. */
  | "noToken"
  /** The service worker does not answer: its script does not call `serveBackground`, or that of another release. */
  | "noAnswer"
  /** The browser, or the person in its settings, does not allow Background Sync. */
  | "refused";

/** What `registerBackground` of `holdfast/background` needs of a store. */
export interface BackgroundLink {
  /**
   * What this store is called in the events of the service worker; also for an app that asks for a `periodicsync`.
   * `undefined` for an embedded platform.
   */
  readonly tag: string | undefined;
  /** What `status$.background` says from now on, in this tab. */
  set(status: BackgroundStatus): void;
}
