import type { Capabilities } from "@catenary/core";
import type { ModelFacts } from "./read-facts.ts";

/** What a model can do, by what its file says. A grammar can hold whatever model writes words. */
export function capabilitiesOf({ isEmbedding, takesTools }: ModelFacts): Capabilities {
  const chat = !isEmbedding;
  return {
    chat,
    prompt: chat,
    embed: isEmbedding,
    stream: chat,
    tools: chat && takesTools,
    structuredOutput: chat,
    vision: false,
  };
}
