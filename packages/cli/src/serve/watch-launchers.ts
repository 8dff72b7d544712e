import type { Clock } from "@catenary/core";
import { launchersOf, type ProcessTable } from "./launchers.ts";

const EVERY_MS = 500;

/** Calls once when a package manager that has started this process has ended. Returns what ends the watch. */
export function watchLaunchers(
  pid: number,
  { processes, clock }: { readonly processes: ProcessTable; readonly clock: Clock },
  onEnd: () => void,
): () => void {
  const launchers = launchersOf(pid, processes);
  let stopTimer = () => {};
  const look = () => {
    if (launchers.some((one) => processes.parentOf(one) === undefined)) onEnd();
    else stopTimer = clock.setTimer(EVERY_MS, look);
  };
  if (launchers.length > 0) stopTimer = clock.setTimer(EVERY_MS, look);
  return () => stopTimer();
}
