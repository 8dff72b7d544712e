import type { LanguageModelCallOptions, LanguageModelResult } from "@catenary/core";

type Warning = LanguageModelResult["warnings"][number];

/** Ollama has no choice of tools: `none` and one certain tool are met by what is offered, `required` only with a warning. */
export function correctTools({ tools, toolChoice }: LanguageModelCallOptions): {
  readonly tools: LanguageModelCallOptions["tools"];
  readonly warnings: Warning[];
} {
  switch (toolChoice?.type) {
    case "none":
      return { tools: undefined, warnings: [] };
    case "tool":
      return { tools: tools?.filter((tool) => tool.name === toolChoice.toolName), warnings: [mayAnswerInWords] };
    case "required":
      return { tools, warnings: [mayAnswerInWords] };
    default:
      return { tools, warnings: [] };
  }
}

const mayAnswerInWords: Warning = {
  type: "unsupported",
  feature: "toolChoice",
  details: "Ollama cannot be made to call a tool; the model may answer in words",
};
