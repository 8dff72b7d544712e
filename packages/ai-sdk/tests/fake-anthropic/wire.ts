import type { Answer } from "./answer.ts";
import { type Body, isRecord } from "./question.ts";

/** An answer in one piece. */
export function messageOf(body: Body, { content, stopReason, inputTokens, outputTokens }: Answer): object {
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: body.model,
    content,
    stop_reason: stopReason,
    stop_sequence: null,
    usage: { input_tokens: inputTokens, output_tokens: outputTokens },
  };
}

/** The same answer as server-sent events. What comes before the first words is one chunk. */
export function events(body: Body, answer: Answer): Response {
  const message = { ...messageOf(body, answer), content: [], stop_reason: null };
  const chunks = [
    `${event({ type: "message_start", message })}${event({ type: "ping" })}`,
    ...answer.content.flatMap(blockEvents),
    event({
      type: "message_delta",
      delta: { stop_reason: answer.stopReason, stop_sequence: null },
      usage: { output_tokens: answer.outputTokens },
    }),
    event({ type: "message_stop" }),
  ].values();
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const { done, value } = chunks.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
    },
    { highWaterMark: 0 },
  );
  return new Response(stream, { headers: { "content-type": "text/event-stream" } });
}

function blockEvents(block: object, index: number): string[] {
  const { start, deltas } = piecesOf(block);
  const [first = "", ...others] = deltas.map((delta) => event({ type: "content_block_delta", index, delta }));
  const opening = event({ type: "content_block_start", index, content_block: start });
  return [`${opening}${first}`, ...others, event({ type: "content_block_stop", index })];
}

/** How a block starts, and what is added to it. */
function piecesOf(block: object): { readonly start: object; readonly deltas: readonly object[] } {
  if (!isRecord(block)) return { start: {}, deltas: [] };
  if (block.type === "text") {
    const words = String(block.text).match(/\s*\S+/g) ?? [];
    return { start: { ...block, text: "" }, deltas: words.map((text) => ({ type: "text_delta", text })) };
  }
  if (block.type === "thinking") {
    const { thinking, signature } = block;
    const deltas = [
      { type: "thinking_delta", thinking },
      { type: "signature_delta", signature },
    ];
    return { start: { type: "thinking", thinking: "" }, deltas };
  }
  const partial = JSON.stringify(block.input);
  return { start: { ...block, input: {} }, deltas: [{ type: "input_json_delta", partial_json: partial }] };
}

function event(data: { readonly type: string; readonly [name: string]: unknown }): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`;
}
