import { logCall } from "../dispatch/log-call.ts";
import { chatRequest } from "../openai/chat-request.ts";
import { complete } from "../openai/complete.ts";
import { modelAnswerer } from "../openai/model-answerer.ts";
import { completionDoc, failureDocs } from "../openai/reply-docs.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";

/** Routed models as OpenAI's chat completions. */
export function v1ChatRoutes(surface: Surface): readonly Route[] {
  const { runtime } = surface;
  return [
    defineRoute({
      method: "POST",
      path: "/v1/chat/completions",
      noun: "openai",
      summary: "Let a model answer a chat, wherever it is served",
      operation: "server",
      body: chatRequest,
      replies: { 200: completionDoc, ...failureDocs },
      handle: (call, request) => {
        const model = runtime.model({
          ...(request.model !== "" && { model: request.model }),
          onRouted: (routed) => logCall(surface, call, routed),
        });
        const answerer = modelAnswerer(model, request);
        return complete(surface, { call, request, operation: "server" }, answerer);
      },
    }),
  ];
}
