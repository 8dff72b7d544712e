import { z } from "zod";
import { logCall } from "../dispatch/log-call.ts";
import { HttpError } from "../errors/http-error.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";

/** Who asks is code. Short, because small models make much of every word. */
const INSTRUCTION = "A program reads your answer. Give the answer itself, without explanation.";
const TEMPERATURE = 0.1;

const prompt = z.object({
  prompt: z.string().default(""),
  model_name: z.string().optional().describe("Default: the runtime's default model"),
  model_provider: z.string().optional().describe("A backend's type, such as `ollama`"),
});

const response = z.object({
  id: z.string(),
  response: z.string(),
  model: z.string().describe("The model that answered"),
  backend: z.string().describe("The id of the backend that it answered on"),
  usage: z.unknown().describe("Tokens, as the provider counted them"),
});

/** One routed prompt, outside of any chain. */
export function promptRoutes(surface: Surface): readonly Route[] {
  const { runtime, ids } = surface;
  return [
    defineRoute({
      method: "POST",
      path: "/execute",
      noun: "execution",
      summary: "Asks a model one thing",
      operation: "server",
      body: prompt,
      replies: {
        200: { description: "What the model said, untrimmed.", schema: response },
        400: { description: "There is no prompt." },
        500: { description: "No model could answer." },
      },
      handle: async (call, { prompt: text, model_name: name, model_provider: type }) => {
        if (text === "")
          // Clients of the original look for its words.
          throw new HttpError(400, "prompt is empty serverops: empty request body; send { prompt } with what to ask", {
            param: "prompt",
          });
        const { text: said, ...answered } = await runtime.prompt(text, {
          signal: call.signal,
          onRouted: (routed) => logCall(surface, call, routed),
          system: INSTRUCTION,
          temperature: TEMPERATURE,
          ...(name && { model: name }),
          ...(type && { provider: type }),
        });
        const { model, backend, usage } = answered;
        return {
          status: 200,
          json: { id: ids(), response: said, model, backend, usage } satisfies z.infer<typeof response>,
        };
      },
    }),
  ];
}
