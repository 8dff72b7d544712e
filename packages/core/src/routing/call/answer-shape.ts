import type { LanguageModelCallOptions, LanguageModelPrompt } from "../../model/contract.ts";
import type { JsonObject } from "../../value/json.ts";
import type { Rung } from "../../value/rung.ts";
import type { Candidate } from "../candidates/candidate.ts";

/** The ways that can be asked for in one call. */
export type AskableRung = Exclude<Rung, "re-ask">;

/** A shape that the answer must have. How it is asked for depends on what the model that takes the call can do. */
export interface AnswerShape {
  /** What the shape is called, and the tool. */
  readonly name: string;
  /** JSON Schema of an object. Absent: the shape can only be told in words. */
  readonly schema?: JsonObject;
  /** The shape in words, for a model that cannot be held to it. */
  readonly instruction: string;
  /** The surest way that may still be taken. */
  readonly from: AskableRung;
  /** Called before each model that is asked, with the way that it is asked in. */
  readonly onAsked?: (rung: AskableRung) => void;
}

/** The surest way that a candidate can be asked in. A model that is not known to take no tools is taken to take them, as everywhere. */
export function rungOf({ schema, from }: AnswerShape, { model }: Candidate): AskableRung {
  const { structuredOutput, tools } = model.capabilities ?? {};
  if (schema === undefined || from === "prompt") return "prompt";
  if (from === "native" && structuredOutput === true) return "native";
  return tools === false ? "prompt" : "tool";
}

/** Asks for the shape in one way. */
export function shapeCall(call: LanguageModelCallOptions, rung: AskableRung, answer: AnswerShape): void {
  const { name, schema, instruction } = answer;
  if (rung === "prompt" || schema === undefined) {
    call.prompt = withInstruction(call.prompt, instruction);
    return;
  }
  // A copy, because providers are free to rewrite the schema for their server.
  const copy = structuredClone(schema);
  if (rung === "native") {
    call.responseFormat = { type: "json", name, schema: copy };
    return;
  }
  call.tools = [{ type: "function", name, description: "Gives the answer.", inputSchema: copy }];
  call.toolChoice = { type: "tool", toolName: name };
}

/** Under the last thing that the user said, where models look for what to do. */
function withInstruction(prompt: LanguageModelPrompt, instruction: string): LanguageModelPrompt {
  const last = prompt.findLastIndex((message) => message.role === "user");
  return prompt.map((message, index) =>
    index === last && message.role === "user"
      ? { ...message, content: [...message.content, { type: "text", text: `\n\n${instruction}` }] }
      : message,
  );
}
