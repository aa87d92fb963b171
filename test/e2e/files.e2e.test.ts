import { createHash } from "node:crypto";
import type { Page } from "playwright";
import { expect, test } from "vitest";
import { Lab } from "./lab.ts";
import type { LabPlatform } from "./lab-platform.ts";

const mebibyte = 2 ** 20;
/** The least that the region takes, but for the last. */
const sizes: readonly number[] = [5 * mebibyte, 5 * mebibyte, 70_000];
const whole = sizes.reduce((sum, size) => sum + size, 0);

function partOf(index: number): Uint8Array<ArrayBuffer> {
  const size = sizes[index - 1] ?? 0;
  return Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >>> 8) + index) % 256);
}

function md5(bytes: Uint8Array): string {
  return createHash("md5").update(bytes).digest("hex");
}

/** Closed on the platform, by somebody else. @returns its id. */
async function closedFile({ platform, project }: LabPlatform): Promise<string> {
  const { control } = platform;
  const act = (path: string, input: object): Promise<unknown> =>
    control.act("user-ada", path, input as never);
  const { id } = (await act("/file/new", { project, name: "reads" })) as { readonly id: string };
  for (const index of sizes.keys()) {
    const bytes = partOf(index + 1);
    const part = { index: index + 1, size: bytes.length, md5: md5(bytes) };
    const link = (await act(`/${id}/upload`, part)) as {
      readonly url: string;
      readonly headers: Record<string, string>;
    };
    const { url, headers } = link;
    const put = await platform.fetch(new Request(url, { method: "PUT", headers, body: bytes }));
    if (!put.ok) throw new Error(await put.text());
  }
  await act(`/${id}/close`, {});
  const state = async (): Promise<unknown> => {
    const described = await act(`/${id}/describe`, { fields: { state: true } });
    return (described as { readonly state: string }).state;
  };
  await expect.poll(state, { timeout: 60_000 }).toBe("closed");
  return id;
}

/** The file's content in the page, by its MD5 there and its size. */
function content(page: Page, file: { readonly id: string; readonly project: string }) {
  return page.evaluate(async ({ id, project }) => {
    const { holdfast } = inPage;
    if (holdfast === undefined) throw new Error("Open it first.");
    const { key } = await holdfast.objects.fetch(id, { project });
    const blob = await holdfast.files.handle(key).content();
    const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
    return { size: blob.size, sha: Array.from(new Uint8Array(digest)) };
  }, file);
}

const expected = createHash("sha256");
for (const index of sizes.keys()) expected.update(partOf(index + 1));
const sha = [...expected.digest()];

test("a content comes by one range a part, verified, and is read again without the network", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const id = await closedFile(lab.served);
  const ranges: (string | null)[] = [];
  lab.interfere({
    before: async (path, headers) => {
      if (path.startsWith("/storage/download")) ranges.push(headers.get("Range"));
    },
  });
  const page = await lab.tab();
  expect(await content(page, { id, project })).toEqual({ size: whole, sha });
  expect(ranges.filter((range) => range !== null)).toEqual([
    "bytes=0-5242879",
    "bytes=5242880-10485759",
    `bytes=10485760-${whole - 1}`,
  ]);
  ranges.length = 0;
  const after = await lab.tab();
  expect(await content(after, { id, project })).toEqual({ size: whole, sha });
  expect(ranges).toEqual([]);
});

test("a part that comes with a wrong byte is fetched again, and never given out", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const id = await closedFile(lab.served);
  let wrong = 1;
  lab.interfere({
    change: async (path, response) => {
      if (!path.startsWith("/storage/download") || response.status !== 206) return response;
      if (wrong-- <= 0) return response;
      const bytes = new Uint8Array(await response.arrayBuffer());
      bytes[7] = (bytes[7] ?? 0) ^ 1;
      return new Response(bytes, response);
    },
  });
  const page = await lab.tab();
  expect(await content(page, { id, project })).toEqual({ size: whole, sha });
  const other = await closedFile(lab.served);
  wrong = Number.POSITIVE_INFINITY;
  const code = await page.evaluate(
    async ({ id, project }) =>
      await inPage.codeOf(async () => {
        const found = await inPage.holdfast?.objects.fetch(id, { project });
        await inPage.holdfast?.files.handle(found?.key as never).content();
      }),
    { id: other, project },
  );
  expect(code).toBe("Undecidable");
});

test("a stream gives the first part while the second is still on its way", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const id = await closedFile(lab.served);
  const released = Promise.withResolvers<void>();
  lab.interfere({
    before: async (path, headers) => {
      const isSecond = headers.get("Range")?.startsWith("bytes=5242880-") === true;
      if (path.startsWith("/storage/download") && isSecond) await released.promise;
    },
  });
  const page = await lab.tab();
  const before = await page.evaluate(
    async ({ id, project, first }) => {
      const { holdfast } = inPage;
      if (holdfast === undefined) throw new Error("Open it first.");
      const { key } = await holdfast.objects.fetch(id, { project });
      const reader = (await holdfast.files.handle(key).stream()).getReader();
      let size = 0;
      while (size < first) size += (await reader.read()).value?.length ?? 0;
      inPage.rest = async () => {
        for (let isDone = false; !isDone; ) {
          const { done, value } = await reader.read();
          isDone = done;
          size += value?.length ?? 0;
        }
        return size;
      };
      return size;
    },
    { id, project, first: 5 * mebibyte },
  );
  expect(before).toBe(5 * mebibyte);
  released.resolve();
  expect(await page.evaluate(() => inPage.rest?.())).toBe(whole);
});

test("where there is no private file system a file is attached, uploaded and read all the same", async () => {
  await using lab = await Lab.open();
  const { project } = lab;
  const page = await lab.tab({ breakage: { hasNoFileSystem: true } });
  const made = await page.evaluate(async (project) => {
    const { holdfast } = inPage;
    if (holdfast === undefined) throw new Error("Open it first.");
    const bytes = Uint8Array.from({ length: 9 * 2 ** 20 + 5 }, (_, at) => (at * 7) % 256);
    const file = await holdfast.files.create({ project, content: new Blob([bytes]) });
    await file.close();
    await file.settled();
    const kept = new Uint8Array(await (await file.content()).arrayBuffer());
    const isSame = kept.length === bytes.length && kept.every((byte, at) => byte === bytes[at]);
    const names = (await indexedDB.databases()).map(({ name }) => name ?? "");
    return { id: file.id, isSame, isInDatabase: names.some((name) => name.endsWith(":contents")) };
  }, project);
  expect(made).toMatchObject({ isSame: true, isInDatabase: true });
  // Another tab, which has such a file system, finds it where it lies.
  const other = await lab.tab();
  expect((await content(other, { id: made.id, project })).size).toBe(9 * mebibyte + 5);
});
