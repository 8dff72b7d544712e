/** One request to a route, whatever brought it here: a `Request`, a socket, another framework. */
export interface Call {
  /** In capitals. `HEAD` arrives as `GET`. */
  readonly method: string;
  /** Below the mount, as it was sent: begins with `/`, still percent-encoded, without the query. */
  readonly path: string;
  /** Where the surface hangs in its host: `""`, or `/ai`. */
  readonly mount: string;
  /** What stands in the places of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** The value of a header, whatever the case of its name; several are joined by a comma. */
  header(name: string): string | undefined;
  /**
   * The body as text: once, and only where the route has no `body` of its own.
   *
   * @throws HttpError 413 where it is too long, 408 where it takes too long
   */
  text(): Promise<string>;
  /** Aborts when the client leaves, and when the server stops. */
  readonly signal: AbortSignal;
  /** Stands in the reply's `x-request-id` and in every log line of this request. */
  readonly requestId: string;
  /** Whether whoever asks may see and do what only an operator may: a key was given and is right; or there are no keys, and the request came from this machine. */
  readonly isOperator: boolean;
  /** Puts fields on the request's line in the log. Names, numbers and codes only. */
  note(fields: Notes): void;
}

export type Notes = Readonly<Record<string, unknown>>;

/** The one parameter of a route's path that its handler needs; the table says that it is there. */
export function paramOf(call: Call, name: string): string {
  return call.params[name] ?? "";
}
