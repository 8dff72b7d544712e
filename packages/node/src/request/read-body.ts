import type { OutgoingBody } from "./outgoing-request.ts";
import { refuseRequest } from "./refuse-request.ts";

export interface ReadBody {
  readonly body?: OutgoingBody;
  /** What the body itself says that it is. */
  readonly contentType?: string;
}

/**
 * Makes text or bytes of a request's body, so that it can be sent again after a redirect. Only a stream stays one.
 *
 * @throws TransportError `request_invalid` for what is none of the bodies that `fetch` takes.
 */
export function readBody(given: unknown): ReadBody | Promise<ReadBody> {
  if (given === undefined || given === null) return {};
  if (typeof given === "string") return { body: given, contentType: "text/plain;charset=UTF-8" };
  if (given instanceof Uint8Array) return { body: given };
  if (given instanceof ArrayBuffer) return { body: new Uint8Array(given) };
  if (ArrayBuffer.isView(given)) return { body: new Uint8Array(given.buffer, given.byteOffset, given.byteLength) };
  if (given instanceof URLSearchParams)
    return { body: given.toString(), contentType: "application/x-www-form-urlencoded;charset=UTF-8" };
  if (given instanceof ReadableStream) {
    if (given.locked) refuseRequest("the body is a stream that somebody else reads already: give a new one");
    return { body: given };
  }
  if (given instanceof FormData || given instanceof Blob) return readWhole(given);
  return refuseRequest(
    `a body is text, bytes, a form, a blob or a ReadableStream, got ${Object.prototype.toString.call(given)}: write JSON with JSON.stringify`,
  );
}

/** The platform knows how a form is written. */
async function readWhole(given: FormData | Blob): Promise<ReadBody> {
  const written = new Response(given);
  const contentType = written.headers.get("content-type");
  const body = new Uint8Array(await written.arrayBuffer());
  return { body, ...(contentType !== null && { contentType }) };
}
