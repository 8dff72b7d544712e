import type { Json, JsonObject } from "@catenary/core";
import { type RecordedModelCall, type RecordedReply, readRecordings } from "../../../core/tests/seed/recordings.ts";

/** What a server of hooks answers to every request to one path. */
export interface HookRoute {
  readonly status?: number;
  readonly body?: Json;
  readonly contentType?: string;
  readonly chunks?: readonly string[];
}

export interface RecordedAnswer {
  readonly status: number;
  readonly contentType?: string;
  readonly allow?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body: Json;
}

/** One request, and the original's answer. */
export interface RecordedStep {
  readonly method: string;
  /** `${name}` stands for what an earlier step has saved. */
  readonly path: string;
  /** A text is sent as it is. */
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string>>;
  readonly replies?: readonly RecordedReply[];
  /** Names, and where in the answer their values stand. */
  readonly save?: Readonly<Record<string, string>>;
  /** The answer is compared as a text. */
  readonly raw?: boolean;
  /** The request is repeated until its answer has this text in it. */
  readonly until?: string;
  /** How long the recorder waited before. */
  readonly waitMs?: number;
  /** Of a list only the elements whose field is like this. */
  readonly only?: { readonly field: string; readonly re: string };
  readonly recorded: RecordedAnswer;
}

/** Requests in their order, and what they made the original do. */
export interface RecordedSequence {
  readonly name: string;
  readonly steps: readonly RecordedStep[];
  /** Remote hooks that are there before the first request. */
  readonly hooks?: readonly { readonly name: string }[];
  readonly hookReplies?: readonly HookRoute[];
  readonly hookRoutes?: Readonly<Record<string, HookRoute>>;
  readonly hookCalls?: readonly JsonObject[];
  readonly ignoreHookCalls?: boolean;
  readonly modelCalls?: readonly RecordedModelCall[];
}

interface RecordedTask extends Omit<RecordedSequence, "steps"> {
  readonly steps?: readonly RecordedStep[];
  readonly chain?: Json;
  readonly input?: Json;
  readonly inputType?: string;
  readonly replies?: readonly RecordedReply[];
  readonly recorded?: RecordedAnswer;
}

/** The sequences of requests, and the single requests to `POST /tasks` that belong to them. Other chains are played without a server. */
export function readSequences(): readonly RecordedSequence[] {
  const tasks = readRecordings<RecordedTask>("engine.json").filter(({ steps }) => steps !== undefined);
  return [...readRecordings<RecordedTask>("http.json"), ...tasks].map(asSequence);
}

function asSequence({
  steps,
  chain,
  input,
  inputType,
  replies,
  recorded,
  ...sequence
}: RecordedTask): RecordedSequence {
  if (steps !== undefined) return { ...sequence, steps };
  if (recorded === undefined) throw new Error(`${sequence.name} has no answer`);
  const body = JSON.parse(JSON.stringify({ chain, input, inputType: inputType ?? "string" }));
  return { ...sequence, steps: [{ method: "POST", path: "/tasks", body, replies: replies ?? [], recorded }] };
}
