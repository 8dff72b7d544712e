import type { RunEvent } from "../engine/run-event.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import { messageOf } from "../errors/message-of.ts";
import type { Json } from "../value/json.ts";
import type { ActiveRun } from "./active-run.ts";
import type { RunOutput, RunResult } from "./run-result.ts";

export interface EventsOptions {
  /** Whether the pieces of text are among them, as the models write them. Default true: models then stream. */
  readonly deltas?: boolean;
  /** The place of the first recorded event (`seq`). Default 0: from the beginning. */
  readonly from?: number;
}

/** A run that was started. Waiting for its result and following its events are two views of the same run. */
export interface RunHandle<Output = Json> {
  readonly id: string;
  /**
   * The events of the run from its beginning, as the runtime's store has them, then those that come. Ends with the run. In the
   * place of events that cannot be had any more comes `events_dropped` with their number: first of all, where the store has
   * given up the run (the one in memory keeps the last hundred), and in between, where the reader is too slow.
   */
  events(options?: EventsOptions): AsyncIterableIterator<RunEvent>;
  /**
   * The text of the run while it is written: of the tasks whose text is the output, and of those that say `stream`. Can be
   * read more than once, each time from its beginning. Throws where the run fails. What was read cannot be taken back: where
   * a task says `restart`, its text may begin again, and only `events` tells where (`step_reset`).
   */
  readonly textStream: AsyncIterable<string>;
  /** How the run ended. Never rejects. */
  result(): Promise<RunResult<Output>>;
  /** Stops the run. Nothing happens where it is over. `reason` is for people. */
  cancel(reason?: string): void;
}

export function createRunHandle<Output>(run: ActiveRun): RunHandle<Output> {
  return {
    id: run.runId,
    // Null is no options either, for those who write JavaScript.
    events: (options) => followRun(run, options ?? {}),
    textStream: { [Symbol.asyncIterator]: () => run.text.read() },
    result: () => resultOf<Output>(run),
    cancel: (reason = "cancel() was called") => run.cancel(messageOf(reason)),
  };
}

/**
 * What a run of a chain with this type of output came to; rejects with its error. No async function: one that waits takes
 * as much memory as the state of the run that it waits for.
 */
export function outputOf<Output>(run: ActiveRun): Promise<RunOutput<Output>> {
  return resultOf<Output>(run).then((result) => {
    if (result.status === "ok") return result;
    if ("error" in result) throw result.error;
    throw new CatenaryError("run_suspended", `the run ${result.runId} is suspended`);
  });
}

function resultOf<Output>(run: ActiveRun): Promise<RunResult<Output>> {
  // Safe: what a chain's ending tasks produce is what its type says; the engine checks it where the chain declares it.
  return run.result as Promise<RunResult<Output>>;
}

/** What is recorded, then what comes. The stream is opened first, so that nothing falls between the two. */
export function followRun(
  run: ActiveRun,
  { deltas = true, from = 0 }: EventsOptions = {},
): AsyncIterableIterator<RunEvent> {
  const { told } = run;
  const live = run.follow({ deltas });
  const events = join(run, live, { told, from });
  return {
    next: () => events.next(),
    return: async () => {
      await live.return();
      return events.return(undefined);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

interface Before {
  /** How many events there were when the stream was opened. */
  readonly told: number;
  readonly from: number;
}

async function* join(
  run: ActiveRun,
  live: AsyncIterableIterator<RunEvent>,
  { told, from }: Before,
): AsyncGenerator<RunEvent, void, void> {
  let next = from;
  const kept = await run.parts.store.readEvents(run.runId, from);
  const missing = told - from - kept.filter(({ seq }) => seq < told).length;
  if (missing > 0) yield run.dropped(missing);
  for (const event of kept) {
    yield event;
    next = event.seq + 1;
  }
  for await (const event of live) {
    if (isRecorded(event)) {
      if (event.seq < next && !run.isUnkept(event)) continue;
      next = event.seq + 1;
    }
    yield event;
  }
}

function isRecorded(event: RunEvent): boolean {
  return event.kind !== "step_delta" && event.kind !== "step_reset" && event.kind !== "events_dropped";
}
