import { z } from "zod";
import { ChainReader } from "../execution/chain-reader.ts";
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

/** Runs that are waited for. */
export function taskRoutes({ runtime }: Surface): readonly Route[] {
  const chains = new ChainReader();
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
        500: { description: "A task failed, and the chain does not say what then." },
      },
      handle: async ({ signal }, body) => {
        const chain = readChain(body, chains, runtime.chains);
        const run = await runtime.run(chain, body.input, { signal, ...readRunOptions(body, chain) });
        const { output, outputType, steps, runId, usage } = run;
        const state = steps.map((step) => toStateRecord(step, chain.debug === true));
        return {
          status: 200,
          json: { output, outputType, state, runId, usage } satisfies z.infer<typeof answer>,
        };
      },
    }),
  ];
}
