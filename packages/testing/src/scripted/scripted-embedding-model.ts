import type { EmbeddingModel } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { countWords } from "../count-words.ts";
import { hang, wait } from "../wait.ts";
import type { ScriptedModelSettings } from "./scripted-language-model.ts";
import type { ReplyScript } from "./scripted-reply.ts";
import { toApiCallError } from "./to-api-call-error.ts";

const DIMENSIONS = 8;

/** An embedding model that answers the script's vectors, and a small one made of the text's own characters where none is left. */
export function scriptedEmbeddingModel({ provider, modelId, script, clock }: ScriptedModelSettings): EmbeddingModel {
  return {
    specificationVersion: "v4",
    provider,
    modelId,
    maxEmbeddingsPerCall: undefined,
    supportsParallelCalls: true,
    async doEmbed(options) {
      const { values, abortSignal } = options;
      const reply = await script.answer({ kind: "embed", model: modelId, text: values.join("\n"), values, options });
      await wait(clock, reply.delayMs ?? 0, abortSignal);
      if (reply.hang) await hang(abortSignal);
      if (reply.error !== undefined) throw toApiCallError(reply.error, `scripted://${provider}/${modelId}`);
      return {
        embeddings: values.map((value, at) => vectorFor(reply, value, at)),
        usage: { tokens: reply.usage?.inputTokens ?? values.reduce((sum, value) => sum + countWords(value), 0) },
        warnings: [],
      };
    },
  };
}

function vectorFor(reply: ReplyScript, value: string, at: number): number[] {
  if (reply.embeddings !== undefined) {
    const vector = reply.embeddings[at];
    if (vector !== undefined) return [...vector];
    throw new CatenaryError(
      "script_mismatch",
      `The script has ${reply.embeddings.length} embeddings, but the call has more texts. Give one for each, or \`embedding\` for all.`,
    );
  }
  return reply.embedding === undefined ? smallVector(value) : [...reply.embedding];
}

/** The same text gives the same vector, of length 1. It has no meaning beyond that. */
function smallVector(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  let hash = 2166136261;
  for (const character of `${text}\n`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    const at = hash % DIMENSIONS;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.hypot(...vector);
  return vector.map((component) => component / length);
}
