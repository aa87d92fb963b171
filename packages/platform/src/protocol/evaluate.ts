import { isJsonObject, nonceProblem } from "@holdfast/core";
import { ApiError, invalidInput } from "../api-error.ts";
import { hashText } from "../chance.ts";
import type { FileRules } from "../files/file-rules.ts";
import { keyOf, optionalString } from "../input/fields.ts";
import { writeJson } from "../json/json-writer.ts";
import type { Limits } from "../limits.ts";
import type { Call } from "../routes/call.ts";
import type { Route } from "../routes/route.ts";
import { nonceKey } from "../world/nonce-book.ts";
import type { User, World } from "../world/world.ts";
import type { Exchange, ReceivedBody } from "./exchange.ts";
import type { RateLimit } from "./rate-limit.ts";
import { routeName } from "./route-name.ts";

/** What a call is answered from. */
export interface EvaluatePorts {
  readonly world: World;
  readonly now: number;
  readonly limits: Limits;
  readonly keyProperty: string;
  readonly rate: RateLimit;
  readonly files: FileRules;
}

type JsonBody = ReceivedBody & { readonly kind: "json" };

const anonymous: User = {
  id: "user-anonymous",
  number: -1,
  name: "anonymous",
  tokenHashes: new Set(),
  tokenScopes: new Map(),
};

/**
 * The checks of DO §1.7 from the third on, the change, and the nonce's reply, in one synchronous step: no two calls
 * ever see each other half done.
 *
 * @returns The text of the answer.
 * @throws ApiError where the call is refused; the world is then as it was.
 */
export function evaluate(ports: EvaluatePorts, route: Route, exchange: Exchange): string {
  const body = acceptBody(exchange);
  const { user, scope, tokenHash } = authenticate(ports, route, exchange);
  ports.rate.count(user.id, ports.now);
  const nonce = route.takesNonce === true ? nonceOf(body) : undefined;
  const path = new URL(exchange.request.url).pathname;
  const call: Call = {
    world: ports.world,
    limits: ports.limits,
    user,
    scope,
    tokenHash,
    at: ports.now,
    requestId: exchange.entry.requestId,
    route: routeName(path),
    subject: path.slice(1, path.lastIndexOf("/")),
    nonce,
    keyProperty: ports.keyProperty,
    headers: exchange.request.headers,
    files: ports.files,
    searchLagMs: exchange.searchLagMs ?? ports.limits.searchLagMs,
    origin: new URL(exchange.request.url).origin,
  };
  if (nonce === undefined) return run(route, call, body);

  return replicaOf(ports.world, { call, nonce, body }, () => run(route, call, body));
}

interface NoncedCall {
  readonly call: Call;
  readonly nonce: string;
  readonly body: JsonBody;
}

/** The first answer to the nonce; where there is none, the answer of `first`, remembered (DO §2). */
function replicaOf(world: World, { call, nonce, body }: NoncedCall, first: () => string): string {
  const key = nonceKey(call.user.id, call.route, nonce);
  const inputHash = hashText(body.canonical);
  const known = world.nonces.find(key, call.at);
  if (known !== undefined) {
    if (known.inputHash === inputHash) return known.reply;
    throw invalidInput("the nonce was used for an earlier request with different input");
  }
  const reply = first();
  world.addNonce({ key, inputHash, reply, at: call.at });
  return reply;
}

function run(route: Route, call: Call, body: JsonBody): string {
  checkShape(route, body);
  const input = route.parse({ value: body.value, text: body.text, limits: call.limits });
  return writeJson(route.run(call, input));
}

function acceptBody({ request, body }: Exchange): JsonBody {
  const contentType = request.headers.get("Content-Type");
  if (contentType !== null && !jsonType.test(contentType)) {
    throw new ApiError("MalformedJSON", `expected content of type application/json`);
  }
  if (body.kind === "refused") throw new ApiError(body.error, body.reason);
  return body;
}

/** A parameter such as `charset=utf-8` is sent by shipped clients (DO §1.1). */
const jsonType = /^\s*application\/json\s*(;|$)/i;

type Caller = Pick<Call, "user" | "scope" | "tokenHash">;

function authenticate({ world }: EvaluatePorts, route: Route, exchange: Exchange): Caller {
  const { request, actsAs, entry } = exchange;
  const caller =
    actsAs === undefined
      ? callerOfToken(world, request.headers.get("Authorization"))
      : { user: actsAs, scope: undefined, tokenHash: "" };
  if (caller instanceof ApiError) {
    if (route.isPublic === true) return { user: anonymous, scope: undefined, tokenHash: "" };
    throw caller;
  }
  entry.user = caller.user.id;
  return caller;
}

function callerOfToken(world: World, authorization: string | null): Caller | ApiError {
  if (authorization === null) {
    return new ApiError("InvalidAuthentication", "you must be logged in: no token was sent");
  }
  const token = /^Bearer\s+(\S+)\s*$/i.exec(authorization)?.[1];
  const hash = token === undefined ? "" : hashText(token);
  const user = world.userOfToken(hash);
  if (user !== undefined) return { user, scope: user.tokenScopes.get(hash), tokenHash: hash };
  return new ApiError(
    "InvalidAuthentication",
    "the token is not known, has expired or was revoked",
  );
}

/** The empty nonce counts as none (DO §2). */
function nonceOf({ value }: JsonBody): string | undefined {
  if (!isJsonObject(value)) return undefined;
  const nonce = optionalString(value, "nonce");
  const problem = nonce === undefined ? undefined : nonceProblem(nonce);
  if (problem !== undefined) throw invalidInput(`${keyOf("nonce")}: ${problem}`);
  return nonce === "" ? undefined : nonce;
}

/** Step 6: the input is a hash, but where the body is the value itself (DO §1.1). */
function checkShape(route: Route, { value }: JsonBody): void {
  if (isJsonObject(value) || (route.bodyIsValue === true && Array.isArray(value))) return;
  throw invalidInput(
    route.bodyIsValue === true
      ? "expected input to be a hash or an array"
      : "expected input to be a hash",
  );
}
