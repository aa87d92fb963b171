import { expect, test } from "vitest";
import { openFileLab, someBytes, storageError } from "../files/files.test-support.ts";

const bytes = someBytes(100);

test.each<[string, BodyInit, readonly (string | number)[]]>([
  ["other content", someBytes(100, 1), [400, "BadDigest"]],
  ["too little", someBytes(99), [400, "EntityTooSmall"]],
  ["too much", someBytes(101), [400, "EntityTooLarge"]],
  ["nothing", "", [400, "EntityTooSmall"]],
])("a PUT of %s is refused in XML, and the part stays pending", async (_, body, expected) => {
  const { announce, newFile, parts, platform, put } = openFileLab();
  const id = await newFile();
  const link = await announce(id, { bytes });
  const effects = platform.effects.length;
  const response = await put(link, body);
  expect(response.headers.get("Content-Type")).toBe("application/xml");
  expect((await storageError(response)).slice(0, 2)).toEqual(expected);
  expect(await parts(id)).toMatchObject({ 1: { state: "pending" } });
  expect(platform.effects).toHaveLength(effects);
  expect((await put(link, bytes)).status).toBe(200);
});

test("an upload URL is good until it expires, and then says so", async () => {
  const { announce, clock, newFile, put } = openFileLab({ files: { uploadUrlMs: 1000 } });
  const id = await newFile();
  const link = await announce(id, { bytes });
  await clock.advance(1000);
  expect((await put(link, bytes)).status).toBe(200);
  await clock.advance(1);
  expect(await storageError(await put(link, bytes))).toEqual([
    403,
    "AccessDenied",
    "Request has expired",
  ]);
  expect((await put(await announce(id, { bytes }), bytes)).status).toBe(200);
});

test("a PUT carries exactly the headers that were given, and no Authorization", async () => {
  const { announce, newFile, put } = openFileLab();
  const link = await announce(await newFile(), { bytes });
  const code = async (headers: object) =>
    (await storageError(await put(link, bytes, headers))).slice(0, 2);
  expect(await code({ Authorization: "Bearer ada-token" })).toEqual([400, "InvalidArgument"]);
  expect(await code({ "content-type": "text/plain" })).toEqual([403, "SignatureDoesNotMatch"]);
  expect(await code({ "content-md5": "1B2M2Y8AsgTpgAmY7PhCfg==" })).toEqual([
    403,
    "SignatureDoesNotMatch",
  ]);
  expect((await put(link, bytes, { "x-other": "is nobody's business" })).status).toBe(200);
});

test("a URL that was changed is not signed", async () => {
  const { announce, newFile, platform, put } = openFileLab();
  const link = await announce(await newFile(), { bytes });
  const other = await newFile();
  for (const url of [
    link.url.replace("/1/", "/2/"),
    link.url.replace(/file-[^/]+/, other),
    `${link.url}0`,
    `${link.url}/`,
    link.url.replace(/\/upload\/.*/, "/upload/%ff"),
    link.url.replace(/\/upload\/.*/, "/upload/"),
  ]) {
    expect((await storageError(await put({ ...link, url }, bytes))).slice(0, 2)).toEqual([
      403,
      "SignatureDoesNotMatch",
    ]);
  }
  const post = await platform.fetch(link.url, { method: "POST", body: "{}" });
  expect(post.status).toBe(404);
});

test("the URLs of a file that is closed or gone are void", async () => {
  const { announce, call, close, newFile, project, put, upload } = openFileLab();
  const [closing, removed] = [await newFile(), await newFile()];
  const links = [await announce(closing, { bytes }), await announce(removed, { bytes })];
  await upload(closing, { bytes });
  await close(closing);
  await call(`/${project}/removeObjects`, { objects: [removed] });
  for (const link of links) {
    expect((await storageError(await put(link, bytes))).slice(0, 2)).toEqual([404, "NoSuchUpload"]);
  }
});

test("a file that closes while a PUT is under way keeps the content it closed with", async () => {
  const { announce, close, link, get, newFile, platform, clock, upload } = openFileLab();
  const id = await newFile();
  await upload(id, { bytes: someBytes(3) });
  const late = await announce(id, { bytes });
  await upload(id, { bytes: someBytes(3) });
  const gate = Promise.withResolvers<void>();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      await gate.promise;
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const request = { method: "PUT", headers: late.headers, body, duplex: "half" };
  const putting = platform.fetch(late.url, request as RequestInit);
  expect((await close(id)).status).toBe(200);
  gate.resolve();
  expect((await putting).status).toBe(404);
  await clock.advance(50);
  const content = await (await get(await link(id))).bytes();
  expect(content).toEqual(someBytes(3));
});

test("a body that breaks off leaves the part pending", async () => {
  const { announce, newFile, parts, platform } = openFileLab();
  const id = await newFile();
  const link = await announce(id, { bytes });
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.error(new TypeError("gone"));
    },
  });
  const request = { method: "PUT", headers: link.headers, body, duplex: "half" };
  await expect(platform.fetch(link.url, request as RequestInit)).rejects.toBeInstanceOf(TypeError);
  expect(await parts(id)).toMatchObject({ 1: { state: "pending" } });
});

test("faults hit a PUT: cut before and after its effect, doubled, late, slow, stale, refused", async () => {
  const { announce, clock, newFile, parts, platform, put } = openFileLab();
  const { faults } = platform;
  const id = await newFile();
  const state = async () => ((await parts(id))["1"] as { state: string }).state;
  const fresh = () => announce(id, { bytes });

  faults.next("/storage/upload", "cutBeforeEffect");
  await expect(put(await fresh(), bytes)).rejects.toBeInstanceOf(TypeError);
  expect(await state()).toBe("pending");
  faults.next("/storage/upload", "cutAfterEffect");
  await expect(put(await fresh(), bytes)).rejects.toBeInstanceOf(TypeError);
  expect(await state()).toBe("complete");
  faults.next("*", "staleUrl");
  expect(await storageError(await put(await fresh(), bytes))).toEqual([
    403,
    "AccessDenied",
    "Request has expired",
  ]);
  faults.next("*", "slowTransfer");
  expect((await storageError(await put(await fresh(), bytes))).slice(0, 2)).toEqual([
    400,
    "RequestTimeout",
  ]);
  faults.next("/storage/upload", { kind: "refuse", error: "ServiceUnavailable" });
  const refused = await put(await fresh(), bytes);
  expect(refused.headers.get("Content-Type")).toBe("application/xml");
  expect((await storageError(refused)).slice(0, 2)).toEqual([503, "ServiceUnavailable"]);
  faults.next("/storage/upload", { kind: "throttle", retryAfterS: 3 });
  const throttled = await put(await fresh(), bytes);
  expect([throttled.status, throttled.headers.get("Retry-After")]).toEqual([503, "3"]);
  expect(await state()).toBe("pending");

  faults.next("/storage/upload", { kind: "late", afterMs: 10 });
  await expect(put(await fresh(), bytes)).rejects.toBeInstanceOf(TypeError);
  expect(await state()).toBe("pending");
  await clock.advance(10);
  await expect.poll(state).toBe("complete");
  faults.next("/storage/upload", "double");
  expect((await put(await fresh(), bytes)).status).toBe(200);
  expect(platform.requests.at(-1)).toMatchObject({ route: "/storage/upload", status: 200 });
  expect(platform.requests.at(-1)?.copyOf).toBeDefined();
  expect(platform.requests.at(-1)?.object).toBe(id);
});

test("a fault that only the storage knows waits for it", async () => {
  const { announce, newFile, platform, put } = openFileLab();
  const waiting = platform.faults.next("*", "staleUrl");
  const link = await announce(await newFile(), { bytes });
  expect(waiting.hits).toBe(0);
  expect((await put(link, bytes)).status).toBe(403);
  expect(waiting.hits).toBe(1);
});

test("a browser may PUT and GET from another origin", async () => {
  const { announce, closedFile, link, newFile, platform, put, get } = openFileLab();
  const upload = await announce(await newFile(), { bytes });
  const download = await link(await closedFile(bytes));
  const Origin = "https://lab.example";
  const preflight = async (url: string, method: string) => {
    const { status, headers } = await platform.fetch(url, {
      method: "OPTIONS",
      headers: {
        Origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": "content-md5",
      },
    });
    const allowed = ["Origin", "Methods", "Headers"].map((name) =>
      headers.get(`Access-Control-Allow-${name}`),
    );
    return [status, ...allowed];
  };
  expect(await preflight(upload.url, "PUT")).toEqual([204, Origin, "PUT", "content-md5"]);
  expect(await preflight(download.url, "GET")).toEqual([204, Origin, "GET, HEAD", "content-md5"]);
  expect((await preflight(upload.url, "DELETE"))[0]).toBe(404);
  const answers = [await put(upload, bytes, { Origin }), await get(download, { Origin })];
  for (const { headers } of answers) {
    expect(headers.get("Access-Control-Allow-Origin")).toBe(Origin);
  }
});
