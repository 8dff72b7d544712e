import type { LanguageModelResult, LanguageModelStreamPart } from "@catenary/core";
import { readFinishReason } from "./read-finish-reason.ts";

/**
 * The provider's parts in the order that the specification asks for: no empty deltas, none after the end of their text, and our
 * warnings beside its own. An error becomes a part; only an abort makes the stream itself fail, with the signal's reason.
 *
 * @param leave Ends the provider's stream from below, when a reader cancels.
 */
export function tidyStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  warnings: LanguageModelResult["warnings"],
  signal: AbortSignal | undefined,
  toError: (error: unknown) => unknown,
  leave: () => void,
): ReadableStream<LanguageModelStreamPart> {
  const reader = stream.getReader();
  const tidy = createTidier(warnings);
  return new ReadableStream<LanguageModelStreamPart>(
    {
      async pull(controller) {
        try {
          // Until something is ready: a pull that enqueues nothing is not asked again.
          for (let tidied: LanguageModelStreamPart[] = []; tidied.length === 0; ) {
            const { done, value } = await reader.read();
            if (done) return controller.close();
            tidied = tidy(value);
            for (const part of tidied) controller.enqueue(part);
          }
        } catch (error) {
          if (signal?.aborted) return controller.error(signal.reason);
          controller.enqueue({ type: "error", error: toError(error) });
          controller.close();
        }
      },
      cancel: leave,
    },
    { highWaterMark: 0 },
  );
}

function createTidier(
  warnings: LanguageModelResult["warnings"],
): (part: LanguageModelStreamPart) => LanguageModelStreamPart[] {
  let openText: string | undefined;
  const endText = (): LanguageModelStreamPart[] => {
    if (openText === undefined) return [];
    const id = openText;
    openText = undefined;
    return [{ type: "text-end", id }];
  };
  return (part) => {
    switch (part.type) {
      case "stream-start":
        return [{ ...part, warnings: [...part.warnings, ...warnings] }];
      case "text-start":
      case "text-end":
        return [];
      case "text-delta": {
        if (part.delta === "") return [];
        if (openText !== undefined) return [part];
        openText = part.id;
        return [{ type: "text-start", id: part.id }, part];
      }
      case "finish":
        return [...endText(), { ...part, finishReason: readFinishReason(part.finishReason) }];
      default:
        return [part];
    }
  };
}
