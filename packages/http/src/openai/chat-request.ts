import { z } from "zod";

const toolCall = z.looseObject({
  id: z.string().optional(),
  type: z.string().optional(),
  function: z.looseObject({ name: z.string(), arguments: z.string().optional() }),
});

const part = z.looseObject({
  type: z.string().optional(),
  text: z.string().optional(),
  image_url: z.union([z.string(), z.looseObject({ url: z.string() })]).optional(),
  input_audio: z.looseObject({ data: z.string(), format: z.string() }).optional(),
  file: z.looseObject({ file_data: z.string().optional(), filename: z.string().optional() }).optional(),
});

const message = z.looseObject({
  role: z.string().optional(),
  content: z.union([z.string(), z.array(part)]).optional(),
  tool_calls: z.array(toolCall).optional(),
  tool_call_id: z.string().optional(),
});

const tool = z.looseObject({
  type: z.string().optional(),
  function: z
    .looseObject({
      name: z.string(),
      description: z.string().optional(),
      parameters: z.record(z.string(), z.unknown()).optional(),
      strict: z.boolean().optional(),
    })
    .optional(),
});

const toolChoice = z.union([
  z.enum(["auto", "none", "required"]),
  z.looseObject({ function: z.looseObject({ name: z.string() }).optional() }),
]);

const responseFormat = z.looseObject({
  type: z.string(),
  json_schema: z
    .looseObject({
      name: z.string().optional(),
      description: z.string().optional(),
      strict: z.boolean().optional(),
      schema: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
});

const MOST_MESSAGES = 2_000;
const MOST_TOOLS = 128;
const MOST_STOPS = 16;
const MOST_ANSWERS = 16;

/** A request of OpenAI's chat completions API. What is not named here is kept, and means nothing. */
export const chatRequest = z
  .looseObject({
    model: z.string().default(""),
    messages: z.array(message).max(MOST_MESSAGES).default([]),
    temperature: z.number().optional(),
    max_tokens: z.int().min(0).optional(),
    max_completion_tokens: z.int().min(0).optional(),
    top_p: z.number().optional(),
    stop: z.union([z.string(), z.array(z.string()).max(MOST_STOPS)]).optional(),
    n: z.int().min(0).max(MOST_ANSWERS).optional(),
    stream: z.boolean().optional(),
    stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
    presence_penalty: z.number().optional(),
    frequency_penalty: z.number().optional(),
    seed: z.int().optional(),
    tools: z.array(tool).max(MOST_TOOLS).optional(),
    tool_choice: toolChoice.optional(),
    parallel_tool_calls: z.boolean().optional(),
    response_format: responseFormat.optional(),
    reasoning_effort: z.string().optional(),
    logprobs: z.boolean().optional(),
  })
  .refine(hasChosenTool, {
    path: ["tool_choice"],
    error: "a function that is among the tools; it names another",
  });

export type ChatRequest = z.infer<typeof chatRequest>;
export type RequestMessage = z.infer<typeof message>;
export type RequestPart = z.infer<typeof part>;

interface ToolsAndChoice {
  readonly tools?: readonly z.infer<typeof tool>[] | undefined;
  readonly tool_choice?: z.infer<typeof toolChoice> | undefined;
}

/** Where there are no tools, a model is asked in vain and refuses it; a chain has always let it pass. */
function hasChosenTool({ tools = [], tool_choice: choice }: ToolsAndChoice): boolean {
  const name = typeof choice === "object" ? choice.function?.name : undefined;
  return name === undefined || tools.length === 0 || tools.some((one) => one.function?.name === name);
}

/** How many answers are asked for. Clients of contenox/runtime send 0 for "not said". */
export function answersOf({ n }: ChatRequest): number {
  return n === undefined || n === 0 ? 1 : n;
}

/** The most tokens that an answer may have; undefined where nothing is said. */
export function mostTokensOf({ max_completion_tokens, max_tokens }: ChatRequest): number | undefined {
  return max_completion_tokens || max_tokens || undefined;
}
