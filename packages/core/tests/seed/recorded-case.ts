import type { Json, JsonObject } from "../../src/value/json.ts";
import { type RecordedModelCall, type RecordedReply, readRecordings } from "./recordings.ts";

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
  return ["handlers.json", "engine.json"]
    .flatMap((file) => readRecordings<RecordedCase & { readonly steps?: unknown }>(file))
    .filter((recorded) => recorded.steps === undefined);
}
