import { z } from "zod";

const MOST_INPUTS = 2_048;

/** A request of OpenAI's embeddings API. */
export const embeddingRequest = z.looseObject({
  model: z.string().default(""),
  input: z
    .union([z.string(), z.array(z.string()).min(1).max(MOST_INPUTS)], {
      error: `a string, or from 1 to ${MOST_INPUTS} strings; tokens are not taken`,
    })
    .describe("Texts; tokens are not taken"),
  encoding_format: z.enum(["float", "base64"]).default("float"),
  dimensions: z.int().min(1).optional(),
});

export type EmbeddingRequest = z.infer<typeof embeddingRequest>;
