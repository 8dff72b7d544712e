import type { Fault } from "@catenary/testing";

/** What goes wrong with one call of a model. */
export type Trouble =
  | Fault
  /** The answer begins, and then the connection breaks, nothing comes any more, what comes is garbage, or it just ends. */
  | {
      readonly kind: "interrupt";
      /** So many words of a streamed answer come before; of an answer in one piece about half of it does. */
      readonly afterWords: number;
      readonly by: "break" | "silence" | "garbage" | "end";
    };

export type Interrupt = Extract<Trouble, { readonly kind: "interrupt" }>;

export interface InterruptOptions {
  /** How many chunks a streamed answer has before its first word. */
  readonly chunksBefore: number;
  /** A piece of a streamed answer that nobody can read. */
  readonly garbage: string;
  readonly isStreamed: boolean;
  /** Waited for before it happens, so that the words that came before have been read. */
  readonly arrived: (words: number) => Promise<void>;
  /** Aborts when the caller is gone. */
  readonly signal: AbortSignal;
}

/** The same answer, interrupted. */
export function interrupt(response: Response, { by, afterWords }: Interrupt, options: InterruptOptions): Response {
  const { isStreamed, chunksBefore, arrived, signal } = options;
  const garbage = new TextEncoder().encode(isStreamed ? options.garbage : '{"half": [an answer');
  const reader = response.body?.getReader();
  let chunksLeft = afterWords === 0 && by !== "silence" ? 0 : chunksBefore + afterWords;
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (isStreamed && chunksLeft > 0) {
          chunksLeft -= 1;
          const { value } = (await reader?.read()) ?? {};
          if (value !== undefined) return controller.enqueue(value);
        }
        if (!isStreamed && by !== "garbage" && chunksLeft >= 0) {
          chunksLeft = -1;
          const { value = new Uint8Array() } = (await reader?.read()) ?? {};
          return controller.enqueue(value.subarray(0, value.length >> 1));
        }
        await arrived(afterWords);
        if (by === "break") return controller.error(new Error("the server crashed"));
        if (by === "silence") return new Promise((resolve) => signal.addEventListener("abort", () => resolve()));
        if (by === "garbage") controller.enqueue(garbage);
        controller.close();
      },
      cancel: (reason) => reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
