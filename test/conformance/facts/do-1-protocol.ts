import { equal, holds } from "../expectations.ts";
import { assumed, cannot, client, doc, type Facts, ofClients } from "../fact.ts";
import { type FactLab, NotHere, noFile, nothing, nowhere } from "../fact-lab.ts";

const refusals = [
  ["MalformedJSON", 400, "/system/whoami", "{", {}],
  ["InvalidAuthentication", 401, "/system/whoami", {}, { token: "nobody's" }],
  ["ResourceNotFound", 404, "/system/nothing", {}, {}],
  ["InvalidInput", 422, "/system/whoami", [], {}],
] as const;

function notInBrowser(lab: FactLab): void {
  if (lab.ground.isBrowser === true) throw new NotHere("needs headers that a browser keeps");
}

async function refusedAs(lab: FactLab, type: string): Promise<void> {
  const [, status, path, input, options] = refusals.find(([name]) => name === type) ?? refusals[0];
  const answer = await lab.raw(path, input, options);
  equal([answer.type, answer.status], [type, status]);
}

/** DO §1: HTTP. */
export const protocolFacts: Facts = {
  "DO-1.1-01": cannot(
    "doc",
    "HTTPS on port 443",
    "of the real host; a stand-in on loopback has no certificate",
  ),
  "DO-1.1-02": doc("every method is a POST", async (lab) => {
    for (const verb of ["GET", "PUT", "DELETE", "PATCH"]) {
      const answer = await lab.raw("/system/whoami", {}, { verb });
      equal([verb, answer.type, answer.status], [verb, "ResourceNotFound", 404]);
    }
  }),
  "DO-1.1-03": doc("a route is a subject (system, class, id) and a method", async (lab) => {
    await lab.ok("/system/whoami");
    const id = await lab.record();
    await lab.describe(id);
    for (const path of ["/record/describe", "/whoami", `/${id}/new`, `/${id}`, "/system/", "/"]) {
      equal((await lab.raw(path)).type, "ResourceNotFound", path);
    }
  }),
  "DO-1.1-04": doc("a query string changes nothing", async (lab) => {
    const { id } = await lab.ok("/system/whoami");
    equal((await lab.raw("/system/whoami?a=b&fields=x")).body["id"], id);
  }),
  "DO-1.1-05": doc("a body of JSON is required, also where there is no input", async (lab) => {
    for (const body of ["", " ", "{", "nul", "{'a':1}", "{}{}", "\u0000"]) {
      const answer = await lab.raw("/system/whoami", body);
      equal([body, answer.type, answer.status], [body, "MalformedJSON", 400]);
    }
  }),
  "DO-1.1-06": doc("the body is a hash, but for setDetails", async (lab) => {
    const id = await lab.record();
    for (const body of [[], "1", "null", '"a"', "true"]) {
      await lab.no("InvalidInput", `/${id}/addTypes`, body);
      await lab.no("InvalidInput", `/${id}/describe`, body);
    }
    await lab.ok(`/${id}/setDetails`, [1, 2]);
    equal((await lab.raw(`/${id}/getDetails`)).body, [1, 2]);
  }),
  "DO-1.1-07": doc("another Content-Type is MalformedJSON", async (lab) => {
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp"]) {
      const answer = await lab.raw("/system/whoami", {}, { headers: { "Content-Type": type } });
      equal([type, answer.type, answer.status], [type, "MalformedJSON", 400]);
    }
  }),
  "DO-1.1-08": client("a charset after the media type is taken", async (lab) => {
    const headers = { "Content-Type": "application/json; charset=utf-8" };
    equal((await lab.raw("/system/whoami", {}, { headers })).status, 200);
  }),
  "DO-1.1-09": doc("text is UTF-8", async (lab) => {
    const name = "ä 漢字 🧬";
    const id = await lab.record({ name });
    equal(await lab.field(id, "name"), name);
  }),
  "DO-1.1-10": doc("the token comes as Bearer in Authorization", async (lab) => {
    const { token } = lab.ground;
    const as = async (value: string): Promise<string | undefined> =>
      (await lab.raw("/system/whoami", {}, { token: null, headers: { Authorization: value } }))
        .type;
    equal(await as(`Bearer ${token}`), undefined);
    for (const value of [token, `Basic ${token}`, `Bearer${token}`, "Bearer "]) {
      equal([value, await as(value)], [value, "InvalidAuthentication"]);
    }
  }),
  "DO-1.1-11": doc("the version asked for is echoed; none is the newest", async (lab) => {
    const headers = { "DNAnexus-API": "1.0.0" };
    const answer = await lab.raw("/system/whoami", {}, { headers });
    equal([answer.status, answer.headers.get("DNAnexus-API")], [200, "1.0.0"]);
    equal((await lab.raw("/system/whoami")).status, 200);
  }),
  "DO-1.1-12": client("User-Agent is free text that the server sees", async (lab) => {
    notInBrowser(lab);
    const headers = { "User-Agent": "fact/1 (anything) goes" };
    const answer = await lab.raw("/system/headers", {}, { headers });
    equal(answer.body["user-agent"] ?? answer.body["User-Agent"], headers["User-Agent"]);
  }),
  "DO-1.1-13": client("a caller that takes compressed answers is understood", async (lab) => {
    notInBrowser(lab);
    const headers = { "Accept-Encoding": "gzip, deflate" };
    equal((await lab.raw("/system/whoami", {}, { headers })).status, 200);
  }),
  "DO-1.1-14": doc("only the body's nonce makes a call repeatable; headers do not", async (lab) => {
    const headers = { "Idempotency-Key": "one", "X-Request-ID": "1-1" };
    const input = { project: lab.project };
    const ids = new Set<unknown>();
    for (let count = 0; count < 2; count++) {
      ids.add((await lab.raw("/record/new", input, { headers })).body["id"]);
    }
    equal(ids.size, 2);
  }),
  "DO-1.1-15": client("unknown fields of the body are passed over", async (lab) => {
    const id = await lab.record({ description: "never heard of", whatever: { deep: [1] } });
    await lab.ok(`/${id}/addTypes`, { types: ["A"], whatever: null });
  }),
  "DO-1.1-16": assumed("a body beyond the cap is InvalidInput", async (lab) => {
    if (lab.ground.isBrowser === true) throw new NotHere("needs 64 MiB at once");
    const answer = await lab.raw("/system/whoami", `{"a":"${"x".repeat(64 * 1024 * 1024)}"}`);
    equal(answer.type, "InvalidInput");
  }),
  "DO-1.2-01": doc("success is 200 with JSON", async (lab) => {
    const answer = await lab.raw("/system/whoami");
    equal(answer.status, 200);
    holds((answer.headers.get("Content-Type") ?? "").startsWith("application/json"), "its type");
  }),
  "DO-1.2-02": doc("failure is not 200 and has a JSON error body", async (lab) => {
    for (const [type, status, path, input, options] of refusals) {
      const answer = await lab.raw(path, input, options);
      equal([answer.type, answer.status], [type, status]);
      holds((answer.headers.get("Content-Type") ?? "").startsWith("application/json"), "its type");
    }
  }),
  "DO-1.2-03": ofClients("client", "an error that is not JSON is judged by its status alone"),
  "DO-1.2-04": client("X-Request-ID is a time and a number, another one each time", async (lab) => {
    const ids = new Set<string>();
    for (const path of ["/system/whoami", "/system/nothing", "/system/whoami"]) {
      const id = (await lab.raw(path)).headers.get("X-Request-ID") ?? "";
      holds(/^\d{13}-\d{1,6}$/.test(id), id);
      ids.add(id);
    }
    equal(ids.size, 3);
  }),
  "DO-1.2-05": doc("DNAnexus-API is echoed on refusals, too", async (lab) => {
    const headers = { "DNAnexus-API": "1.0.0" };
    const answer = await lab.raw("/system/nothing", {}, { headers });
    equal(answer.headers.get("DNAnexus-API"), "1.0.0");
  }),
  "DO-1.2-06": client("X-Content-Type-Options is nosniff", async (lab) => {
    for (const path of ["/system/whoami", "/system/nothing"]) {
      equal((await lab.raw(path)).headers.get("X-Content-Type-Options"), "nosniff");
    }
  }),
  "DO-1.2-07": cannot(
    "client",
    "X-Upgrade-Info advises old clients",
    "when it comes is not known; it means nothing to a program",
  ),
  "DO-1.2-08": client("Retry-After is whole seconds: 2 from comeBackLater", async (lab) => {
    const { currentTime } = await lab.ok("/system/comeBackLater");
    const answer = await lab.no("ServiceUnavailable", "/system/comeBackLater", {
      waitUntil: (currentTime as number) + 100_000,
    });
    equal([answer.status, answer.headers.get("Retry-After")], [503, "2"]);
  }),
  "DO-1.2-09": client("a Content-Length, where there is one, is the body's length", async (lab) => {
    const answer = await lab.raw("/record/new", { project: "ä" });
    const length = answer.headers.get("Content-Length");
    if (length !== null) equal(Number(length), new TextEncoder().encode(answer.text).length);
  }),
  "DO-1.2-10": ofClients("client", "a compressed answer is understood"),
  "DO-1.2-11": doc("a call with Origin is allowed to that origin", async (lab) => {
    notInBrowser(lab);
    for (const path of ["/system/whoami", "/system/nothing"]) {
      const answer = await lab.raw(path, {}, { headers: { Origin: "https://lab.example" } });
      equal(answer.headers.get("Access-Control-Allow-Origin"), "https://lab.example");
    }
  }),
  "DO-1.2-12": doc("a preflight for POST gets its origin and its headers back", async (lab) => {
    notInBrowser(lab);
    const headers = {
      Origin: "https://lab.example",
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    };
    const { status, headers: got } = await lab.raw("/record/new", {}, { verb: "OPTIONS", headers });
    holds(status === 200 || status === 204, String(status));
    equal(got.get("Access-Control-Allow-Origin"), "https://lab.example");
    equal(got.get("Access-Control-Allow-Headers"), "authorization,content-type");
  }),
  "DO-1.2-13": assumed("scripts are shown no other header", async (lab) => {
    notInBrowser(lab);
    const answer = await lab.raw(
      "/system/whoami",
      {},
      { headers: { Origin: "https://lab.example" } },
    );
    equal(answer.headers.get("Access-Control-Expose-Headers"), null);
  }),
  "DO-1.2-14": client("whoami says the caller's id", async (lab) => {
    holds(/^user-.+/.test(String((await lab.ok("/system/whoami"))["id"])), "id");
  }),
  "DO-1.2-15": client("greet and headers answer", async (lab) => {
    await lab.ok("/system/greet", { client: "fact", version: "1" });
    await lab.ok("/system/headers");
  }),
  "DO-1.2-16": client("comeBackLater: the time, or 503 until it has come", async (lab) => {
    const { currentTime } = await lab.ok("/system/comeBackLater");
    holds(Number.isInteger(currentTime), "a time");
    await lab.ok("/system/comeBackLater", { waitUntil: (currentTime as number) - 1 });
    const later = { waitUntil: (currentTime as number) + 100_000 };
    const bare = await lab.no("ServiceUnavailable", "/system/comeBackLater", {
      ...later,
      setRetryAfter: false,
    });
    equal([bare.status, bare.headers.get("Retry-After")], [503, null]);
  }),
  "DO-1.3-01": doc("an error says type and message, perhaps details", async (lab) => {
    for (const [type, , path, input, options] of refusals) {
      const { body } = await lab.raw(path, input, options);
      equal(Object.keys(body), ["error"]);
      equal(body["error"]["type"], type);
      holds(typeof body["error"]["message"] === "string" && body["error"]["message"] !== "", type);
    }
  }),
  "DO-1.3-02": client("a wrong type names the key and the type expected", async (lab) => {
    const { text } = await lab.no("InvalidInput", "/record/new", { project: lab.project, name: 1 });
    holds(/expected key .*name.* of input to be a string/.test(text), text);
  }),
  "DO-1.3-03": client("a bad type is said to be no valid string for a type name", async (lab) => {
    const id = await lab.record();
    const { text } = await lab.no("InvalidInput", `/${id}/addTypes`, { types: ["a-b"] });
    holds(text.includes("array of valid strings for a type name"), text);
  }),
  "DO-1.3-04": client("an upload to a file that is not open says so", async (lab) => {
    const id = await lab.file();
    const { text } = await lab.no("InvalidState", `/${id}/upload`, { index: 1, size: 1 });
    holds(text.includes("not in the open state"), text);
  }),
  "DO-1.3-05": client(
    "a bad token: the message speaks of the token; none: of logging in",
    async (lab) => {
      const bad = await lab.raw("/system/whoami", {}, { token: "bad" });
      holds(bad.text.includes("token"), bad.text);
      const none = await lab.raw("/system/whoami", {}, { token: null });
      holds(none.text.includes("logged in"), none.text);
    },
  ),
  "DO-1.4-01": doc("MalformedJSON is 400", (lab) => refusedAs(lab, "MalformedJSON")),
  "DO-1.4-02": doc("InvalidAuthentication is 401", (lab) =>
    refusedAs(lab, "InvalidAuthentication"),
  ),
  "DO-1.4-03": doc("PermissionDenied is 401, not 403", async (lab) => {
    const answer = await lab.no(
      "PermissionDenied",
      "/record/new",
      { project: lab.project },
      lab.as("VIEW"),
    );
    equal(answer.status, 401);
  }),
  "DO-1.4-04": doc("SpendingLimitExceeded is 403", async (lab) => {
    await lab.fault({ kind: "refuse", error: "SpendingLimitExceeded" });
    equal((await lab.no("SpendingLimitExceeded", "/system/whoami")).status, 403);
  }),
  "DO-1.4-05": doc("OrgExpired is 403", async (lab) => {
    await lab.fault({ kind: "refuse", error: "OrgExpired" });
    equal((await lab.no("OrgExpired", "/system/whoami")).status, 403);
  }),
  "DO-1.4-06": doc(
    "ResourceNotFound is 404: a route or an entity that is not there",
    async (lab) => {
      await refusedAs(lab, "ResourceNotFound");
      equal((await lab.no("ResourceNotFound", `/${nothing}/describe`)).status, 404);
    },
  ),
  "DO-1.4-07": doc("InvalidInput is 422", (lab) => refusedAs(lab, "InvalidInput")),
  "DO-1.4-08": doc("InvalidState is 422", async (lab) => {
    const id = await lab.record({ close: true });
    equal((await lab.no("InvalidState", `/${id}/setVisibility`, { hidden: true })).status, 422);
  }),
  "DO-1.4-09": doc("InvalidType is 422", async (lab) => {
    equal((await lab.no("InvalidType", "/record/new", { project: nothing })).status, 422);
  }),
  "DO-1.4-10": doc("RateLimitConditional is 429", async (lab) => {
    await lab.fault({ kind: "throttle", status: 429, retryAfterS: 20 });
    const answer = await lab.no("RateLimitConditional", "/system/whoami");
    equal([answer.status, answer.headers.get("Retry-After")], [429, "20"]);
  }),
  "DO-1.4-11": doc("InternalError is 500", async (lab) => {
    await lab.fault({ kind: "refuse", error: "InternalError" });
    equal((await lab.no("InternalError", "/system/whoami")).status, 500);
  }),
  "DO-1.4-12": doc("ServiceUnavailable is 503", async (lab) => {
    const waitUntil = Number((await lab.ok("/system/comeBackLater"))["currentTime"]) + 100_000;
    equal((await lab.no("ServiceUnavailable", "/system/comeBackLater", { waitUntil })).status, 503);
  }),
  "DO-1.4-13": ofClients("client", "further names of types are accepted"),
  "DO-1.5-01": ofClients("client", "503 and 429 are retried without limit"),
  "DO-1.5-02": ofClients("client", "other 5xx are retried"),
  "DO-1.5-03": ofClients("client", "422 is never retried"),
  "DO-1.5-04": ofClients("client", "other 4xx are not retried, but for a PUT"),
  "DO-1.5-05": ofClients("client", "no answer: retried where that is safe"),
  "DO-1.5-06": ofClients("client", "what certainly did not arrive is retried"),
  "DO-1.5-07": ofClients("client", "redirects are followed by hand"),
  "DO-1.5-08": ofClients("client", "six retries"),
  "DO-1.5-09": ofClients("client", "time-outs"),
  "DO-1.5-10": ofClients("client", "waits with Retry-After"),
  "DO-1.5-11": ofClients("client", "waits without"),
  "DO-1.5-12": ofClients("client", "a Retry-After that is no integer is passed over"),
  "DO-1.5-13": client("what is flagged safe to repeat has the same effect twice", async (lab) => {
    const id = await lab.record();
    const { project } = lab;
    const calls: readonly (readonly [string, unknown])[] = [
      ["addTypes", { types: ["A"] }],
      ["removeTypes", { types: ["B"] }],
      ["setDetails", { a: 1 }],
      ["setVisibility", { hidden: false }],
      ["rename", { project, name: "n" }],
      ["setProperties", { project, properties: { k: "v" } }],
      ["addTags", { project, tags: ["t"] }],
      ["removeTags", { project, tags: ["u"] }],
      ["close", {}],
    ];
    const all = { project, defaultFields: true, fields: { properties: true, details: true } };
    for (const [method, input] of calls) {
      await lab.ok(`/${id}/${method}`, input);
      const once = await lab.describe(id, all);
      equal((await lab.ok(`/${id}/${method}`, input))["id"], id);
      equal(await lab.describe(id, all), once, method);
    }
  }),
  "DO-1.5-14": client("the creates that take a nonce are safe with one", async (lab) => {
    for (const kind of ["record", "file", "workflow", "applet"]) {
      const input = { nonce: lab.unique(kind) };
      const make = (): Promise<string> =>
        kind === "applet" ? lab.applet(input) : lab.make(kind, input);
      equal(await make(), await make(), kind);
    }
  }),
  "DO-1.5-15": client("/project/new has no nonce: twice is two", async (lab) => {
    const input = { name: "twice", nonce: lab.unique() };
    holds((await lab.newProject(input)) !== (await lab.newProject(input)), "two projects");
  }),
  "DO-1.6-01": doc("200 calls a second, then RateLimitConditional", async (lab) => {
    const limited = lab.limited();
    for (let count = 0; count < 200; count++) await limited.ok("/system/whoami");
    equal((await limited.no("RateLimitConditional", "/system/whoami")).status, 429);
    await limited.pass(1000);
    await limited.ok("/system/whoami");
  }),
  "DO-1.6-02": doc("at most 10,000 objects are removed at once", async (lab) => {
    const objects = Array.from(
      { length: 10_001 },
      (_, index) => `record-${String(index).padStart(24, "0")}`,
    );
    await lab.no("InvalidInput", `/${lab.project}/removeObjects`, { objects, force: true });
    await lab.ok(`/${lab.project}/removeObjects`, { objects: objects.slice(1), force: true });
  }),
  "DO-1.6-03": doc("the largest file is as large as the region says", async (lab) => {
    const { maximumFileSize } = await lab.field(lab.project, "fileUploadParameters");
    equal(maximumFileSize, 5_497_558_138_880);
  }),
  "DO-1.6-04": doc("a search takes 1,000 ids and gives 1,000 hits", async (lab) => {
    const id = Array.from(
      { length: 1001 },
      (_, index) => `record-${String(index).padStart(24, "0")}`,
    );
    await lab.no("InvalidInput", "/system/findDataObjects", { id });
    await lab.ok("/system/findDataObjects", { id: id.slice(1), limit: 1000 });
  }),
  "DO-1.6-05": assumed(
    "names, tags and types have 4,096 bytes, details 8 MiB at most",
    async (lab) => {
      const id = await lab.record({ name: "x".repeat(4096) });
      await lab.no("InvalidInput", `/${id}/rename`, {
        project: lab.project,
        name: "x".repeat(4097),
      });
      await lab.no("InvalidInput", `/${id}/addTypes`, { types: ["x".repeat(4097)] });
      await lab.no("InvalidInput", `/${id}/setDetails`, { a: "x".repeat(8 * 1024 * 1024) });
    },
  ),
  "DO-1.7-01": assumed(
    "the route comes before the body, the body before the token",
    async (lab) => {
      equal((await lab.raw("/system/nothing", "{", { token: null })).type, "ResourceNotFound");
      equal((await lab.raw("/system/whoami", "{", { token: null })).type, "MalformedJSON");
      equal((await lab.raw("/record/new", [], { token: null })).type, "InvalidAuthentication");
    },
  ),
  "DO-1.7-02": assumed(
    "the input comes before what it names, that before the level, the level before the state",
    async (lab) => {
      await lab.no("InvalidInput", `/${nothing}/addTypes`, { types: 1 });
      const closed = await lab.record({ close: true });
      await lab.no("InvalidInput", `/${closed}/addTypes`, { types: 1 });
      await lab.no("PermissionDenied", `/${closed}/addTypes`, { types: [] }, lab.as("VIEW"));
      await lab.no(
        "ResourceNotFound",
        "/record/new",
        { project: lab.project, folder: "/none" },
        lab.as("VIEW"),
      );
      await lab.no("InvalidState", `/${closed}/addTypes`, { types: [] });
    },
  ),
  "DO-1.7-03": doc("an object in no project of the caller's is ResourceNotFound", async (lab) => {
    const id = await lab.record();
    await lab.no("ResourceNotFound", `/${id}/describe`, {}, lab.as("NONE"));
    await lab.no("ResourceNotFound", `/${id}/close`, {}, lab.as("NONE"));
  }),
  "DO-1.7-04": client(
    "what changes nothing on a closed object is InvalidState all the same",
    async (lab) => {
      const id = await lab.record({ close: true });
      await lab.no("InvalidState", `/${id}/addTypes`, { types: [] });
      await lab.no("InvalidState", `/${id}/removeTypes`, { types: [] });
      await lab.no("InvalidState", `/${id}/setVisibility`, { hidden: false });
    },
  ),
  "DO-2-01": doc("a nonce is a string in the body of a create", async (lab) => {
    await lab.no("InvalidInput", "/record/new", { project: lab.project, nonce: 1 });
    await lab.record({ nonce: lab.unique() });
  }),
  "DO-2-02": doc("creates of objects take it, /project/new does not", async (lab) => {
    const input = { nonce: lab.unique() };
    equal(await lab.record(input), await lab.record(input));
    const project = { name: "p", ...input };
    holds((await lab.newProject(project)) !== (await lab.newProject(project)), "two projects");
  }),
  "DO-2-03": doc("it has at most 128 bytes of UTF-8", async (lab) => {
    const start = lab.unique();
    await lab.record({ nonce: start.padEnd(128, "x") });
    await lab.no("InvalidInput", "/record/new", {
      project: lab.project,
      nonce: start.padEnd(129, "x"),
    });
    await lab.no("InvalidInput", "/record/new", { project: lab.project, nonce: "ä".repeat(65) });
  }),
  "DO-2-04": doc("the same nonce and input get the first answer; nothing is made", async (lab) => {
    const project = await lab.newProject();
    const input = { project, nonce: lab.unique(), name: "one" };
    const first = await lab.call("/record/new", input);
    equal((await lab.call("/record/new", input)).text, first.text);
    equal((await lab.find({ scope: { project } })).length, 1);
  }),
  "DO-2-05": doc("the same nonce with other input is InvalidInput", async (lab) => {
    const nonce = lab.unique();
    await lab.record({ nonce, name: "one" });
    const { text } = await lab.no("InvalidInput", "/record/new", {
      project: lab.project,
      nonce,
      name: "two",
    });
    holds(text.includes("nonce"), text);
  }),
  "DO-2-06": doc("it counts for one hour from the first call", async (lab) => {
    const input = { nonce: lab.unique() };
    const first = await lab.record(input);
    // Where time passes by itself, too, the last moment cannot be met.
    const last = lab.ground.pass === undefined ? 60_000 : 1;
    await lab.pass(3_600_000 - last);
    equal(await lab.record(input), first, "just before");
    await lab.pass(last);
    holds((await lab.record(input)) !== first, "a second object after the hour");
  }),
  "DO-2-07": client("the empty nonce is none", async (lab) => {
    holds((await lab.record({ nonce: "" })) !== (await lab.record({ nonce: "" })), "two records");
  }),
  "DO-2-08": assumed("the order of keys does not make another input", async (lab) => {
    const { project } = lab;
    const nonce = lab.unique();
    const first = await lab.call(
      "/record/new",
      `{"project":"${project}","nonce":"${nonce}","name":"a"}`,
    );
    const again = await lab.call(
      "/record/new",
      `{"name":"a","nonce":"${nonce}", "project":"${project}"}`,
    );
    equal(again.text, first.text);
  }),
  "DO-2-09": assumed("it belongs to a user and a route", async (lab) => {
    const input = { nonce: lab.unique() };
    holds(
      (await lab.record(input)) !== (await lab.record(input, lab.as("UPLOAD"))),
      "another user's",
    );
    holds((await lab.record(input)) !== (await lab.make("file", input)), "another route's");
  }),
  "DO-2-10": assumed("a call that failed is not remembered", async (lab) => {
    const nonce = lab.unique();
    await lab.no("InvalidInput", "/record/new", { project: lab.project, nonce, name: "" });
    await lab.record({ nonce, name: "good" });
  }),
  "DO-2-11": assumed("the first answer comes also when the object is gone", async (lab) => {
    const input = { nonce: lab.unique() };
    const id = await lab.record(input);
    await lab.ok(`/${lab.project}/removeObjects`, { objects: [id] });
    equal(await lab.record(input), id);
    await lab.no("ResourceNotFound", `/${id}/describe`);
  }),
  "DO-2-12": assumed("any UTF-8 will do", async (lab) => {
    const input = { nonce: `${lab.unique()} \t\u0001 漢` };
    equal(await lab.record(input), await lab.record(input));
  }),
  "DO-2-13": client("the clients' own 81 characters are taken", async (lab) => {
    const nonce = `${"d".repeat(64)}${lab.unique()}.796088`;
    equal(await lab.record({ nonce }), await lab.record({ nonce }));
  }),
  "DO-2-14": client(
    "a create can be found again by a property that says which it was",
    async (lab) => {
      const project = await lab.newProject();
      const properties = { ".system-fileSignature": "1 2 0 3 name" };
      const id = await lab.record({ project, properties });
      await lab.finds({ properties, scope: { project, folder: "/" }, visibility: "either" }, [id]);
    },
  ),
  "DO-3.1-01": doc("an id is the class and 24 characters of 32", async (lab) => {
    const id = await lab.record();
    holds(/^record-[0-9BFGJKPQVXYZbfgjkpqvxyz]{24}$/.test(id), id);
    holds(/^project-[0-9BFGJKPQVXYZbfgjkpqvxyz]{24}$/.test(await lab.newProject()), "project");
  }),
  "DO-3.1-02": doc("an id is for life and the same in every project", async (lab) => {
    const id = await lab.record({ close: true });
    await lab.clone([id]);
    await lab.ok(`/${id}/rename`, { project: lab.project, name: "other" });
    equal((await lab.describe(id, { project: lab.other }))["id"], id);
  }),
  "DO-3.1-03": doc("users are named by handle", async (lab) => {
    holds(/^user-[a-z]/.test(String((await lab.ok("/system/whoami"))["id"])), "user-…");
  }),
  "DO-3.1-04": ofClients("client", "ids are checked leniently: the class and 24 letters or digits"),
  "DO-3.1-05": assumed("letters outside the alphabet are well-formed", async (lab) => {
    const link = { $dnanexus_link: "record-aeilnrstAEILNRSTaeilnrst" };
    await lab.record({ details: { link } });
  }),
  "DO-3.1-06": client("container-… is taken wherever a project is", async (lab) => {
    const container = nowhere.replace("project", "container");
    await lab.no("ResourceNotFound", "/record/new", { project: container });
    await lab.no("ResourceNotFound", `/${container}/describe`);
  }),
  "DO-3.1-07": doc("a project of another class is InvalidType", async (lab) => {
    await lab.no("InvalidType", "/record/new", { project: nothing });
    await lab.no("InvalidType", "/file/new", { project: noFile });
  }),
  "DO-3.1-08": assumed(
    "a malformed id is ResourceNotFound in the route, InvalidInput in the body",
    async (lab) => {
      equal((await lab.raw("/record-short/describe")).type, "ResourceNotFound");
      equal((await lab.raw(`/${nothing}0/describe`)).type, "ResourceNotFound");
      await lab.no("InvalidInput", "/record/new", { project: "project-short" });
      await lab.no("ResourceNotFound", `/${nothing}/describe`);
    },
  ),
  "DO-3.2-01": doc("a link in details names an id", async (lab) => {
    const id = await lab.record({ details: { a: { $dnanexus_link: nothing } } });
    equal(await lab.field(id, "links"), [nothing]);
  }),
  "DO-3.2-02": doc("in details, a link that is a hash is refused", async (lab) => {
    const id = await lab.record();
    await lab.no("InvalidInput", `/${id}/setDetails`, { a: { $dnanexus_link: { id: nothing } } });
  }),
  "DO-3.2-03": ofClients("client", "references to the outputs of jobs"),
  "DO-3.2-04": doc("a link with another key beside it is refused", async (lab) => {
    const details = { a: { $dnanexus_link: nothing, b: 1 } };
    await lab.no("InvalidInput", "/record/new", { project: lab.project, details });
  }),
  "DO-3.2-05": doc("a link that is no string is refused", async (lab) => {
    const id = await lab.record();
    for (const link of [1, null, true, [nothing], {}]) {
      await lab.no("InvalidInput", `/${id}/setDetails`, { a: [{ $dnanexus_link: link }] });
    }
  }),
  "DO-3.2-06": client("a link that is no id is refused", async (lab) => {
    const id = await lab.record();
    await lab.no("InvalidInput", `/${id}/setDetails`, { a: { $dnanexus_link: "no id" } });
    await lab.no("InvalidInput", `/${id}/setDetails`, { a: { $dnanexus_link: "record-short" } });
  }),
  "DO-3.2-07": client("links are found at any depth, each once", async (lab) => {
    const [a, b] = [await lab.record(), await lab.record()];
    const link = (id: string): unknown => ({ $dnanexus_link: id });
    const id = await lab.record({ details: { x: [{ y: link(b) }, link(a)], z: link(b) } });
    equal([...((await lab.field(id, "links")) as string[])].sort(), [a, b].sort());
  }),
  "DO-3.2-08": assumed("in the order in which they come, depth first", async (lab) => {
    const [a, b] = [await lab.record(), await lab.record()];
    const details = [{ z: { $dnanexus_link: b } }, { $dnanexus_link: a }];
    equal(await lab.field(await lab.record({ details }), "links"), [b, a]);
  }),
  "DO-3.2-09": client(
    "an object may link to itself, and a link may be all there is",
    async (lab) => {
      const id = await lab.record();
      await lab.ok(`/${id}/setDetails`, { $dnanexus_link: id });
      equal(await lab.field(id, "links"), [id]);
    },
  ),
  "DO-3.2-10": doc("what is linked to need not be there", async (lab) => {
    await lab.record({ details: { $dnanexus_link: nothing } });
  }),
  "DO-3.2-11": doc("hidden objects that are linked to travel along", async (lab) => {
    const hidden = await lab.record({ hidden: true, close: true });
    const id = await lab.record({ close: true, details: { $dnanexus_link: hidden } });
    await lab.clone([id]);
    equal(await lab.field(hidden, "project", lab.other), lab.other);
    await lab.ok(`/${lab.other}/removeObjects`, { objects: [id] });
    equal(await lab.field(hidden, "project", lab.other), lab.project);
  }),
  "DO-3.2-12": doc("links change by setDetails, while open", async (lab) => {
    const id = await lab.record({ details: { $dnanexus_link: nothing } });
    await lab.ok(`/${id}/setDetails`, {});
    equal(await lab.field(id, "links"), []);
    await lab.ok(`/${id}/close`);
    await lab.no("InvalidState", `/${id}/setDetails`, {});
  }),
  "DO-3.2-13": client("keys of properties and tags may hold $dnanexus_link", async (lab) => {
    const id = await lab.record({ tags: ["$dnanexus_link"], properties: { $dnanexus_link: "x" } });
    equal(await lab.field(id, "properties"), { $dnanexus_link: "x" });
    equal(await lab.field(id, "links"), []);
  }),
};
