import type { Json, JsonObject } from "../../value/json.ts";

/** The ways in which a remote hook can be spoken to. */
export const PROTOCOL_NAMES = ["openai", "openai-object", "ollama", "langserve", "langserve-openai"] as const;

export type ProtocolName = (typeof PROTOCOL_NAMES)[number];

/** How arguments are wrapped for a remote hook and how its answer is unwrapped. */
export interface Protocol {
  encode(name: string, args: JsonObject): Json;
  /** The result in an answer, or undefined when it is not where `resultField` says. */
  decode(answer: Json): Json | undefined;
  /** Where the result is. Absent: the whole answer is the result. */
  readonly resultField?: string;
}
