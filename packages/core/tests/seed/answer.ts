import type { Json, JsonObject } from "../../src/value/json.ts";

/** What a case came to, in the one form in which the original's answer and ours are compared. */
export interface Answer {
  readonly status: "ok" | "failed";
  /** The task that the failure names, where it names one. */
  readonly failedTask?: string;
  readonly output?: Json;
  readonly outputType?: string;
  /** Of a run that ended well: the original keeps the others to itself. */
  readonly state?: readonly WireRecord[];
  readonly modelCalls: readonly WireModelCall[];
  readonly hookCalls: readonly Json[];
  readonly repliesLeft: number;
}

/** Ours also says why it failed. */
export interface OurAnswer extends Answer {
  /** The code of the failure, the innermost one: `reply_invalid`, not `task_failed`. Of a refused chain the finding's. */
  readonly code?: string;
  readonly message?: string;
}

export interface WireRecord {
  readonly taskID: string;
  readonly taskHandler: string;
  readonly inputType: string;
  readonly outputType: string;
  readonly transition: string;
  /** Whether there was an error. Its text is free. */
  readonly failed: boolean;
  readonly input: string;
  /** JSON text, read; where it is none, the text. */
  readonly output: Json;
  readonly inputVar: string;
}

/** A call of a language model as a conversation, or of an embedding model as its text. */
export interface WireModelCall {
  readonly model: string;
  readonly messages?: readonly JsonObject[];
  readonly embed?: string;
  readonly options: JsonObject;
}
