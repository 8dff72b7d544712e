import type { RunFailedError } from "@catenary/core";
import type { Call } from "../call.ts";
import { logFailure } from "../dispatch/log-failure.ts";
import { errorReply } from "../errors/error-reply.ts";
import { outward, outwardReply } from "../errors/outward.ts";
import type { JsonReply } from "../reply.ts";
import type { Surface } from "../surface.ts";
import { toStateRecord } from "./state-record.ts";

/** A run that failed as an error like every other, with what it did until then: whoever looks for the cause needs both. */
export function failedRun(surface: Surface, { requestId }: Call, error: RunFailedError): JsonReply {
  const { status, json } = outwardReply(surface, errorReply(error, "server"));
  logFailure(surface, requestId, error);
  const { runId, steps } = error.run;
  const state = steps.map((step) => {
    const record = toStateRecord(step, "input" in step, surface.runtime);
    return { ...record, error: { error: outward(surface, record.error.error) } };
  });
  return { status, json: Object.assign({}, json, { runId, state }) };
}
