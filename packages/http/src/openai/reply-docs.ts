import { z } from "zod";
import type { ReplyDoc } from "../route.ts";

const usage = z.looseObject({
  prompt_tokens: z.int(),
  completion_tokens: z.int(),
  total_tokens: z.int(),
});

const completion = z.looseObject({
  id: z.string(),
  object: z.literal("chat.completion"),
  created: z.int().describe("Seconds since the Unix epoch"),
  model: z.string(),
  choices: z.array(
    z.looseObject({
      index: z.int(),
      message: z.looseObject({ role: z.string(), content: z.string().nullable() }),
      finish_reason: z.string(),
    }),
  ),
  usage,
});

export const completionDoc: ReplyDoc = {
  description: "The answer; with `stream` as server-sent events.",
  schema: completion,
  headers: { "x-catenary-warnings": "What of the request could not be met, for people; missing where all of it was." },
  events:
    "Each has one `chat.completion.chunk` as its data; the last is `[DONE]`. After a failure comes an `Error` instead.",
};

export const modelSchema = z.object({
  id: z.string(),
  object: z.string(),
  created: z.int().describe("Seconds since the Unix epoch"),
  owned_by: z.string().describe("The type of a backend that serves it"),
});

export const modelsSchema = z.object({ object: z.string(), data: z.array(modelSchema) });

export const embeddingsSchema = z.object({
  object: z.string(),
  data: z.array(
    z.object({
      object: z.string(),
      index: z.int(),
      embedding: z.union([z.array(z.number()), z.string()]).describe("Numbers, or 32-bit floats in base64"),
    }),
  ),
  model: z.string(),
  usage: z.object({ prompt_tokens: z.int(), total_tokens: z.int() }),
});

/** How calls of models fail. */
export const failureDocs: Readonly<Record<number, ReplyDoc>> = {
  400: { description: "The request is not what a model can be asked, or is too long for it." },
  404: { description: "No backend serves the model." },
  429: { description: "Every backend asks to wait, or its account has nothing left." },
  502: { description: "A backend failed, or refused the runtime's credentials." },
  503: { description: "No backend can take the call now." },
  504: { description: "A backend did not answer in time." },
};
