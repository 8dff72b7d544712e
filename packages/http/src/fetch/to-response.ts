import type { Clock } from "@catenary/core";
import { type Answer, type EventsAnswer, endUnread } from "../dispatch/answer.ts";
import { HEARTBEAT, startHeartbeat } from "../heartbeat.ts";
import type { LinkedSignal } from "./linked-signal.ts";

/** An answer as a `Response`. The signal is let go of when nothing of it is needed any more. */
export function toResponse(answer: Answer, method: string, link: LinkedSignal, clock: Clock): Response {
  if (!("events" in answer)) {
    link.unlink();
    return new Response(method === "HEAD" || answer.text === "" ? null : answer.text, answer);
  }
  if (method !== "HEAD") return new Response(toStream(answer, link, clock), answer);
  link.abort();
  link.unlink();
  endUnread(answer, "ended");
  return new Response(null, answer);
}

function toStream({ events, over }: EventsAnswer, link: LinkedSignal, clock: Clock): ReadableStream<Uint8Array> {
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
        over("ended");
        controller.close();
      } catch (error) {
        end();
        over("broke", error);
        controller.error(error);
      }
    },
    async cancel() {
      link.abort();
      end();
      over("left");
      await iterator.return?.();
    },
  });
}
