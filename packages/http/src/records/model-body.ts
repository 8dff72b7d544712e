import type { Capabilities, DeclaredModel } from "@catenary/core";
import { z } from "zod";
import { madeBody, madeFields, madeInput, needing } from "./made-body.ts";
import type { Row } from "./rows.ts";

const FLAGS = { canChat: "chat", canEmbed: "embed", canPrompt: "prompt", canStream: "stream" } as const;

/** The original has no words for these. What nobody said of them is left to the model's server. */
const moreFlags = {
  canStructuredOutput: z.boolean().optional().describe("Whether it obeys a JSON Schema. Absent: nobody declared it."),
  canVision: z.boolean().optional().describe("Whether it takes images. Absent: nobody declared it."),
};

/** In the original it is what was declared, and its clients declare nothing. */
export const canStreamDoc = z
  .boolean()
  .describe(
    "Whether somebody declared it. Where it is false nobody has, which says nothing: the model streams all the same.",
  );

export const modelBodySchema = z.object({
  id: z.string(),
  model: z.string(),
  contextLength: z.number(),
  canChat: z.boolean(),
  canEmbed: z.boolean(),
  canPrompt: z.boolean(),
  canStream: canStreamDoc,
  ...moreFlags,
  ...madeFields,
});

const inputFields = {
  ...madeInput,
  model: z.string().optional(),
  contextLength: z.int().meta({ minimum: 1 }).optional(),
  canChat: z.boolean().optional(),
  canEmbed: z.boolean().optional(),
  canPrompt: z.boolean().optional(),
  canStream: z.boolean().optional(),
  ...moreFlags,
};

export const modelInput = needing(inputFields, ["model", "contextLength"]).describe(
  "At least one of canChat, canEmbed, canPrompt and canStream is true.",
);

export type ModelInput = z.infer<typeof modelInput>;

export function modelBody(row: Row<DeclaredModel>): z.infer<typeof modelBodySchema> {
  const { name, contextLength = 0, capabilities = {} } = row.value;
  return {
    id: row.id,
    model: name,
    contextLength,
    canChat: capabilities.chat ?? false,
    canEmbed: capabilities.embed ?? false,
    canPrompt: capabilities.prompt ?? false,
    canStream: capabilities.stream ?? false,
    ...(capabilities.structuredOutput !== undefined && { canStructuredOutput: capabilities.structuredOutput }),
    ...(capabilities.vision !== undefined && { canVision: capabilities.vision }),
    ...madeBody(row),
  };
}

/** What a client says of a model, over what it cannot say. */
export function declaredOf(input: ModelInput, before?: DeclaredModel): DeclaredModel {
  const said = Object.entries(FLAGS).map(([flag, name]) => [name, flagOf(input, flag)] as const);
  const { canStructuredOutput: structuredOutput, canVision: vision } = input;
  const capabilities: Capabilities = {
    ...before?.capabilities,
    ...Object.fromEntries(said),
    ...(structuredOutput !== undefined && { structuredOutput }),
    ...(vision !== undefined && { vision }),
  };
  // Every client of the original leaves the flag out, and its models stream all the same.
  const { stream, ...others } = capabilities;
  return {
    name: input.model ?? "",
    ...(input.contextLength !== undefined && { contextLength: input.contextLength }),
    capabilities: stream === true ? { ...others, stream } : others,
  };
}

function flagOf(input: ModelInput, flag: string): boolean {
  return Object.entries(input).some(([name, value]) => name === flag && value === true);
}
