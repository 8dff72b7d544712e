import { ModelError } from "@catenary/core";
import type { Llama, LlamaGrammar } from "node-llama-cpp";
import type { Origin } from "../origin.ts";

/**
 * A grammar, read by llama.cpp.
 *
 * @throws ModelError `bad_request` where it takes none so large: another try would end the same.
 */
export async function openGrammar(
  llama: Pick<Llama, "createGrammar">,
  grammar: string,
  { backend, model }: Origin,
): Promise<LlamaGrammar> {
  try {
    return await llama.createGrammar({ grammar });
  } catch (cause) {
    throw new ModelError(
      `model ${model} on ${backend} cannot be held to what was asked for: llama.cpp does not take the grammar of its schema. Make the schema smaller: fewer repetitions, and none inside of others`,
      { failure: "bad_request", status: 400, backend, model, cause },
    );
  }
}
