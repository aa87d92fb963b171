import { expect, test } from "vitest";
import { openFileLab, someBytes, storageError } from "../files/files.test-support.ts";

const bytes = someBytes(1000);

test("a download gives the content back, whole or a range of it", async () => {
  const { clock, close, get, link, newFile, upload } = openFileLab({ files: { closingMs: 0 } });
  const id = await newFile({ name: "a b.txt", media: "text/plain; charset=utf-8" });
  const size = 5_242_880;
  await upload(id, { index: 2, bytes: someBytes(size) });
  await upload(id, { index: 10, bytes });
  await close(id);
  await clock.advance(10);
  const download = await link(id);
  const whole = await get(download);
  const content = await whole.bytes();
  expect([whole.status, content.length]).toEqual([200, size + 1000]);
  expect(content.subarray(size)).toEqual(bytes);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "accept-ranges": "bytes",
    "content-type": "text/plain; charset=utf-8",
    "content-length": String(size + 1000),
    "content-disposition": `attachment; filename="a b.txt"; filename*=UTF-8''a%20b.txt`,
  });
  for (const [range, from, to] of [
    [`bytes=${size - 5}-${size + 4}`, size - 5, size + 5],
    [`bytes=${size}-`, size, size + 1000],
    ["bytes=-7", size + 993, size + 1000],
    [`bytes=${size + 990}-99999999`, size + 990, size + 1000],
    ["bytes=0-0", 0, 1],
  ] as const) {
    const part = await get(download, { Range: range });
    expect(part.status).toBe(206);
    expect(part.headers.get("Content-Range")).toBe(`bytes ${from}-${to - 1}/${size + 1000}`);
    expect(part.headers.get("Content-Length")).toBe(String(to - from));
    expect(await part.bytes()).toEqual(content.slice(from, to));
  }
});

test("a range beyond the end is 416, and what is no range gives the whole", async () => {
  const { closedFile, get, link } = openFileLab();
  const download = await link(await closedFile(bytes));
  const beyond = await get(download, { Range: "bytes=1000-" });
  expect(beyond.headers.get("Content-Range")).toBe("bytes */1000");
  expect((await storageError(beyond)).slice(0, 2)).toEqual([416, "InvalidRange"]);
  for (const Range of ["bytes=5-4", "bytes=-", "bytes=0-1,3-4", "lines=1-2", "bytes=a-b"]) {
    expect((await get(download, { Range })).status).toBe(200);
  }
});

test("an empty file has an empty content and no ranges", async () => {
  const { closedFile, get, link } = openFileLab();
  const download = await link(await closedFile(someBytes(0)));
  expect((await (await get(download)).bytes()).length).toBe(0);
  expect((await get(download, { Range: "bytes=0-" })).status).toBe(416);
});

test("a URL that is not preauthenticated is the same for the same caller, and takes its headers", async () => {
  const { call, closedFile, get, link, platform, project } = openFileLab();
  const id = await closedFile(bytes, { name: "é.txt" });
  const download = await link(id, { project });
  expect(download).toEqual(await link(id));
  expect(download).not.toHaveProperty("expires");
  expect(download.url).toContain(id);
  expect(download.url).not.toContain(project);
  expect(download.url).toMatch(/\/%C3%A9\.txt$/);
  expect(Object.values(download.headers).map((value) => typeof value)).toEqual(["string"]);
  expect((await storageError(await get({ ...download, headers: {} }))).slice(0, 2)).toEqual([
    403,
    "AccessDenied",
  ]);
  // Of somebody else, in vain for somebody who lost the access.
  const vic = await link(id, {}, { token: "vic-token" });
  expect(vic.headers).not.toEqual(download.headers);
  expect((await get(vic)).status).toBe(200);
  await platform.control.setLevel(project, "user-vic", "NONE");
  expect((await get(vic)).status).toBe(403);
  await call(`/${project}/removeObjects`, { objects: [id] });
  expect((await get(download)).status).toBe(403);
});

test("a URL that is not preauthenticated reaches no further than the token it was asked for with", async () => {
  const { closedFile, get, link, platform, project } = openFileLab();
  const id = await closedFile(bytes);
  await platform.control.addToken("user-ada", "narrow", { projects: { [project]: "VIEW" } });
  const narrow = await link(id, {}, { token: "narrow" });
  const whole = await link(id);
  expect((await get(narrow)).status).toBe(200);
  await platform.control.addToken("user-ada", "narrow", { projects: { "*": "NONE" } });
  expect([(await get(narrow)).status, (await get(whole)).status]).toEqual([403, 200]);
  await platform.control.addToken("user-ada", "narrow");
  expect((await get(narrow)).status).toBe(200);
  await platform.control.revokeToken("narrow");
  expect([(await get(narrow)).status, (await get(whole)).status]).toEqual([403, 200]);
});

test("a preauthenticated URL is good for everybody until it expires", async () => {
  const { call, closedFile, clock, get, link, project } = openFileLab();
  const id = await closedFile(bytes);
  const hour = await link(id, { preauthenticated: true, duration: 3600, filename: "x/y.bin" });
  expect([hour.expires, hour.headers]).toEqual([clock.now() + 3_600_000, {}]);
  expect(hour.url).toContain(id);
  expect(hour.url).not.toContain(project);
  expect(hour.url).toMatch(/\/x%2Fy\.bin$/);
  const day = await link(id, { preauthenticated: true });
  expect(day.expires).toBe(clock.now() + 24 * 3_600_000);
  expect(day.url).not.toBe(hour.url);
  const answer = await get(hour);
  expect(answer.headers.get("Content-Disposition")).toContain(`filename*=UTF-8''x%2Fy.bin`);
  expect(await answer.bytes()).toEqual(bytes);
  for (const url of [hour.url.replace(/y\.bin$/, "z.bin"), `${hour.url}/a`, `${hour.url}x`]) {
    expect((await storageError(await get({ ...hour, url })))[1]).toBe("SignatureDoesNotMatch");
  }
  await clock.advance(3_600_000);
  expect((await get(hour)).status).toBe(200);
  await clock.advance(1);
  expect(await storageError(await get(hour))).toEqual([403, "AccessDenied", "Request has expired"]);
  await call(`/${project}/removeObjects`, { objects: [id] });
  expect((await get(day)).status).toBe(403);
});

test("HEAD says what GET would", async () => {
  const { closedFile, link, platform } = openFileLab();
  const { url } = await link(await closedFile(bytes), { preauthenticated: true });
  const head = await platform.fetch(url, { method: "HEAD" });
  expect([head.status, head.headers.get("Content-Length"), await head.text()]).toEqual([
    200,
    "1000",
    "",
  ]);
});

test("a name that is no part of a path, or of a header, does no harm", async () => {
  const { closedFile, get, link } = openFileLab();
  for (const name of ["..", "a/../b", 'say "hi"\\', "%2e%2e", "日本"]) {
    const download = await link(await closedFile(bytes, { name }), { preauthenticated: true });
    const answer = await get(download);
    expect([name, answer.status]).toEqual([name, 200]);
    expect(answer.headers.get("Content-Disposition")).toMatch(/^attachment; filename="[^"\\]*"; /);
  }
  const filename = "\ud800";
  const half = await link(await closedFile(bytes), { preauthenticated: true, filename });
  expect((await get(half)).status).toBe(200);
  const strange = await closedFile(bytes, { media: "text/html\r\nX-Evil: 1" });
  expect((await get(await link(strange))).headers.get("Content-Type")).toBe(
    "application/octet-stream",
  );
});

test("a download takes a closed file, VIEW, and the named project", async () => {
  const { call, closedFile, newFile, otherProject, platform, project } = openFileLab();
  const open = await newFile();
  const id = await closedFile(bytes);
  expect((await call(`/${open}/download`)).error).toBe("InvalidState");
  expect((await call(`/${id}/download`, {}, { token: "vic-token" })).status).toBe(200);
  expect((await call(`/${id}/download`, {}, { token: "noa-token" })).error).toBe(
    "ResourceNotFound",
  );
  expect((await call(`/${id}/download`, { project: otherProject })).error).toBe("ResourceNotFound");
  expect((await call(`/${id}/download`, { project: null })).status).toBe(200);
  for (const input of [
    { duration: 0 },
    { duration: "1" },
    { filename: "" },
    { filename: 1 },
    { preauthenticated: 1 },
    { project: "x" },
  ]) {
    expect((await call(`/${id}/download`, input)).error).toBe("InvalidInput");
  }
  await platform.control.setFlags(project, { downloadRestricted: true });
  expect((await call(`/${id}/download`)).error).toBe("PermissionDenied");
});

test("faults hit a GET: cut, truncated, stale", async () => {
  const { closedFile, get, link, platform } = openFileLab();
  const download = await link(await closedFile(bytes));
  platform.faults.next("/storage/download", "cutAfterEffect");
  await expect(get(download)).rejects.toBeInstanceOf(TypeError);
  platform.faults.next("/storage/download", "truncate");
  await expect((await get(download)).bytes()).rejects.toBeInstanceOf(TypeError);
  platform.faults.next("/storage/download", { kind: "truncate", silent: true });
  expect((await (await get(download)).bytes()).length).toBe(500);
  platform.faults.next("*", "staleUrl");
  expect((await storageError(await get(download)))[2]).toBe("Request has expired");
});
