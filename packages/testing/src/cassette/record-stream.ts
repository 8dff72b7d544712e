import type { Json, LanguageModelStreamPart } from "@catenary/core";
import type { CallEnd } from "./cassette.ts";
import { recordError } from "./recorded-error.ts";
import { toJson } from "./to-json.ts";

/** The same stream; `end` is told what of it was read when it finishes, fails, or is given up. */
export function recordStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  signal: AbortSignal | undefined,
  end: (end: CallEnd) => void,
): ReadableStream<LanguageModelStreamPart> {
  const reader = stream.getReader();
  const parts: Json[] = [];
  let isFinished = false;
  return new ReadableStream<LanguageModelStreamPart>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) {
            end({ parts });
            return controller.close();
          }
          if (value.type !== "raw") parts.push(recordPart(value));
          // Not everybody reads on to the end after the last part.
          if (value.type === "finish") {
            isFinished = true;
            end({ parts: [...parts] });
          }
          controller.enqueue(value);
        } catch (error) {
          end(signal?.aborted ? { parts, aborted: true } : { parts, error: recordError(error) });
          controller.error(error);
        }
      },
      async cancel(reason) {
        if (!isFinished) end({ parts, aborted: true });
        await reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function recordPart(part: LanguageModelStreamPart): Json {
  return part.type === "error" ? { type: "error", error: toJson(recordError(part.error)) } : toJson(part);
}
