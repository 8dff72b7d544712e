import type { TypedValue } from "../value/typed-value.ts";
import type { Program } from "./program.ts";
import type { RunState } from "./run-state.ts";

/** The variables that a running thread has set so far, by name. Default: the first thread's. */
export function variablesOf(program: Program, state: RunState, path = ""): Readonly<Record<string, TypedValue>> {
  if (state.status !== "running") return {};
  const set: [string, TypedValue][] = [];
  for (const [name, slot] of program.slots) {
    const variable = state.threads[path]?.variables[slot];
    if (variable) set.push([name, variable]);
  }
  return Object.fromEntries(set);
}
