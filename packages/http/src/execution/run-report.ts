import type { Runtime, StoredRun } from "@catenary/core";
import { z } from "zod";
import { stateRecord, toStateRecord } from "./state-record.ts";

const status = z.enum(["new", "running", "completed", "failed", "cancelled"]);

export const runSummary = z.object({ runId: z.string(), chainId: z.string(), status });

export const runReport = runSummary.extend({
  chainHash: z.string().describe("Which version of the chain it is"),
  state: z.array(stateRecord).describe("One for each attempt that has ended"),
  output: z.unknown().optional().describe("Where the run is completed"),
  outputType: z.string().optional().describe("Where the run is completed"),
  error: z.object({ message: z.string(), code: z.string() }).optional().describe("Where the run has failed"),
  reason: z.string().optional().describe("Where the run was cancelled"),
  usage: z.unknown().optional().describe("Of all model calls so far, as the providers counted"),
});

type RunReport = z.infer<typeof runReport>;

/** A run as it stands. A chain that says `debug` is known by its steps: only those have their values. */
export function toRunReport(runtime: Runtime, { runId, chainId, chainHash, steps, state }: StoredRun): RunReport {
  return {
    runId,
    chainId,
    status: state.status,
    chainHash,
    state: steps.map((step) => toStateRecord(step, "input" in step, runtime)),
    ...(state.status !== "new" && { usage: state.usage }),
    ...endOf(state),
  };
}

function endOf(state: StoredRun["state"]): Partial<RunReport> {
  if (state.status === "completed") return { output: state.output.value, outputType: state.output.type };
  if (state.status === "failed") return { error: { message: state.error.message, code: state.error.code } };
  return state.status === "cancelled" ? { reason: state.reason } : {};
}
