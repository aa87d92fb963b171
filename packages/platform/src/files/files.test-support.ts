import type { JsonObject } from "@holdfast/core";
import { md5 } from "@noble/hashes/legacy.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { PlatformOptions } from "../platform.ts";
import { type Answer, type CallOptions, type Lab, openLab } from "../platform.test-support.ts";

/** What an upload or a download answered. */
export interface Link {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly expires: number;
}

export interface PartInput {
  readonly index?: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface FileLab extends Lab {
  readonly newFile: (input?: JsonObject) => Promise<string>;
  /** As the official client does it: with size and MD5. */
  readonly announce: (id: string, part: PartInput) => Promise<Link>;
  readonly put: (link: Link, body: BodyInit, headers?: object) => Promise<Response>;
  /** Announces and PUTs. */
  readonly upload: (id: string, part: PartInput) => Promise<void>;
  readonly close: (id: string, options?: CallOptions) => Promise<Answer>;
  /** A closed file of these bytes in one part. */
  readonly closedFile: (bytes: Uint8Array<ArrayBuffer>, input?: JsonObject) => Promise<string>;
  readonly parts: (id: string) => Promise<JsonObject>;
  readonly link: (id: string, input?: JsonObject, options?: CallOptions) => Promise<Link>;
  readonly get: (link: Link, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

export function openFileLab(options: PlatformOptions = {}): FileLab {
  return fileLabOf(openLab(options));
}

export function fileLabOf(lab: Lab): FileLab {
  const { call, project, platform, clock } = lab;
  const body = async (path: string, input: JsonObject, options?: CallOptions) => {
    const answer = await call(path, input, options);
    if (answer.error !== undefined) throw new Error(answer.text);
    return answer.body;
  };
  const files: Omit<FileLab, keyof Lab> = {
    newFile: async (input = {}) => (await body("/file/new", { project, ...input }))["id"] as string,
    announce: async (id, { index = 1, bytes }) =>
      toLink(await body(`/${id}/upload`, { index, size: bytes.length, md5: md5Of(bytes) })),
    put: (link, content, headers = {}) =>
      platform.fetch(link.url, {
        method: "PUT",
        body: content,
        headers: { ...link.headers, ...headers },
      }),
    upload: async (id, part) => {
      const response = await files.put(await files.announce(id, part), part.bytes);
      if (response.status !== 200) throw new Error(await response.text());
    },
    close: (id, options) => call(`/${id}/close`, {}, options),
    closedFile: async (bytes, input = {}) => {
      const id = await files.newFile(input);
      await files.upload(id, { bytes });
      await files.close(id);
      await clock.advance(60_000);
      return id;
    },
    parts: async (id) =>
      (await body(`/${id}/describe`, { fields: { parts: true } }))["parts"] as JsonObject,
    link: async (id, input = {}, options = {}) =>
      toLink(await body(`/${id}/download`, input, options)),
    get: (link, headers = {}) =>
      platform.fetch(link.url, { headers: { ...link.headers, ...headers } }),
  };
  return { ...lab, ...files };
}

function toLink(body: JsonObject): Link {
  return body as unknown as Link;
}

export function md5Of(bytes: Uint8Array): string {
  return bytesToHex(md5(bytes));
}

/** Bytes that no text has. */
export function someBytes(length: number, start = 0): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = start + index * 7;
  return bytes;
}

/** The smallest part that may stand before another in an AWS-like region. */
export const minimumPart = 5_242_880;

/** `Code` and `Message` of an error of the storage. */
export async function storageError(response: Response): Promise<readonly (string | number)[]> {
  const text = await response.text();
  const element = (name: string): string =>
    new RegExp(`<${name}>(.*)</${name}>`).exec(text)?.[1] ?? "";
  return [response.status, element("Code"), element("Message")];
}
