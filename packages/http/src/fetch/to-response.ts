import type { Clock } from "@catenary/core";
import { HEARTBEAT, startHeartbeat } from "../heartbeat.ts";
import { type EventsReply, jsonText, type Reply } from "../reply.ts";
import { replyHead } from "../reply-head.ts";
import type { LinkedSignal } from "./linked-signal.ts";

/** A reply as a `Response`. The signal is let go of when nothing of it is needed any more. */
export function toResponse(reply: Reply, method: string, link: LinkedSignal, clock: Clock): Response {
  const head = { status: reply.status, headers: replyHead(reply) };
  if ("events" in reply) {
    if (method !== "HEAD") return new Response(toStream(reply, link, clock), head);
    // Ends what nobody will read.
    link.abort();
    void reply.events[Symbol.asyncIterator]().return?.();
  }
  link.unlink();
  const text = "json" in reply ? jsonText(reply.json) : "text" in reply ? reply.text : "";
  return new Response(method === "HEAD" || text === "" ? null : text, head);
}

function toStream({ events }: EventsReply, link: LinkedSignal, clock: Clock): ReadableStream<Uint8Array> {
  const iterator = events[Symbol.asyncIterator]();
  const encoder = new TextEncoder();
  let heartbeat: ReturnType<typeof startHeartbeat>;
  const end = () => {
    heartbeat.stop();
    link.unlink();
  };
  return new ReadableStream<Uint8Array>({
    start(controller) {
      heartbeat = startHeartbeat(clock, () => controller.enqueue(encoder.encode(HEARTBEAT)));
    },
    async pull(controller) {
      try {
        const { done, value } = await iterator.next();
        heartbeat.sent();
        if (done !== true) return controller.enqueue(encoder.encode(value));
        end();
        controller.close();
      } catch (error) {
        end();
        controller.error(error);
      }
    },
    async cancel() {
      link.abort();
      end();
      await iterator.return?.();
    },
  });
}
