import type { Json } from "@holdfast/core";
import fc from "fast-check";
import { expect, test } from "vitest";
import { openLab, unknownRecord } from "../platform.test-support.ts";

test("every answer carries its request id, its type, nosniff, the date and its length", async () => {
  const { call, clock } = openLab();
  for (const answer of [await call("/system/whoami"), await call("/nothing/here")]) {
    expect(answer.headers.get("X-Request-ID")).toMatch(/^\d{13}-\d{1,6}$/);
    expect(answer.headers.get("X-Request-ID")).toContain(String(clock.now()));
    expect(answer.headers.get("Content-Type")).toBe("application/json");
    expect(answer.headers.get("X-Content-Type-Options")).toBe("nosniff");
    expect(answer.headers.get("Date")).toBe(new Date(clock.now()).toUTCString());
    expect(answer.headers.get("Content-Length")).toBe(String(answer.text.length));
  }
});

test("request ids of one moment differ", async () => {
  const { call } = openLab();
  const ids = new Set<string | null>();
  for (let count = 0; count < 300; count++) {
    ids.add((await call("/system/whoami")).headers.get("X-Request-ID"));
  }
  expect(ids.size).toBe(300);
});

test("the version of the API is echoed where one is asked for", async () => {
  const { call } = openLab();
  const asked = await call("/system/whoami", {}, { headers: { "DNAnexus-API": "1.0.0" } });
  expect(asked.headers.get("DNAnexus-API")).toBe("1.0.0");
  expect((await call("/system/whoami")).headers.get("DNAnexus-API")).toBeNull();
});

test.each([
  ["/", "POST"],
  ["/record", "POST"],
  ["/record/new/", "POST"],
  ["//record/new", "POST"],
  ["/record/describe", "POST"],
  ["/record-short/describe", "POST"],
  ["/record-xxxx/describe", "POST"],
  ["/user-/describe", "POST"],
  ["/container-short/describe", "POST"],
  ["/record-00000000000000000000000!/describe", "POST"],
  ["/gtable-000000000000000000000000/describe", "POST"],
  ["/record-000000000000000000000000/nothing", "POST"],
  ["/project-эксперимент/describe", "POST"],
  ["/system/whoami", "GET"],
  ["/system/whoami", "PUT"],
  ["/system/whoami", "DELETE"],
  ["/system/__proto__", "POST"],
])(
  "%s by %s is ResourceNotFound, with or without a token, whatever the body",
  async (path, verb) => {
    const { call } = openLab();
    for (const token of ["ada-token", null]) {
      const answer = await call(path, "{not json", { verb, token });
      expect([answer.status, answer.error]).toEqual([404, "ResourceNotFound"]);
    }
  },
);

test("a query string is ignored", async () => {
  const { call } = openLab();
  expect((await call("/system/whoami?a=/record/new")).body).toEqual({ id: "user-ada" });
});

test.each([
  ["not JSON", "{", "application/json"],
  ["nothing", "", "application/json"],
  ["two values", "{}{}", "application/json"],
  ["text", "{}", "text/plain"],
  ["a form", "{}", "application/x-www-form-urlencoded"],
  ["nearly JSON", "{}", "application/jsonx"],
])("a body that is %s is MalformedJSON, even without a token", async (_, body, contentType) => {
  const { call } = openLab();
  const answer = await call("/system/whoami", body, {
    token: null,
    headers: { "Content-Type": contentType },
  });
  expect([answer.status, answer.error]).toEqual([400, "MalformedJSON"]);
});

test("bytes that are no UTF-8 are MalformedJSON", async () => {
  const { platform } = openLab();
  const response = await platform.fetch("http://x/system/whoami", {
    method: "POST",
    body: new Uint8Array([0x22, 0xff, 0x22]),
    headers: { "Content-Type": "application/json" },
  });
  expect(response.status).toBe(400);
});

test.each([
  "application/json; charset=utf-8",
  "Application/JSON;charset=UTF-8",
  "application/json",
])("content of type %s is taken", async (contentType) => {
  const { call } = openLab();
  expect(
    (await call("/system/whoami", {}, { headers: { "Content-Type": contentType } })).status,
  ).toBe(200);
});

test("an absent content type is taken", async () => {
  const { platform } = openLab();
  const response = await platform.fetch("http://x/system/whoami", {
    method: "POST",
    body: new TextEncoder().encode("{}"),
    headers: { Authorization: "Bearer ada-token" },
  });
  expect(response.status).toBe(200);
});

test("no token and a wrong one are InvalidAuthentication, before anything of the input is judged", async () => {
  const { call } = openLab();
  for (const token of [null, "wrong", ""]) {
    const answer = await call("/record/new", { project: 1 }, { token });
    expect([answer.status, answer.error]).toEqual([401, "InvalidAuthentication"]);
  }
  const basic = await call(
    "/system/whoami",
    {},
    { token: null, headers: { Authorization: "Basic YTpi" } },
  );
  expect(basic.error).toBe("InvalidAuthentication");
});

test("a revoked token is not known any more, a new one is", async () => {
  const { call, platform } = openLab();
  await platform.control.revokeToken("ada-token");
  expect((await call("/system/whoami")).error).toBe("InvalidAuthentication");
  await platform.control.addToken("user-ada", "fresh");
  expect((await call("/system/whoami", {}, { token: "fresh" })).body).toEqual({ id: "user-ada" });
});

test("the nonce is judged before the input", async () => {
  const { call, project } = openLab();
  await call("/record/new", { project, nonce: "n" });
  const answer = await call("/record/new", { project: unknownRecord, nonce: "n" });
  expect(answer.error).toBe("InvalidInput");
});

test("unknown fields are ignored", async () => {
  const { call, project } = openLab();
  expect(
    (await call("/record/new", { project, description: "x", __proto__: 1 } as never)).status,
  ).toBe(200);
});

test("a preflight is answered with the origin and the headers it asks for", async () => {
  const { platform } = openLab();
  const response = await platform.fetch("http://x/record/new", {
    method: "OPTIONS",
    headers: {
      Origin: "https://lab.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization, content-type",
    },
  });
  expect(response.ok).toBe(true);
  expect(response.headers.get("Access-Control-Allow-Origin")).toBe("https://lab.example");
  expect(response.headers.get("Access-Control-Allow-Headers")).toBe("authorization, content-type");
  expect(platform.requests).toHaveLength(0);
});

test("a script of another origin may read every answer, but no more headers than are documented", async () => {
  const { call } = openLab();
  const headers = { Origin: "https://lab.example" };
  for (const answer of [
    await call("/system/whoami", {}, { headers }),
    await call("/system/whoami", {}, { headers, token: null }),
    await call("/no/route", {}, { headers }),
  ]) {
    expect(answer.headers.get("Access-Control-Allow-Origin")).toBe("https://lab.example");
    expect(answer.headers.get("Vary")).toBe("Origin");
    expect(answer.headers.get("Access-Control-Expose-Headers")).toBeNull();
  }
  expect((await call("/system/whoami")).headers.get("Access-Control-Allow-Origin")).toBeNull();
});

test("bodies over the limit and nested too deeply are InvalidInput", async () => {
  const { call, project, newRecord } = openLab({
    limits: { bodyBytes: 100_000, detailsBytes: 1000 },
  });
  const id = await newRecord();
  expect((await call("/system/whoami", `"${"x".repeat(100_000)}"`)).error).toBe("InvalidInput");
  const deep = `${"[".repeat(250)}${"]".repeat(250)}`;
  expect((await call(`/${id}/setDetails`, deep)).error).toBe("InvalidInput");
  expect((await call("/record/new", `{"project":"${project}","details":${deep}}`)).error).toBe(
    "InvalidInput",
  );
  expect((await call(`/${id}/setDetails`, { x: "y".repeat(1000) })).error).toBe("InvalidInput");
  expect((await call(`/${id}/setDetails`, `[${" ".repeat(2000)}]`)).status).toBe(200);
});

test("calls over the rate are RateLimitConditional until the second is over", async () => {
  const { call, clock } = openLab({ limits: { callsPerSecond: 2 } });
  const status = async (token = "ada-token") =>
    (await call("/system/whoami", {}, { token })).status;
  expect([await status(), await status(), await status()]).toEqual([200, 200, 429]);
  expect(await status("vic-token")).toBe(200);
  const refused = await call("/system/whoami");
  expect([refused.error, refused.headers.get("Retry-After")]).toEqual([
    "RateLimitConditional",
    "20",
  ]);
  await clock.advance(1000);
  expect(await status()).toBe(200);
});

test("every call is logged, with what came of it", async () => {
  const { call, platform, project } = openLab();
  const created = await call("/record/new", ` {"project":"${project}", "name":"a"}`);
  const id = created.body["id"] as string;
  await call(`/${id}/close`);
  await call(`/${id}/addTypes`, { types: [] });
  await call("/system/whoami", {}, { token: null });
  expect(
    platform.requests.map(({ number, route, object, user, body, status, error, answered }) => ({
      number,
      route,
      object,
      user,
      body,
      status,
      error,
      answered,
    })),
  ).toEqual([
    {
      number: 0,
      route: "/record/new",
      object: id,
      user: "user-ada",
      body: `{"name":"a","project":"${project}"}`,
      status: 200,
      error: undefined,
      answered: true,
    },
    {
      number: 1,
      route: "/record-xxxx/close",
      object: id,
      user: "user-ada",
      body: "{}",
      status: 200,
      error: undefined,
      answered: true,
    },
    {
      number: 2,
      route: "/record-xxxx/addTypes",
      object: id,
      user: "user-ada",
      body: '{"types":[]}',
      status: 422,
      error: "InvalidState",
      answered: true,
    },
    {
      number: 3,
      route: "/system/whoami",
      object: undefined,
      user: undefined,
      body: "{}",
      status: 401,
      error: "InvalidAuthentication",
      answered: true,
    },
  ]);
  expect(JSON.stringify(platform.requests)).not.toContain("ada-token");
});

const paths = [
  "/record/new",
  "/project/new",
  "/system/findDataObjects",
  "/system/describeDataObjects",
  "/system/findProjects",
  "/system/comeBackLater",
  "RECORD/describe",
  "RECORD/getDetails",
  "RECORD/setDetails",
  "RECORD/addTypes",
  "RECORD/removeTypes",
  "RECORD/setVisibility",
  "RECORD/rename",
  "RECORD/setProperties",
  "RECORD/addTags",
  "RECORD/removeTags",
  "RECORD/listProjects",
  "PROJECT/describe",
  "PROJECT/newFolder",
  "PROJECT/listFolder",
  "PROJECT/removeObjects",
];

const documentedKeys = [
  "project",
  "name",
  "tags",
  "types",
  "hidden",
  "properties",
  "details",
  "folder",
  "parents",
  "close",
  "initializeFrom",
  "nonce",
  "fields",
  "defaultFields",
  "objects",
  "classDescribeOptions",
  "describe",
  "id",
  "class",
  "state",
  "visibility",
  "type",
  "tag",
  "link",
  "scope",
  "level",
  "modified",
  "created",
  "sortBy",
  "limit",
  "starting",
  "region",
  "archivalState",
  "waitUntil",
  "setRetryAfter",
  "force",
  "only",
  "__proto__",
  "constructor",
  "toString",
  "$or",
  "$and",
  "$dnanexus_link",
];

test("whatever is sent, the answer is a success or a clean envelope, and a refusal changes nothing", async () => {
  const { call, platform, project, newRecord } = openLab();
  const record = await newRecord({ types: ["A"], properties: { a: "1" } });
  const leaf = fc.oneof(
    fc.constantFrom<Json>(
      project,
      record,
      unknownRecord,
      "/",
      "/a",
      "__proto__",
      "\u0000",
      "\ud800",
      "",
      1e308,
      -1,
      1.5,
    ),
    fc.jsonValue({ maxDepth: 1 }) as fc.Arbitrary<Json>,
  );
  const { value } = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      leaf,
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.constantFrom(...documentedKeys), tie("value"), {
        maxKeys: 6,
        noNullPrototype: true,
      }),
    ),
  }));
  const text = fc.oneof(
    { weight: 8, arbitrary: value.map((json) => JSON.stringify(json)) },
    {
      weight: 1,
      arbitrary: fc.string({
        unit: fc.constantFrom("{", "}", "[", "]", '"', ":", ",", "1", "e", "\\", " "),
      }),
    },
    {
      weight: 3,
      arbitrary: value.map((json) =>
        JSON.stringify(
          typeof json === "object" && json !== null && !Array.isArray(json)
            ? { project, ...json }
            : json,
        ),
      ),
    },
  );
  let before = JSON.stringify(platform.snapshot());
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), text, async (path, body) => {
      const { length } = platform.effects;
      const real = path.replace("RECORD", `/${record}`).replace("PROJECT", `/${project}`);
      const answer = await call(real, body);
      if (answer.status === 200) {
        if (platform.effects.length !== length) before = JSON.stringify(platform.snapshot());
        return;
      }
      expect([400, 404, 422, 503], `${real} ${body} ${answer.text}`).toContain(answer.status);
      expect(answer.body).toEqual({
        error: {
          type: expect.any(String) as string,
          message: expect.stringMatching(/./) as string,
        },
      });
      expect(platform.effects).toHaveLength(length);
      expect(JSON.stringify(platform.snapshot())).toBe(before);
    }),
    { numRuns: 2000 },
  );
}, 60_000);

test("prototype keys are keys like any other", async () => {
  const { call, project, newRecord } = openLab();
  const id = await newRecord();
  const source = '{"__proto__":{"a":1},"constructor":2,"toString":3}';
  await call(`/${id}/setDetails`, source);
  expect((await call(`/${id}/getDetails`)).text).toBe(source);
  const properties = '{"__proto__":"1","constructor":"2","hasOwnProperty":"3"}';
  await call(`/${id}/setProperties`, `{"project":"${project}","properties":${properties}}`);
  const { text } = await call(`/${id}/describe`, { fields: { properties: true } });
  expect(text).toBe(
    `{"id":"${id}","properties":{"__proto__":"1","constructor":"2","hasOwnProperty":"3"}}`,
  );
  const found = await call("/system/findDataObjects", `{"properties":{"__proto__":"1"}}`);
  expect(found.body["results"]).toHaveLength(1);
  expect(Object.prototype).not.toHaveProperty("a");
});
