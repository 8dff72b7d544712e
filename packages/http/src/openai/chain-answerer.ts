import type { Chain, RunHandle, Runtime, StepRecord } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import { toStateRecord } from "../execution/state-record.ts";
import { answersOfRun } from "./answer-of-run.ts";
import type { Answerer } from "./answerer.ts";
import { type ChatRequest, mostTokensOf } from "./chat-request.ts";
import { piecesOfRun } from "./pieces-of-run.ts";
import { warningsOfChainRequest, warningsOfSteps } from "./warnings.ts";

export interface ChainAnswererOptions {
  /** Whether a whole answer comes with the steps of its run. */
  readonly trace: boolean;
  /** Told of each run as it begins. */
  readonly onRun: (runId: string) => void;
  /** Told of what was not met, when an answer is whole: a stream has begun by then. */
  readonly onWarnings: (warnings: readonly string[]) => void;
}

/** A chain that answers: each answer is a run of its own, whose input is the request. */
export function chainAnswerer(
  runtime: Runtime,
  chain: Chain,
  request: ChatRequest,
  { trace, onRun, onWarnings }: ChainAnswererOptions,
): Answerer {
  const input = inputOf(request);
  const steps: StepRecord[] = [];
  const warnings = new Set(warningsOfChainRequest(request));
  const ended = (run: readonly StepRecord[]) => {
    steps.push(...run);
    for (const warning of warningsOfSteps(request, run)) warnings.add(warning);
    if (warnings.size > 0) onWarnings([...warnings]);
  };
  const start = (signal: AbortSignal): RunHandle => {
    const handle = runtime.start(chain, input, { inputType: "openai_chat", signal });
    onRun(handle.id);
    return handle;
  };
  return {
    answer: async (signal) => {
      const run = await start(signal).result();
      if (run.status !== "ok") throw "error" in run ? run.error : new HttpError(503, "the run is suspended");
      ended(run.steps);
      return answersOfRun(run);
    },
    // A generator begins when it is read, and so does the run.
    async *pieces(signal) {
      yield* piecesOfRun(start(signal), ended);
    },
    warnings: () => warnings,
    modelOf: () => request.model,
    isNamed: (models) => models.includes(request.model),
    ...(trace && {
      extras: () => ({ stackTrace: steps.map((step) => toStateRecord(step, chain.debug === true, runtime)) }),
    }),
  };
}

/** What the chain is given: one answer is asked of each run, and the newer names are understood. */
function inputOf(request: ChatRequest): ChatRequest {
  const { n: _, max_completion_tokens: __, ...kept } = request;
  const maxTokens = mostTokensOf(request);
  return {
    ...kept,
    messages: request.messages.map((message) =>
      message.role === "developer" ? { ...message, role: "system" } : message,
    ),
    ...(maxTokens !== undefined && { max_tokens: maxTokens }),
  };
}
