import type { Clock } from "@holdfast/core";
import { type Context, Hono } from "hono";
import { RegExpRouter } from "hono/router/reg-exp-router";
import { type ApiError, notFound } from "../api-error.ts";
import type { FileRules } from "../files/file-rules.ts";
import type { Limits } from "../limits.ts";
import type { Commits } from "../persistence/commits.ts";
import type { Route } from "../routes/route.ts";
import { routes } from "../routes/table.ts";
import type { World } from "../world/world.ts";
import { asApiError, errorBody } from "./error-answer.ts";
import { evaluate } from "./evaluate.ts";
import type { Exchange } from "./exchange.ts";
import { answerHeaders } from "./headers.ts";
import { RateLimit } from "./rate-limit.ts";

export interface ApiPorts {
  readonly clock: Clock;
  readonly limits: Limits;
  readonly keyProperty: string;
  readonly files: FileRules;
  /** Asked for each call: a world can be exchanged for another one while the platform runs. */
  readonly world: () => World;
  readonly commits: () => Commits;
}

/** Answers one delivery. Whatever goes wrong is an error body. */
export type Api = (exchange: Exchange) => Promise<Response>;

interface Environment {
  // What the router hands from `fetch` to a handler.
  Bindings: Exchange & { readonly ports: ApiPorts; readonly rate: RateLimit };
}

export function createApi(ports: ApiPorts): Api {
  const rate = new RateLimit(ports.limits.callsPerSecond);
  router ??= createRouter();
  const { fetch } = router;
  return async (exchange) => await fetch(exchange.request, { ...exchange, ports, rate });
}

/** Built with the first platform, for all of them: it knows of none, and takes longer to build than a call to answer. */
let router: Hono<Environment> | undefined;

/**
 * Routes by a Web-standard router; behind the route, `evaluate`. Its faster form takes no two patterns for one place of a path, so the
 * router finds the method and the handler the class; were it asked for more, it would throw here and not become slow in silence.
 */
function createRouter(): Hono<Environment> {
  const app = new Hono<Environment>({ router: new RegExpRouter() });
  for (const [method, bySubject] of routesByMethod()) {
    app.post(`/:subject/${method}`, async (context) => {
      const route = bySubject.get(subjectOf(context.req.path) ?? "");
      if (route === undefined) return await context.notFound();
      const { ports, rate, entry } = context.env;
      const evaluatePorts = { ...ports, world: ports.world(), now: ports.clock.now(), rate };
      const reply = evaluate(evaluatePorts, route, context.env);
      if (route.method === "new") entry.object = idIn(reply);
      // The answer waits for its own effect, and for every effect it may have seen.
      await ports.commits().settle();
      return respond(context, { status: 200, body: reply });
    });
  }
  app.notFound((context) =>
    refuse(context, notFound(`route ${context.req.method} ${context.req.path}`)),
  );
  app.onError((error, context) => refuse(context, asApiError(error)));
  return app;
}

function routesByMethod(): ReadonlyMap<string, ReadonlyMap<string, Route>> {
  const byMethod = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const bySubject = byMethod.get(route.method) ?? new Map<string, Route>();
    bySubject.set(route.subject, route);
    byMethod.set(route.method, bySubject);
  }
  return byMethod;
}

const objectInPath = /^([a-z]+)-[0-9a-zA-Z]{24}$/;

/** What a path begins with, as the routes call it. A malformed id is no subject, and so ResourceNotFound (DO §3.1). */
function subjectOf(path: string): string | undefined {
  const word = path.slice(1, path.indexOf("/", 1));
  if (!word.includes("-")) return word;
  if (/^user-./.test(word)) return "user-xxxx";
  const name = objectInPath.exec(word)?.[1];
  if (name === undefined) return undefined;
  return name === "container" ? "project-xxxx" : `${name}-xxxx`;
}

function idIn(reply: string): string {
  return (JSON.parse(reply) as { readonly id: string }).id;
}

interface Reply {
  readonly status: number;
  readonly body: string;
  readonly error?: ApiError;
}

function refuse(context: Context<Environment>, error: ApiError): Response {
  return respond(context, { status: error.status, body: errorBody(error), error });
}

function respond(
  { env: { request, entry, ports } }: Context<Environment>,
  { status, body, error }: Reply,
): Response {
  entry.status = status;
  entry.error = error?.type;
  const headers = answerHeaders(request, entry.requestId, ports.clock.now());
  if (error?.retryAfterS !== undefined) headers.set("Retry-After", String(error.retryAfterS));
  const bytes = encoder.encode(body);
  headers.set("Content-Length", String(bytes.length));
  return new Response(bytes, { status, headers });
}

const encoder = new TextEncoder();
