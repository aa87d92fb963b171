/** What travels between a caller and the platform: plain data, one request and one answer by number. */
export type ToPlatform =
  | {
      readonly type: "request";
      readonly id: number;
      readonly url: string;
      readonly method: string;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: "abort"; readonly id: number };

export type FromPlatform =
  | {
      readonly type: "response";
      readonly id: number;
      readonly status: number;
      readonly headers: readonly (readonly [string, string])[];
      readonly body: Uint8Array<ArrayBuffer>;
      /** The connection broke in the body: what is here is all that arrived. */
      readonly isBroken: boolean;
    }
  /** There is no answer: what `fetch` says with a TypeError. */
  | { readonly type: "failed"; readonly id: number; readonly message: string };

/** Calls of this host are answered by the platform that lives in the page (design §3). */
export const platformHost = "platform.holdfast.invalid";
