import type { Runtime, StoredRun } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";

const PARAM = "Last-Event-ID";

/**
 * The place after the last event that a client has read; undefined where the run is over and there is none. `EventSource` comes
 * back to a stream that ended until it is told so.
 *
 * @throws HttpError 400 where the header is no id, 422 where the run has no such event
 */
export async function placeAfter(
  lastEventId: string | undefined,
  run: StoredRun,
  runs: Runtime["runs"],
): Promise<number | undefined> {
  const from = readPlace(lastEventId);
  if (from === 0) return from;
  const { state } = run;
  if (state.status === "running" || state.status === "new") {
    if (from > (state.status === "new" ? 0 : state.events)) throw noEvent(from - 1);
    return from;
  }
  let found = 0;
  for await (const _ of runs.events(run.runId, { from: from - 1, deltas: false })) {
    found++;
    if (found > 1) return from;
  }
  if (found === 0) throw noEvent(from - 1);
  return undefined;
}

function readPlace(lastEventId: string | undefined): number {
  if (lastEventId === undefined || lastEventId === "") return 0;
  if (/^\d{1,15}$/.test(lastEventId)) return Number(lastEventId) + 1;
  throw new HttpError(400, `${PARAM} expects the id of an event of this run, a whole number`, { param: PARAM });
}

function noEvent(id: number): HttpError {
  return new HttpError(422, `the run has no event ${id}: leave ${PARAM} out to read it from its beginning`, {
    param: PARAM,
  });
}
