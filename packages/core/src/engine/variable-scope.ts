import type { Scope } from "../template/template.ts";
import type { Json } from "../value/json.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { Program } from "./program.ts";

/** The variables of a thread, as templates read them. */
export class VariableScope implements Scope {
  readonly #program: Program;
  readonly #variables: readonly (TypedValue | null)[];

  constructor(program: Program, variables: readonly (TypedValue | null)[]) {
    this.#program = program;
    this.#variables = variables;
  }

  get(name: string): Json | undefined {
    return this.typed(name)?.value;
  }

  /** The variable with its type; undefined where nothing was set yet. */
  typed(name: string): TypedValue | undefined {
    const slot = this.#program.slots.get(name);
    return slot === undefined ? undefined : (this.#variables[slot] ?? undefined);
  }

  all(): { readonly [name: string]: Json } {
    const entries: [string, Json][] = [];
    for (const [name, slot] of this.#program.slots) {
      const variable = this.#variables[slot];
      if (variable) entries.push([name, variable.value]);
    }
    return Object.fromEntries(entries);
  }
}
