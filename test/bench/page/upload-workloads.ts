import type { Holdfast } from "holdfast";
import { filter, firstValueFrom } from "rxjs";
import { inParallel, post, type Setting, timed, withHoldfast, type Workload } from "./setting.ts";

const mebibyte = 2 ** 20;
const SIZE = 96 * mebibyte;
/** What content is cut into here, and how many parts are in flight. */
const PART = 8 * mebibyte;
const PARTS_AT_ONCE = 4;

export const uploadWorkloads: Readonly<Record<string, Workload>> = {
  /** A content that is on the device, until the platform shows it complete, against bare PUTs of the same parts. */
  upload: {
    ours: (setting) =>
      withHoldfast(setting, async (holdfast) => {
        const file = await holdfast.files.create({
          project: setting.project,
          name: "reads",
          content: contentOf(SIZE),
        });
        const ms = await timed(async () => {
          await holdfast.resume();
          await allSent(holdfast);
        });
        await remove(setting, file.id);
        return ms;
      }),
    limit: async (setting) => {
      const content = contentOf(SIZE);
      const id = await post(setting, "/file/new", { project: setting.project });
      const parts = await linksOf(setting, id, content);
      const ms = await timed(() => inParallel(parts, PARTS_AT_ONCE, put));
      await remove(setting, id);
      return ms;
    },
  },
};

interface Link {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Blob;
}

/** Asked for before the time counts: the bare side knows all about its parts. */
async function linksOf(setting: Setting, id: string, content: Blob): Promise<readonly Link[]> {
  const links: Link[] = [];
  for (let from = 0; from < content.size; from += PART) {
    const body = content.slice(from, from + PART);
    const response = await fetch(`${setting.api}/${id}/upload`, {
      method: "POST",
      headers: { authorization: `Bearer ${setting.token}`, "content-type": "application/json" },
      body: JSON.stringify({ index: links.length + 1, size: body.size }),
    });
    const { url, headers } = (await response.json()) as Omit<Link, "body">;
    links.push({ url, headers, body });
  }
  return links;
}

async function put({ url, headers: given, body }: Link): Promise<void> {
  const headers = new Headers(given);
  headers.delete("content-length");
  const response = await fetch(url, { method: "PUT", headers, body });
  if (!response.ok) throw new Error(await response.text());
  await response.text();
}

async function allSent(holdfast: Holdfast): Promise<void> {
  await firstValueFrom(
    holdfast.status$.pipe(filter(({ phase, counts }) => phase === "idle" && counts.waiting === 0)),
  );
}

/** The platform keeps contents in memory. */
async function remove(setting: Setting, id: string): Promise<void> {
  await post(setting, `/${setting.project}/removeObjects`, { objects: [id], force: true });
}

function contentOf(size: number): Blob {
  const chunk = new Uint8Array(mebibyte);
  for (let at = 0; at < chunk.length; at += 65_536)
    crypto.getRandomValues(chunk.subarray(at, at + 65_536));
  return new Blob(Array.from({ length: size / mebibyte }, () => chunk));
}
