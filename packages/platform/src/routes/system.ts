import { ApiError } from "../api-error.ts";
import { comeBackLaterRetryAfterS } from "../assumed.ts";
import { member, optionalBoolean, optionalHash, optionalInteger } from "../input/fields.ts";
import { defineRoute, type Route } from "./route.ts";

/** The cheapest check of a token (CS §5.3). */
const whoami: Route = defineRoute<boolean>({
  subject: "system",
  method: "whoami",
  parse: (input) => {
    const fields = optionalHash(input, "fields");
    return fields !== undefined && member(fields, "clientIp") === true;
  },
  run: (call, wantsAddress) => ({
    id: call.user.id,
    clientIp: wantsAddress ? "127.0.0.1" : undefined,
  }),
});

/** Works without a token (CS §7). */
const greet: Route = defineRoute<void>({
  subject: "system",
  method: "greet",
  isPublic: true,
  parse: () => {},
  run: () => ({ messages: [], update: { available: false } }),
});

/** The caller's headers, but never its token. */
const headers: Route = defineRoute<void>({
  subject: "system",
  method: "headers",
  parse: () => {},
  run: (call) => Object.fromEntries([...call.headers].filter(([name]) => !secret.has(name))),
});

const secret: ReadonlySet<string> = new Set(["authorization", "cookie"]);

interface ComeBackLaterInput {
  readonly waitUntil: number | undefined;
  readonly setRetryAfter: boolean;
}

/** The server's clock, and a 503 on demand until a given time (DO §1.2). */
const comeBackLater: Route = defineRoute<ComeBackLaterInput>({
  subject: "system",
  method: "comeBackLater",
  parse: (input) => ({
    waitUntil: optionalInteger(input, "waitUntil"),
    setRetryAfter: optionalBoolean(input, "setRetryAfter") ?? true,
  }),
  run: (call, { waitUntil, setRetryAfter }) => {
    if (waitUntil !== undefined && call.at < waitUntil) {
      throw new ApiError(
        "ServiceUnavailable",
        `come back at ${waitUntil}; it is ${call.at} now`,
        setRetryAfter ? { retryAfterS: comeBackLaterRetryAfterS } : {},
      );
    }
    return { currentTime: call.at };
  },
});

export const systemRoutes: readonly Route[] = [whoami, greet, headers, comeBackLater];
