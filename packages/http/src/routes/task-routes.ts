import { RunFailedError, type RunOutput, type Runtime } from "@catenary/core";
import { z } from "zod";
import { ChainReader } from "../execution/chain-reader.ts";
import { failedRun } from "../execution/failed-run.ts";
import { readChain, readRunOptions, taskBody } from "../execution/start-body.ts";
import { stateRecord, toStateRecord } from "../execution/state-record.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";

const answer = z.object({
  output: z.unknown(),
  outputType: z.string(),
  state: z.array(stateRecord).describe("One for each attempt, in the order in which they ended"),
  runId: z.string(),
  usage: z.unknown().describe("Of all model calls together, as the providers counted"),
});

const failure = z.object({
  error: z.object({ message: z.string(), type: z.string(), param: z.string().optional(), code: z.string() }),
  runId: z.string().optional(),
  state: z.array(stateRecord).optional(),
});

/** Runs that are waited for. */
export function taskRoutes(surface: Surface): readonly Route[] {
  const { runtime, limits } = surface;
  const chains = new ChainReader(limits.chainValues);
  return [
    defineRoute({
      method: "POST",
      path: "/tasks",
      noun: "execution",
      summary: "Runs a chain to its end",
      operation: "server",
      body: taskBody,
      replies: {
        200: { description: "The run came to its end.", schema: answer },
        400: { description: "The chain or the input is not what it must be; nothing was run." },
        500: {
          description: "A task failed, and the chain does not say what then. `state` says what was done.",
          schema: failure,
        },
      },
      handle: async (call, body) => {
        const { signal } = call;
        const chain = readChain(body, chains);
        try {
          const run = await runtime.run(chain, body.input, { signal, ...readRunOptions(body, chain) });
          call.note({ runId: run.runId });
          return { status: 200, json: toAnswer(runtime, run, chain.debug === true) };
        } catch (error) {
          if (error instanceof RunFailedError) {
            call.note({ runId: error.run.runId });
            if (!signal.aborted) return failedRun(surface, call, error);
          }
          throw error;
        }
      },
    }),
  ];
}

function toAnswer(
  runtime: Runtime,
  { output, outputType, steps, runId, usage }: RunOutput,
  isDebug: boolean,
): z.infer<typeof answer> {
  return { output, outputType, state: steps.map((step) => toStateRecord(step, isDebug, runtime)), runId, usage };
}
