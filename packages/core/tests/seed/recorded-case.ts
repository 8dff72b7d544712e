import { existsSync, readFileSync } from "node:fs";
import type { Json, JsonObject } from "../../src/value/json.ts";

/** What contenox/runtime answered. The recordings lie beside the repository and are no part of it. */
const folder = new URL("../../../../../shared/vectors/", import.meta.url);

export const hasRecordings: boolean = existsSync(folder);

export interface RecordedReply {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly function: { readonly name: string; readonly arguments: JsonObject } }[];
  readonly embedding?: readonly number[];
  readonly status?: number;
  readonly error?: string;
  readonly doneReason?: string;
  readonly delayMs?: number;
}

export interface RecordedHook {
  readonly name: string;
  readonly protocolType?: string;
  readonly method?: string;
  readonly timeoutMs?: number;
  readonly path?: string;
  readonly endpointUrl?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface RecordedHookReply {
  readonly status?: number;
  readonly body?: Json;
  /** The body as text, where it is no JSON. */
  readonly raw?: string;
  readonly contentType?: string;
  readonly delayMs?: number;
}

export interface RecordedModelCall {
  readonly kind: "generate" | "chat" | "embed";
  readonly model: string;
  readonly prompt?: string;
  readonly system?: string;
  readonly messages?: readonly JsonObject[];
  readonly options?: JsonObject;
}

/** One request to `POST /tasks`, what it made the original do, and its answer. */
export interface RecordedCase {
  readonly name: string;
  readonly chain: JsonObject;
  readonly input?: Json;
  readonly inputType?: string;
  readonly replies?: readonly RecordedReply[];
  readonly hooks?: readonly RecordedHook[];
  readonly hookReplies?: readonly RecordedHookReply[];
  readonly modelCalls?: readonly RecordedModelCall[];
  readonly hookCalls?: readonly JsonObject[];
  readonly repliesLeft?: number;
  readonly recorded: { readonly status: number; readonly body: Json };
}

/** Every case that is one chain and one input. Those of several HTTP requests belong to the tests of the HTTP surface. */
export function readCases(): readonly RecordedCase[] {
  if (!hasRecordings) return [];
  return ["handlers.json", "engine.json"].flatMap((file) => {
    // Safe: the recordings' own README fixes their shape.
    const all = JSON.parse(readFileSync(new URL(file, folder), "utf8")) as readonly (RecordedCase & {
      readonly steps?: unknown;
    })[];
    return all.filter((recorded) => recorded.steps === undefined);
  });
}
