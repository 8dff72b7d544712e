import type { ServerResponse } from "node:http";
import type { Clock } from "@catenary/core";
import { type Answer, type EventsAnswer, endUnread } from "../dispatch/answer.ts";
import { HEARTBEAT, startHeartbeat } from "../heartbeat.ts";
import type { Stopping } from "./stopping.ts";

/**
 * Writes an answer to a socket, and waits until all of its events are written or the client has left.
 *
 * @param closing Tells when no more is to be waited for.
 */
export async function writeAnswer(
  response: ServerResponse,
  answer: Answer,
  method: string,
  clock: Clock,
  closing?: Stopping,
): Promise<void> {
  if ("events" in answer) return writeEvents(response, answer, method, { clock, closing });
  if (response.destroyed) return;
  const { status, headers, text } = answer;
  // A reply that never has a body has no length either.
  response.writeHead(status, status === 204 ? headers : { ...headers, "content-length": Buffer.byteLength(text) });
  response.end(method === "HEAD" ? undefined : text);
}

async function writeEvents(
  response: ServerResponse,
  answer: EventsAnswer,
  method: string,
  { clock, closing }: { readonly clock: Clock; readonly closing: Stopping | undefined },
): Promise<void> {
  if (response.destroyed) return endUnread(answer, "left");
  response.writeHead(answer.status, answer.headers);
  if (method === "HEAD") {
    response.end();
    return endUnread(answer, "ended");
  }
  response.flushHeaders();
  const iterator = answer.events[Symbol.asyncIterator]();
  const heartbeat = startHeartbeat(clock, () => {
    if (!response.writableNeedDrain) response.write(HEARTBEAT);
  });
  const onClose = () => void iterator.return?.().catch(() => {});
  const letGo = () => answer.letGo?.();
  response.once("close", onClose);
  closing?.add(letGo);
  try {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      if (response.destroyed) break;
      heartbeat.sent();
      if (!response.write(next.value)) await drained(response);
    }
    if (!response.destroyed) response.end();
    answer.over(response.destroyed ? "left" : "ended");
  } catch (error) {
    if (response.destroyed) answer.over("left");
    else answer.over("broke", error);
    // Half a stream must not look like a whole one.
    response.destroy();
  } finally {
    heartbeat.stop();
    closing?.remove(letGo);
    response.off("close", onClose);
  }
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.once("drain", done).once("close", done);
  });
}
