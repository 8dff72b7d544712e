import type { DataType, Json, Runtime, StepRecord } from "@catenary/core";
import { z } from "zod";
import { backendNameOf } from "../backend-name-of.ts";

/** One attempt as contenox/runtime writes it, and what we know besides. */
export const stateRecord = z.object({
  taskID: z.string(),
  taskHandler: z.string(),
  inputType: z.string(),
  outputType: z.string(),
  transition: z.string().describe("What the original compares branches with"),
  duration: z.number().describe("Milliseconds"),
  error: z.object({ error: z.string().describe("Empty where the attempt succeeded") }),
  input: z.string().describe("The input as text, where the chain says `debug`; else empty"),
  output: z.string().describe("The output as JSON text, where the chain says `debug`; else empty"),
  inputVar: z.string(),
  outcome: z.string().describe("What branches were compared with: of a `condition_key` the key"),
  attempt: z.int().describe("From 1"),
  startedAt: z.string().describe("RFC 3339"),
  model: z.string().optional().describe("The model that answered"),
  backend: z.string().optional().describe("The id of the backend that it answered on"),
  backendName: z.string().optional().describe("Its name, where that is not its id"),
  provider: z.string().optional().describe("The backend's type"),
  usage: z.unknown().optional().describe("Tokens, as the provider counted them"),
});

export type StateRecord = z.infer<typeof stateRecord>;

export function toStateRecord(step: StepRecord, isDebug: boolean, runtime: Runtime): StateRecord {
  const { taskId, model, backend, provider, usage } = step;
  return {
    taskID: taskId,
    taskHandler: step.handler,
    inputType: step.inputType,
    outputType: step.outputType,
    transition: step.transition,
    duration: step.durationMs,
    error: { error: step.error === undefined ? "" : `task ${taskId}: ${step.error.message}` },
    input: isDebug ? printInput(step.input) : "",
    output: isDebug ? JSON.stringify(step.output ?? emptyOutput(step)) : "",
    inputVar: step.inputVar ?? taskId,
    outcome: step.outcome,
    attempt: step.attempt,
    startedAt: toTime(step.startedAt),
    ...(model !== undefined && { model }),
    ...(backend !== undefined && { backend, ...backendNameOf(runtime, backend) }),
    ...(provider !== undefined && { provider }),
    ...(usage !== undefined && { usage }),
  };
}

/** Many steps begin in the same millisecond. */
let lastTime = { ms: 0, text: "1970-01-01T00:00:00.000Z" };

function toTime(ms: number): string {
  if (ms !== lastTime.ms) lastTime = { ms, text: new Date(ms).toISOString() };
  return lastTime.text;
}

/** As templates print it. */
function printInput(input: Json | undefined): string {
  if (typeof input === "string") return input;
  return input === undefined || input === null ? "<no value>" : JSON.stringify(input);
}

/** A failed attempt has no output; the original writes the empty value of the type. */
function emptyOutput({ outputType, input = null, handler }: StepRecord): Json {
  return handler === "parse_transition" ? input : (EMPTY[outputType] ?? null);
}

const EMPTY: { readonly [type in DataType]?: Json } = { string: "", bool: false, int: 0, float: 0 };
