import { errorBodyOf, leaveBody, ModelError } from "@catenary/core";
import { completeAnswer } from "./complete-answer.ts";
import type { Connection } from "./connection.ts";
import { connectionFailure } from "./failures.ts";
import { LineSplitter, parseLine } from "./line-splitter.ts";

/**
 * The same streamed answer, whose body fails where the provider would not notice: at a line with the server's error or of
 * another shape, and where it ends
 * before the line that says `done`. It ends with that line.
 *
 * @param over Aborts when nobody wants the rest. The body then just ends: the provider prints a warning where it is cancelled
 * while it reads.
 */
export function guardAnswer(response: Response, connection: Connection, model: string, over: AbortSignal): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  const splitter = new LineSplitter();
  const encoder = new TextEncoder();
  const about = { backend: connection.backend, model };
  let whole = false;
  over.addEventListener("abort", () => void reader.cancel().catch(() => {}), { once: true });

  const check = (line: string): string => {
    const read = parseLine(line);
    const value = completeAnswer(read, model);
    if (value.error !== undefined) {
      throw new ModelError(`Ollama failed while it answered: ${connection.hide(errorBodyOf(value).words)}`, {
        failure: "server_error",
        ...about,
      });
    }
    if (!isAnswer(value)) {
      const words = "Ollama's answer has a line that is no part of a chat. Is baseUrl the root of an Ollama server?";
      throw new ModelError(words, { failure: "reply", ...about });
    }
    whole ||= value.done === true;
    return value === read ? line : JSON.stringify(value);
  };

  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          // Until a line is whole: a pull that enqueues nothing is not asked again.
          for (let passed = false; !passed; ) {
            const { done, value } = await reader.read();
            if (over.aborted) return controller.close();
            for (const line of splitter.lines(value)) {
              controller.enqueue(encoder.encode(`${check(line)}\n`));
              passed = true;
              if (whole) break;
            }
            if (whole) {
              controller.close();
              // Some servers, and proxies before them, keep the connection open behind the last line.
              return done ? undefined : leaveBody(reader);
            }
            if (done) {
              throw new ModelError("Ollama's answer broke off", { failure: "network", reason: "truncated", ...about });
            }
          }
        } catch (error) {
          void reader.cancel(error).catch(() => {});
          controller.error(connectionFailure(error, connection, model));
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}

/** Whether the provider can read a line: it prints a warning and goes on where it cannot. */
function isAnswer({ done, message }: Readonly<Record<string, unknown>>): boolean {
  if (typeof done !== "boolean" || typeof message !== "object" || message === null) return false;
  if (!("content" in message) || typeof message.content !== "string") return false;
  if (!("tool_calls" in message) || !Array.isArray(message.tool_calls)) return true;
  return message.tool_calls.every((call) => typeof call?.function?.arguments === "object");
}
