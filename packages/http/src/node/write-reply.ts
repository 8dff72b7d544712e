import type { ServerResponse } from "node:http";
import type { Clock } from "@catenary/core";
import { HEARTBEAT, startHeartbeat } from "../heartbeat.ts";
import { type EventsReply, jsonText, type Reply } from "../reply.ts";
import { replyHead } from "../reply-head.ts";

/** Writes a reply to a socket, and waits until all of it is written or the client has left. */
export async function writeReply(response: ServerResponse, reply: Reply, method: string, clock: Clock): Promise<void> {
  if (response.destroyed) return endUnread(reply);
  if ("events" in reply) return writeEvents(response, reply, method, clock);
  const text = "json" in reply ? jsonText(reply.json) : reply.text;
  response.writeHead(reply.status, { ...replyHead(reply), "content-length": Buffer.byteLength(text) });
  response.end(method === "HEAD" ? undefined : text);
}

async function writeEvents(response: ServerResponse, reply: EventsReply, method: string, clock: Clock): Promise<void> {
  response.writeHead(reply.status, replyHead(reply));
  if (method === "HEAD") {
    response.end();
    return endUnread(reply);
  }
  response.flushHeaders();
  const iterator = reply.events[Symbol.asyncIterator]();
  const heartbeat = startHeartbeat(clock, () => {
    if (!response.writableNeedDrain) response.write(HEARTBEAT);
  });
  const onClose = () => void iterator.return?.().catch(() => {});
  response.once("close", onClose);
  try {
    for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) {
      if (response.destroyed) return;
      heartbeat.sent();
      if (!response.write(next.value)) await drained(response);
    }
    response.end();
  } catch {
    // Half a stream must not look like a whole one.
    response.destroy();
  } finally {
    heartbeat.stop();
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

function endUnread(reply: Reply): void {
  if ("events" in reply)
    void reply.events[Symbol.asyncIterator]()
      .return?.()
      .catch(() => {});
}
