import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { notUtf8, tooLong, tooSlow } from "../body/body-errors.ts";
import { checkBodyHead } from "../body/check-body-head.ts";
import type { BodyLimits } from "../dispatch/incoming.ts";
import { HttpError } from "../errors/http-error.ts";
import { headerOf } from "./header-of.ts";

/** The body of a request of `node:http` as text. */
export function readIncomingBody(request: IncomingMessage, { bytes, timeoutMs, clock }: BodyLimits): Promise<string> {
  return new Promise((resolve, reject) => {
    if (request.readableEnded) throw alreadyRead();
    if (request.destroyed) throw brokenOff();
    checkBodyHead((name) => headerOf(request, name), bytes);
    const chunks: Buffer[] = [];
    let read = 0;
    const onData = (chunk: Buffer) => {
      read += chunk.byteLength;
      if (read > bytes) fail(tooLong(bytes));
      else chunks.push(chunk);
    };
    const onEnd = () => {
      stop();
      const body = joined(chunks);
      if (isUtf8(body)) resolve(body.toString("utf8"));
      else reject(notUtf8());
    };
    const onBroken = () => fail(brokenOff());
    const stopTimer = clock.setTimer(timeoutMs, () => fail(tooSlow(timeoutMs)));
    const stop = () => {
      stopTimer();
      request.off("data", onData).off("end", onEnd).off("error", onBroken).off("close", onBroken);
    };
    const fail = (error: HttpError) => {
      stop();
      // What still comes is let go of, so that the client can send it to its end and then read what is wrong with it.
      request.on("error", () => {}).resume();
      reject(error);
    };
    request.on("data", onData).once("end", onEnd).once("error", onBroken).once("close", onBroken);
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  const [first] = chunks;
  return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
}

function brokenOff(): HttpError {
  return new HttpError(400, "the body broke off");
}

function alreadyRead(): HttpError {
  return new HttpError(
    500,
    "the host has read the request's body, and left it nowhere: mount the handler before whatever reads it",
  );
}
