import { existsSync, readFileSync } from "node:fs";
import type { JsonObject } from "../../src/value/json.ts";

/** What contenox/runtime answered. The recordings lie beside the repository and are no part of it. */
const folder = new URL("../../../../../shared/vectors/", import.meta.url);

export const hasRecordings: boolean = existsSync(folder);

/** What a file of recordings has. Nothing where they are not there. */
export function readRecordings<Recorded>(file: string): readonly Recorded[] {
  if (!hasRecordings) return [];
  // Safe: the recordings' own README fixes their shape.
  return JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly Recorded[];
}

/** What the original's model server was told to answer. */
export interface RecordedReply {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly function: { readonly name: string; readonly arguments: JsonObject } }[];
  readonly embedding?: readonly number[];
  readonly status?: number;
  readonly error?: string;
  readonly doneReason?: string;
  readonly delayMs?: number;
}

/** What the original asked of a model. */
export interface RecordedModelCall {
  readonly kind: "generate" | "chat" | "embed";
  readonly model: string;
  readonly prompt?: string;
  readonly system?: string;
  readonly messages?: readonly JsonObject[];
  readonly options?: JsonObject;
}
