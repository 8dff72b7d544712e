import { z } from "zod";
import { type Call, paramOf } from "../call.ts";
import { chainOf } from "../execution/chain-of.ts";
import { chainAnswerer } from "../openai/chain-answerer.ts";
import { chatRequest } from "../openai/chat-request.ts";
import { complete } from "../openai/complete.ts";
import { completionDoc, failureDocs } from "../openai/reply-docs.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";

/** Chains as OpenAI's chat completions. */
export function chainChatRoutes(surface: Surface): readonly Route[] {
  const { runtime } = surface;
  return [
    defineRoute({
      method: "POST",
      path: "/openai/{chain}/v1/chat/completions",
      noun: "openai",
      summary: "Let a chain answer a chat",
      operation: "create",
      body: chatRequest,
      query: z.object({ stackTrace: z.string().optional().describe("`true`: the answer comes with the run's steps.") }),
      replies: {
        200: completionDoc,
        ...failureDocs,
        404: { description: "No chain has this id, or no backend the model." },
        422: { description: "The chain failed by itself, or what it ends with is no answer." },
      },
      handle: async (call, request) => {
        const chain = await chainOf(surface, paramOf(call, "chain"));
        const runIds: string[] = [];
        const trace = /^[tT]rue$/.test(call.query.get("stackTrace") ?? "");
        const answerer = chainAnswerer(runtime, chain, request, {
          trace,
          onRun: (runId) => noteRun(call, runIds, runId),
          onWarnings: (warnings) => call.note({ warnings }),
        });
        return complete(surface, { call, request, operation: "create" }, answerer);
      },
    }),
  ];
}

/** Each answer is a run of its own. */
function noteRun(call: Call, runIds: string[], runId: string): void {
  runIds.push(runId);
  call.note(runIds.length === 1 ? { runId } : { runIds });
}
