import { InputError } from "../errors/input-error.ts";
import { describeKind } from "../value/describe-kind.ts";
import { suggest } from "../value/suggest.ts";
import type { RunEventMap } from "./run-parts.ts";

const NAMES: Readonly<Record<keyof RunEventMap & string, true>> = {
  "*": true,
  run_started: true,
  step_started: true,
  step_retrying: true,
  step_completed: true,
  step_failed: true,
  text_printed: true,
  run_completed: true,
  run_failed: true,
  run_cancelled: true,
  step_delta: true,
  step_reset: true,
  call_completed: true,
  call_failed: true,
  call_cancelled: true,
  backend_reachable: true,
  backend_unreachable: true,
  models_changed: true,
  download_queued: true,
  download_started: true,
  download_progress: true,
  download_completed: true,
  download_failed: true,
  download_cancelled: true,
};

/**
 * Refuses the name of an event that never happens, because its listener would wait in vain.
 *
 * @throws InputError
 */
export function checkEventName(name: unknown): void {
  if (typeof name !== "string") throw new InputError(`the name of an event is a text; got ${describeKind(name)}`);
  if (Object.hasOwn(NAMES, name)) return;
  const names = Object.keys(NAMES);
  const meant = suggest(name, names);
  throw new InputError(
    `there is no event ${JSON.stringify(name)}; there are: ${names.join(", ")}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
  );
}
