/** Whether the app would give a token. `unknown` where it could not say, as without a network. */
export type TokenAnswer = "given" | "none" | "unknown";

/** What a page says to the service worker. No message carries a token. */
export type BackgroundMessage =
  /** Whether there would be a token for the store; answered on the port that comes with it. */
  | { readonly kind: "ask"; readonly tag: string }
  /** This page goes, and leaves something: send it. */
  | { readonly kind: "replay"; readonly tag: string };

/** What it answers. */
export interface BackgroundAnswer {
  readonly token: TokenAnswer;
}

/** Tells our messages from the app's own, and from those of a release that means something else by them. */
const topic = "holdfast-background:1";

export function toMessage(message: BackgroundMessage): object {
  return { topic, ...message };
}

export function toAnswer(answer: BackgroundAnswer): object {
  return { topic, ...answer };
}

/** `undefined` for what is not ours: anyone of the origin can post. */
export function parseMessage(heard: unknown): BackgroundMessage | undefined {
  const { kind, tag } = fieldsOf(heard);
  const isOurs = (kind === "ask" || kind === "replay") && typeof tag === "string";
  return isOurs ? { kind, tag } : undefined;
}

export function parseAnswer(heard: unknown): BackgroundAnswer | undefined {
  const { token } = fieldsOf(heard);
  return token === "given" || token === "none" || token === "unknown" ? { token } : undefined;
}

function fieldsOf(heard: unknown): Readonly<Record<string, unknown>> {
  if (typeof heard !== "object" || heard === null) return {};
  const fields = heard as Readonly<Record<string, unknown>>;
  return fields["topic"] === topic ? fields : {};
}
