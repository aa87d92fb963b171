import { storageRefusals } from "../assumed.ts";

export type StorageRefusal = keyof typeof storageRefusals;

/** A refusal of the storage, which speaks XML and knows nothing of the API's errors (DO §7.3). */
export class StorageError extends Error {
  override readonly name = "StorageError";
  readonly status: number;
  readonly code: string;
  readonly headers: { readonly [name: string]: string };

  constructor(refusal: StorageRefusal, headers: { readonly [name: string]: string } = {}) {
    const { status, code, message } = storageRefusals[refusal];
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

export function errorXml(code: string, message: string, requestId: string): string {
  const elements = [
    ["Code", code],
    ["Message", message],
    ["RequestId", requestId],
  ] as const;
  const inner = elements.map(([name, text]) => `<${name}>${escaped(text)}</${name}>`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${inner}</Error>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
