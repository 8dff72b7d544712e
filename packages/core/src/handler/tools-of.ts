import type { LanguageModelTool, LanguageModelToolChoice } from "../model/contract.ts";
import { isJsonObject, type Json } from "../value/json.ts";

/** The functions among OpenAI's tool definitions, as providers take them. */
export function toolsOf(tools: readonly Json[] | undefined): readonly LanguageModelTool[] {
  return (tools ?? []).flatMap((tool) => {
    const definition = isJsonObject(tool) && tool.type === "function" ? tool.function : undefined;
    if (!isJsonObject(definition) || typeof definition.name !== "string") return [];
    const { name, description, parameters, strict } = definition;
    return [
      {
        type: "function" as const,
        name,
        ...(typeof description === "string" && { description }),
        // Safe: what it means is the provider's and the model's business; here it only has to be an object.
        inputSchema: (isJsonObject(parameters)
          ? parameters
          : { type: "object", properties: {} }) as LanguageModelTool["inputSchema"],
        ...(typeof strict === "boolean" && { strict }),
      },
    ];
  });
}

/** OpenAI's `tool_choice`, as providers take it. Undefined where it says nothing. */
export function toolChoiceOf(choice: Json | undefined): LanguageModelToolChoice | undefined {
  if (choice === "auto" || choice === "none" || choice === "required") return { type: choice };
  const called = isJsonObject(choice) ? choice.function : undefined;
  if (isJsonObject(called) && typeof called.name === "string") return { type: "tool", toolName: called.name };
  return undefined;
}
