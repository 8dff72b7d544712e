import { ModelError } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { connectionFailure } from "./failures.ts";
import { LineSplitter, parseLine } from "./line-splitter.ts";

/**
 * The same streamed answer, whose body fails where the provider would not notice: at a line with the server's error, and where it ends
 * before the line that says `done`.
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

  const check = (line: string): void => {
    const { error, done } = parseLine(line);
    if (error !== undefined) {
      throw new ModelError(`Ollama failed while it answered: ${String(error)}`, { failure: "server_error", ...about });
    }
    whole ||= done === true;
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
              check(line);
              controller.enqueue(encoder.encode(`${line}\n`));
              passed = true;
            }
            if (done && whole) return controller.close();
            if (done) throw new ModelError("Ollama's answer broke off", { failure: "network", ...about });
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
