/**
 * Puts plain classes in the place of `Request`, `Response`, `Headers` and `Blob`, until the function returned is called. A runtime's own
 * are made for bodies that come from a wire: they cost more than all else that is done for a call whose body is a text at hand,
 * and read Blobs in turns of the event loop that no clock knows of. A body that streams is still handed to the runtime's own.
 */
export function useLightFetch(): () => void {
  const { Request, Response, Headers, Blob } = globalThis;
  Object.assign(globalThis, {
    Request: LightRequest,
    Response: LightResponse,
    Headers: LightHeaders,
    Blob: LightBlob,
  });
  return () => void Object.assign(globalThis, { Request, Response, Headers, Blob });
}

const HeavyResponse = globalThis.Response;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

type HeadersLike = Iterable<readonly [string, string]> | Readonly<Record<string, string>>;

/** Names are told in lower case and in no order of their own. */
class LightHeaders {
  readonly #values = new Map<string, string>();

  constructor(init: HeadersLike = []) {
    const pairs = Symbol.iterator in init ? init : Object.entries(init);
    for (const [name, value] of pairs) this.append(name, value);
  }

  get(name: string): string | null {
    return this.#values.get(name.toLowerCase()) ?? null;
  }

  has(name: string): boolean {
    return this.#values.has(name.toLowerCase());
  }

  set(name: string, value: string): void {
    this.#values.set(name.toLowerCase(), value.trim());
  }

  append(name: string, value: string): void {
    const before = this.get(name);
    this.set(name, before === null ? value : `${before}, ${value}`);
  }

  delete(name: string): void {
    this.#values.delete(name.toLowerCase());
  }

  forEach(callback: (value: string, name: string) => void): void {
    for (const [name, value] of this) callback(value, name);
  }

  entries(): IterableIterator<[string, string]> {
    return this.#values.entries();
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.#values.entries();
  }
}

type Bytes = Uint8Array<ArrayBuffer>;
type LightContent = string | Bytes | null;
type Content = LightContent | ArrayBuffer | LightBlob | ReadableStream<Bytes>;

/** Bytes at hand. */
class LightBlob {
  readonly #bytes: Bytes;
  readonly type: string;

  constructor(
    parts: readonly (string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | LightBlob)[] = [],
    { type = "" }: { readonly type?: string } = {},
  ) {
    this.type = type;
    const chunks = parts.map(bytesOf);
    this.#bytes = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const chunk of chunks) {
      this.#bytes.set(chunk, at);
      at += chunk.length;
    }
  }

  get size(): number {
    return this.#bytes.length;
  }

  slice(from?: number, to?: number, type?: string): LightBlob {
    return new LightBlob([this.#bytes.slice(from, to)], { type: type ?? "" });
  }

  async bytes(): Promise<Bytes> {
    return this.#bytes.slice();
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return this.#bytes.slice().buffer;
  }

  async text(): Promise<string> {
    return decoder.decode(this.#bytes);
  }

  stream(): ReadableStream<Bytes> {
    return new HeavyResponse(this.#bytes).body as ReadableStream<Bytes>;
  }

  static bytesOf(blob: LightBlob): Bytes {
    return blob.#bytes;
  }
}

function bytesOf(part: string | ArrayBuffer | ArrayBufferView<ArrayBuffer> | LightBlob): Bytes {
  if (typeof part === "string") return encoder.encode(part);
  if (part instanceof LightBlob) return LightBlob.bytesOf(part);
  if (part instanceof ArrayBuffer) return new Uint8Array(part);
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

/** Read once, as any body is. */
class LightBody {
  /** Already read, or what there is to read. */
  #content: LightContent | Response;
  bodyUsed = false;

  constructor(content: Content) {
    if (content === null || typeof content === "string") this.#content = content;
    else if (content instanceof ReadableStream) this.#content = new HeavyResponse(content);
    else this.#content = bytesOf(content).slice();
  }

  get body(): ReadableStream<Bytes> | null {
    const content = this.#content;
    if (content === null) return null;
    // Whoever reads from it reads what is then no longer here.
    if (!(content instanceof HeavyResponse)) this.#content = new HeavyResponse(content);
    return (this.#content as Response).body;
  }

  async text(): Promise<string> {
    const content = this.#take();
    if (content instanceof HeavyResponse) return await content.text();
    return typeof content === "string" ? content : decoder.decode(content ?? new Uint8Array());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  async bytes(): Promise<Bytes> {
    const content = this.#take();
    if (content instanceof HeavyResponse) return new Uint8Array(await content.arrayBuffer());
    return typeof content === "string" ? encoder.encode(content) : (content ?? new Uint8Array());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    const { buffer, byteOffset, byteLength } = await this.bytes();
    return buffer.slice(byteOffset, byteOffset + byteLength);
  }

  /** Another body with the same content, of which neither is read yet. */
  protected copyOfContent(): Content {
    const content = this.#content;
    if (!(content instanceof HeavyResponse)) return content;
    const copy = content.clone();
    return copy.body as ReadableStream<Bytes>;
  }

  #take(): LightContent | Response {
    if (this.bodyUsed) throw new TypeError("Body is unusable: Body has already been read");
    this.bodyUsed = this.#content !== null;
    return this.#content;
  }
}

interface LightRequestInit {
  readonly method?: string;
  readonly headers?: HeadersLike;
  readonly body?: Content;
  readonly signal?: AbortSignal;
}

class LightRequest extends LightBody {
  readonly url: string;
  readonly method: string;
  readonly headers: LightHeaders;
  readonly signal: AbortSignal;

  constructor(input: string | URL | LightRequest, init: LightRequestInit = {}) {
    const from = input instanceof LightRequest ? input : undefined;
    const { body = from?.copyOfContent() ?? null, signal = from?.signal } = init;
    super(body);
    this.url = input instanceof LightRequest ? input.url : new URL(input).href;
    this.method = init.method ?? from?.method ?? "GET";
    this.headers = new LightHeaders(init.headers ?? from?.headers);
    this.signal = signal ?? new AbortController().signal;
    nameType(this.headers, body);
  }

  clone(): LightRequest {
    return new LightRequest(this);
  }
}

interface LightResponseInit {
  readonly status?: number;
  readonly headers?: HeadersLike;
}

class LightResponse extends LightBody {
  readonly status: number;
  readonly headers: LightHeaders;

  constructor(body: Content = null, { status = 200, headers = [] }: LightResponseInit = {}) {
    super(body);
    this.status = status;
    this.headers = new LightHeaders(headers);
    nameType(this.headers, body);
  }

  static json(value: unknown, init: LightResponseInit = {}): LightResponse {
    const headers = new LightHeaders(init.headers);
    headers.set("Content-Type", "application/json");
    return new LightResponse(JSON.stringify(value), { ...init, headers });
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300;
  }

  clone(): LightResponse {
    return new LightResponse(this.copyOfContent(), this);
  }
}

/** As the runtime's own do for a text whose type nobody names. */
function nameType(headers: LightHeaders, body: Content): void {
  if (typeof body === "string" && !headers.has("Content-Type")) {
    headers.set("Content-Type", "text/plain;charset=UTF-8");
  }
}
