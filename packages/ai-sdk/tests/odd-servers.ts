import { PIXEL } from "./calls.ts";

type Send = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

const sse = (...events: readonly object[]) =>
  new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""), {
    headers: { "content-type": "text/event-stream" },
  });

const isStreamed = (init?: RequestInit) => JSON.parse(String(init?.body)).stream === true;

/** An OpenAI server that never says why the model stopped. */
export const unfinishedOpenAI: Send = async (_input, init) => {
  const head = { id: "c", created: 1, model: "m" };
  if (isStreamed(init)) return sse({ ...head, choices: [{ index: 0, delta: { content: "half an" } }] });
  const message = { role: "assistant", content: "half an" };
  return Response.json({ ...head, object: "chat.completion", choices: [{ index: 0, message, finish_reason: null }] });
};

/** An OpenAI server that tells every kind of token. */
export const countingOpenAI: Send = async () => {
  const message = { role: "assistant", content: "Yes." };
  const usage = {
    prompt_tokens: 10,
    completion_tokens: 7,
    total_tokens: 17,
    prompt_tokens_details: { cached_tokens: 4 },
    completion_tokens_details: { reasoning_tokens: 5 },
  };
  const choices = [{ index: 0, message, finish_reason: "stop" }];
  return Response.json({ id: "c", object: "chat.completion", created: 1, model: "m", choices, usage });
};

/** An OpenAI server that says an error after the first words. */
export function brokenOpenAI(error: object | string): Send {
  return async () =>
    sse({ id: "c", created: 1, model: "m", choices: [{ index: 0, delta: { content: "half an" } }] }, { error });
}

/** A Gemini that draws. */
export const geminiWithImage: Send = async (input) => {
  const answer = {
    candidates: [
      {
        content: { role: "model", parts: [{ inlineData: { mimeType: "image/png", data: PIXEL } }] },
        finishReason: "STOP",
        index: 0,
      },
    ],
    usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 2, totalTokenCount: 3 },
  };
  return String(input).includes("stream") ? sse(answer) : Response.json(answer);
};
