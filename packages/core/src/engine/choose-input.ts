import { CatenaryError } from "../errors/catenary-error.ts";
import { freezeValue } from "../value/freeze-value.ts";
import { suggest } from "../value/suggest.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { CompiledTask, Program } from "./program.ts";
import { VariableScope } from "./variable-scope.ts";

/** What a task is given: the variable that it names, else the value that came from the task before. */
export function chooseInput(
  program: Program,
  task: CompiledTask,
  variables: readonly (TypedValue | null)[],
  previous: TypedValue,
): TypedValue {
  return task.inputVar === undefined ? previous : readVariable(program, task.inputVar, variables);
}

/** What a task works on: its rendered template, else what it was given. */
export function renderInput(
  program: Program,
  task: CompiledTask,
  variables: readonly (TypedValue | null)[],
  given: TypedValue,
): TypedValue {
  if (task.prompt === undefined) return given;
  return freezeValue({ type: "string", value: task.prompt.render(new VariableScope(program, variables)) });
}

/** The value of a variable that a chain names. Throws where nothing was set under that name. */
export function readVariable(
  program: Program,
  variable: { readonly name: string; readonly slot: number | undefined },
  variables: readonly (TypedValue | null)[],
): TypedValue {
  const value = variable.slot === undefined ? null : variables[variable.slot];
  if (value) return value;
  const set = [...program.slots].filter(([, slot]) => variables[slot]).map(([name]) => name);
  const meant = suggest(variable.name, set);
  throw new CatenaryError(
    "variable_not_set",
    `the variable ${variable.name} is not set here; set are: ${set.join(", ")}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { details: { variable: variable.name } },
  );
}
