import type { BackendModel, Capabilities } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { readJson } from "./read-json.ts";
import { call } from "./send.ts";

/** What the server says of one model, beyond its list. */
export type Shown = Pick<BackendModel, "contextLength" | "capabilities">;

/**
 * Asks what a model can do. `undefined` where the server cannot tell: a model that cannot be shown is still listed, because
 * what is not known is no reason to hide it.
 */
export async function showModel(
  connection: Connection,
  model: string,
  signal: AbortSignal | undefined,
): Promise<Shown | undefined> {
  try {
    const response = await call(connection, "POST", "/api/show", { body: { model }, model, signal });
    const { model_info: facts, capabilities } = await readJson(response, connection, signal);
    const contextLength = contextLengthIn(facts);
    return {
      ...(contextLength !== undefined && { contextLength }),
      ...(Array.isArray(capabilities) && { capabilities: toCapabilities(capabilities) }),
    };
  } catch {
    signal?.throwIfAborted();
    return undefined;
  }
}

/** The field's name starts with the model's architecture: `llama.context_length`. */
function contextLengthIn(facts: unknown): number | undefined {
  if (typeof facts !== "object" || facts === null) return undefined;
  const [, length] = Object.entries(facts).find(([name]) => name.endsWith(".context_length")) ?? [];
  return typeof length === "number" && length > 0 ? length : undefined;
}

function toCapabilities(told: readonly unknown[]): Capabilities {
  const chat = told.includes("completion");
  return {
    chat,
    prompt: chat,
    embed: told.includes("embedding"),
    stream: chat,
    tools: told.includes("tools"),
    structuredOutput: chat,
    vision: told.includes("vision"),
  };
}
