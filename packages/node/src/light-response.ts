import { Readable } from "node:stream";
import type { BodySource } from "./body/body-source.ts";
import { streamBody } from "./body/stream-body.ts";
import { TransportError } from "./transport-error.ts";

/** What comes before the body. */
export interface ResponseHead {
  readonly status: number;
  readonly statusText: string;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly url: URL;
  readonly redirected: boolean;
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * An answer with everything that a `Response` has, of which the costly parts are made when they are asked for: headers, and a stream
 * where the body is not read whole. It is an `instanceof Response`. What looks into the platform's own responses from inside, as
 * `Response.prototype.text.call` does, needs `new Response(answer.body, answer)`.
 */
export class LightResponse implements Response {
  readonly #head: ResponseHead;
  #source: BodySource | null;
  #headers: Headers | undefined;
  #stream: ReadableStream<Bytes> | undefined;
  #isRead = false;

  constructor(head: ResponseHead, source: BodySource | null) {
    this.#head = head;
    this.#source = source;
  }

  get status(): number {
    return this.#head.status;
  }

  get ok(): boolean {
    return this.#head.status >= 200 && this.#head.status < 300;
  }

  get statusText(): string {
    return this.#head.statusText;
  }

  get url(): string {
    return this.#head.url.href.replace(/#.*$/s, "");
  }

  get redirected(): boolean {
    return this.#head.redirected;
  }

  get type(): ResponseType {
    return "basic";
  }

  get headers(): Headers {
    this.#headers ??= toHeaders(this.#head.rawHeaders);
    return this.#headers;
  }

  get body(): ReadableStream<Bytes> | null {
    if (this.#source === null) return null;
    // A body that was read whole is a stream that nobody can read any more.
    this.#stream ??= this.#isRead ? lockedStream() : this.#source.stream();
    return this.#stream;
  }

  get bodyUsed(): boolean {
    return this.#isRead || (this.#stream !== undefined && isDisturbed(this.#stream));
  }

  async bytes(): Promise<Bytes> {
    this.#claim();
    if (this.#source === null) return new Uint8Array();
    this.#isRead = true;
    // Once there is a stream, somebody may hold it: then what is left comes out of it.
    return this.#stream === undefined ? this.#source.bytes() : streamBody(this.#stream).bytes();
  }

  async text(): Promise<string> {
    const { buffer } = await this.bytes();
    // Quicker than a TextDecoder, and the same but for a mark of the byte order, which is no part of a text.
    const text = Buffer.from(buffer).toString("utf8");
    return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return (await this.bytes()).buffer;
  }

  async blob(): Promise<Blob> {
    const type = this.headers.get("content-type");
    return new Blob([await this.bytes()], type === null ? {} : { type });
  }

  async formData(): Promise<FormData> {
    const type = this.headers.get("content-type") ?? "";
    return new Response(await this.bytes(), { headers: { "content-type": type } }).formData();
  }

  clone(): LightResponse {
    this.#claim();
    const { body } = this;
    if (body === null) return new LightResponse(this.#head, null);
    const [mine, other] = body.tee();
    this.#stream = mine;
    this.#source = streamBody(mine);
    return new LightResponse(this.#head, streamBody(other));
  }

  [Symbol.for("nodejs.util.inspect.custom")](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { status, statusText, headers, bodyUsed, ok, redirected, url } = this;
    return `Response ${inspect({ status, statusText, headers, bodyUsed, ok, redirected, url }, options)}`;
  }

  /** A body is read once. */
  #claim(): void {
    if (!this.bodyUsed && this.#stream?.locked !== true) return;
    throw new TransportError(
      "body_used",
      "the answer's body is read already, or somebody reads it: read it once, or clone() it before",
    );
  }
}

let isLinked = false;

/** Makes every answer an `instanceof Response`. Not at import: to load the platform's class takes 20 ms. */
export function createLightResponse(head: ResponseHead, source: BodySource | null): LightResponse {
  if (!isLinked) {
    isLinked = true;
    Object.setPrototypeOf(LightResponse.prototype, Response.prototype);
  }
  return new LightResponse(head, source);
}

function toHeaders(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let at = 0; at + 1 < raw.length; at += 2) headers.append(raw[at] ?? "", raw[at + 1] ?? "");
  return headers;
}

function isDisturbed(stream: ReadableStream): boolean {
  // Safe: Node's own function takes the platform's streams too, which its types do not say.
  return Readable.isDisturbed(stream as unknown as NodeJS.ReadableStream);
}

function lockedStream(): ReadableStream<Bytes> {
  const stream = new ReadableStream<Bytes>({ type: "bytes" });
  stream.getReader();
  return stream;
}
