import { CatenaryError } from "@catenary/core";
import { notUtf8, tooLong, tooSlow } from "../body/body-errors.ts";
import { checkBodyHead } from "../body/check-body-head.ts";
import type { BodyLimits } from "../dispatch/incoming.ts";
import { HttpError } from "../errors/http-error.ts";

/** The body of a `Request` as text. */
export async function readRequestBody(request: Request, { bytes, timeoutMs, clock }: BodyLimits): Promise<string> {
  checkBodyHead((name) => request.headers.get(name) ?? undefined, bytes);
  const reader = readerOf(request);
  if (reader === undefined) return "";
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let isLate = false;
  const stopTimer = clock.setTimer(timeoutMs, () => {
    isLate = true;
    // Ends the read that waits.
    void reader.cancel().catch(() => {});
  });
  try {
    let text = "";
    let read = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      read += part.value.byteLength;
      if (read > bytes) throw tooLong(bytes);
      text += decoded(decoder, part.value);
    }
    if (isLate) throw tooSlow(timeoutMs);
    return text + decoded(decoder);
  } catch (error) {
    void reader.cancel().catch(() => {});
    throw CatenaryError.isInstance(error) ? error : new HttpError(400, "the body broke off", { cause: error });
  } finally {
    stopTimer();
  }
}

function readerOf(request: Request): ReadableStreamDefaultReader<Uint8Array> | undefined {
  if (request.bodyUsed || request.body?.locked === true)
    throw new HttpError(
      500,
      "the host has read the request's body before this handler could: give it the request unread",
    );
  return request.body?.getReader();
}

/** Without bytes what is left of a character that was cut. */
function decoded(decoder: TextDecoder, bytes?: Uint8Array): string {
  try {
    return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
  } catch {
    throw notUtf8();
  }
}
