import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { judge } from "./judge.ts";
import type { Answer } from "../request.ts";
import type { Expectation } from "../planning/expectation.ts";
import { sampleProvisionalId, sampleRealId } from "../testing/sample-rows.ts";

const now = Date.UTC(2026, 10, 22, 12, 0, 0);
const id = sampleRealId(1);
const close: Expectation = { method: "close", class: "record", id };
const create: Expectation = { method: "new", class: "record" };

function response(status: number, body: unknown, more: object = {}): Answer {
  return { kind: "response", status, body: JSON.stringify(body), ...more };
}

function error(status: number, type: string, more: object = {}): Answer {
  return response(status, { error: { type, message: "the platform's words", ...more } });
}

function verdictOf(answer: Answer, expected: Expectation = close): string {
  return judge(expected, answer, now).verdict;
}

describe("a success", () => {
  test("is done when it names the object it was asked about", () => {
    expect(judge(close, response(200, { id }, { requestId: "1792000000000-1" }), now)).toEqual({
      verdict: "done",
      id,
      requestId: "1792000000000-1",
    });
    expect(judge(close, response(200, { id, detail: "closed before" }), now)).toEqual({
      verdict: "done",
      id,
      detail: "closed before",
    });
    expect(verdictOf(response(200, { id: sampleRealId(77) }), create)).toBe("done");
  });

  test.each([
    ["another object's id", { id: sampleRealId(2) }],
    ["no id", {}],
    ["no object", [id]],
    ["null", null],
    ["an error inside a 200", { error: { type: "InvalidInput", message: "" } }],
  ])("with %s leaves the outcome unknown", (_, body) => {
    expect(verdictOf(response(200, body))).toBe("unknown");
  });

  test("of a create names a real id of its class, or the outcome is unknown", () => {
    const file = `file-${"0".repeat(24)}`;
    for (const answered of [file, sampleProvisionalId(1), "record-1", 7, null]) {
      expect(verdictOf(response(200, { id: answered }), create)).toBe("unknown");
    }
  });

  test("that broke off or is no JSON leaves the outcome unknown", () => {
    for (const body of [undefined, "", `{"id":"${id}`, "<html>"]) {
      expect(verdictOf({ kind: "response", status: 200, body })).toBe("unknown");
    }
  });
});

describe("a refusal", () => {
  test.each([
    [401, "InvalidAuthentication", "needsAuth"],
    [401, "PermissionDenied", "refused"],
    [403, "SpendingLimitExceeded", "blocked"],
    [403, "OrgExpired", "blocked"],
    [404, "ResourceNotFound", "refused"],
    [400, "MalformedJSON", "refused"],
    [422, "InvalidInput", "invalid"],
    [422, "InvalidType", "invalid"],
    [422, "InvalidState", "conflict"],
    [429, "RateLimitConditional", "retry"],
    [503, "ServiceUnavailable", "retry"],
    [500, "InternalError", "unknown"],
    [502, "SomethingElse", "unknown"],
    [500, "InvalidInput", "unknown"],
    [401, "Unauthorized", "needsAuth"],
    [403, "ClientTooOld", "refused"],
    [409, "Conflict", "conflict"],
    [408, "RequestTimeout", "unknown"],
  ])("%i %s is %s", (status, type, verdict) => {
    expect(verdictOf(error(status, type))).toBe(verdict);
  });

  test("is decided by its type, whatever its message and details say", () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (message, details) => {
        const answer = error(401, "PermissionDenied", { message, details });
        expect(verdictOf(answer)).toBe("refused");
      }),
    );
  });

  test("keeps the platform's words, its details and the request's id", () => {
    const answer = {
      ...error(422, "InvalidState", { details: { a: 1 } }),
      requestId: "r-1",
    } as Answer;
    expect(judge(close, answer, now)).toEqual({
      verdict: "conflict",
      reason: {
        code: "InvalidState",
        message: "the platform's words",
        object: id,
        details: { a: 1 },
        requestId: "r-1",
      },
    });
  });

  test("of an unknown type says its name", () => {
    expect(judge(close, error(403, "ClientTooOld"), now)).toMatchObject({
      reason: { code: "PermissionDenied", message: "ClientTooOld: the platform's words" },
    });
  });
});

describe("a refusal that is not the platform's", () => {
  test.each([301, 400, 403, 404, 407, 408, 413, 422, 451, 500, 502, 503, 504, 599])(
    "%i leaves the outcome unknown: a proxy parks nothing",
    (status) => {
      expect(judge(close, { kind: "response", status, body: "<html>" }, now)).toEqual({
        verdict: "unknown",
        status,
      });
    },
  );

  test("401 needs a token, 429 needs time", () => {
    expect(verdictOf({ kind: "response", status: 401, body: "" })).toBe("needsAuth");
    expect(verdictOf({ kind: "response", status: 429, body: undefined })).toBe("retry");
    expect(verdictOf(response(401, { error: { type: 7 } }))).toBe("needsAuth");
    expect(verdictOf(response(401, { error: "InvalidAuthentication" }))).toBe("needsAuth");
  });

  test("a 401 that broke off is unknown: it may have been PermissionDenied, and the token as good as ever", () => {
    const body = '{"error":{"type":"Permissi';
    expect(verdictOf({ kind: "response", status: 401, body: undefined })).toBe("unknown");
    expect(verdictOf({ kind: "response", status: 401, body })).toBe("unknown");
  });
});

describe("Retry-After", () => {
  test("is read in seconds, or as a date against the answer's own", () => {
    const busy = error(503, "ServiceUnavailable");
    expect(judge(close, { ...busy, retryAfter: "2" } as Answer, now)).toMatchObject({
      afterMs: 2000,
    });
    const date = { retryAfter: "Sun, 22 Nov 2026 12:00:10 GMT" };
    expect(judge(close, { ...busy, ...date } as Answer, now)).toMatchObject({ afterMs: 10_000 });
    const skewed = { ...busy, ...date, serverAt: now + 4000 } as Answer;
    expect(judge(close, skewed, now)).toMatchObject({ afterMs: 6000 });
    expect(judge(close, { ...busy, retryAfter: "whenever" } as Answer, now)).not.toHaveProperty(
      "afterMs",
    );
  });

  test("of a proxy's 503 is heard, though the outcome is unknown", () => {
    const answer: Answer = { kind: "response", status: 503, body: "busy", retryAfter: "20" };
    expect(judge(close, answer, now)).toEqual({ verdict: "unknown", status: 503, afterMs: 20_000 });
  });
});

describe("no answer", () => {
  test("is unknown where the request may have left, and a retry where it did not", () => {
    for (const cause of ["network", "timeout", "aborted"] as const) {
      expect(verdictOf({ kind: "none", cause, sent: true })).toBe("unknown");
      expect(judge(close, { kind: "none", cause, sent: false }, now)).toMatchObject({
        verdict: "retry",
        reason: { code: "Unreachable" },
      });
    }
  });
});

describe("judging", () => {
  const body = fc.oneof(
    fc.constant(undefined),
    fc.string(),
    fc.json(),
    fc
      .record({ id: fc.oneof(fc.constant(id), fc.jsonValue()), detail: fc.jsonValue() })
      .map((value) => JSON.stringify(value)),
    fc
      .record({
        type: fc.oneof(
          fc.constantFrom(
            "InvalidInput",
            "InvalidState",
            "InternalError",
            "ServiceUnavailable",
            "toString",
          ),
          fc.jsonValue(),
        ),
        message: fc.jsonValue(),
        details: fc.jsonValue(),
      })
      .map((value) => JSON.stringify({ error: value })),
  );
  const anyResponse = fc.record(
    {
      kind: fc.constant("response" as const),
      status: fc.oneof(fc.integer({ min: 100, max: 599 }), fc.integer()),
      body,
      requestId: fc.string(),
      retryAfter: fc.string(),
      serverAt: fc.integer(),
    },
    { requiredKeys: ["kind", "status", "body"] },
  ) as fc.Arbitrary<Extract<Answer, { kind: "response" }>>;

  test("gives every answer a verdict, never throws, and settles nothing that is a server's fault", () => {
    fc.assert(
      fc.property(fc.constantFrom(close, create), anyResponse, (expected, answer) => {
        const { verdict } = judge(expected, answer, now);
        if (verdict === "done") expect(answer.status >= 200 && answer.status < 300).toBe(true);
        if (answer.status >= 500) expect(["unknown", "retry"]).toContain(verdict);
        if (["refused", "conflict", "invalid", "blocked"].includes(verdict)) {
          expect(answer.status >= 400 && answer.status < 500).toBe(true);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
