/** What is sent as a body: text or bytes, which can be sent again after a redirect, or a stream, which cannot. */
export type OutgoingBody = string | Uint8Array | ReadableStream<Uint8Array>;

/** A request, checked and spelled out. */
export interface OutgoingRequest {
  /** `http:` or `https:`, without a user or password. */
  readonly url: URL;
  /** In capitals. */
  readonly method: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: OutgoingBody;
  readonly signal?: AbortSignal;
  readonly redirect: "follow" | "error" | "manual";
}
