import type { ChainDefinition, ComposeStrategy, ExecuteConfig, TaskDefinition } from "../chain/chain.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import type { Template } from "../template/template.ts";
import type { Outcome } from "../value/outcome.ts";

/** A task's place in the chain, or `FINISH`. */
export type Target = number;

export const FINISH: Target = -1;

export interface CompiledBranch {
  readonly matches: (outcome: Outcome) => boolean;
  readonly target: Target;
}

export interface CompiledRetry {
  /** Further attempts after the first. */
  readonly max: number;
  /** Pause before the first retry; 0: at once. */
  readonly backoffMs: number;
  readonly jitter: boolean;
  /** Undefined: every class that can pass. */
  readonly on: ReadonlySet<FailureClass> | undefined;
}

/** A task with everything looked up that can be looked up before it runs. */
export interface CompiledTask {
  readonly definition: TaskDefinition;
  /** The chain's `execute_config` under the task's own. */
  readonly executeConfig: ExecuteConfig;
  readonly prompt: Template | undefined;
  readonly system: Template | undefined;
  readonly print: Template | undefined;
  /** What the task's handler renders (the strings in a hook's arguments, the output template), by its text. */
  readonly templates: ReadonlyMap<string, Template>;
  readonly compose:
    | {
        readonly slot: number | undefined;
        readonly name: string;
        readonly strategy: ComposeStrategy | undefined;
        readonly into: number;
      }
    | undefined;
  /** The slot of `input_var`, or the name that no slot has. */
  readonly inputVar: { readonly name: string; readonly slot: number | undefined } | undefined;
  readonly slot: number;
  /** Those that are no `default`, in order. */
  readonly branches: readonly CompiledBranch[];
  readonly fallback: Target | undefined;
  readonly onFailure: Target | undefined;
  readonly retry: CompiledRetry;
  /** How many model calls a step may make in all. */
  readonly tries: number;
  /** For one attempt; undefined: none. */
  readonly timeoutMs: number | undefined;
}

/** A chain made ready to run: templates read, names turned into numbers. Made by `compileChain`. */
export interface Program {
  readonly chain: ChainDefinition & { readonly hash: string };
  readonly tasks: readonly CompiledTask[];
  /** The slot of each variable. */
  readonly slots: ReadonlyMap<string, number>;
  readonly inputSlot: number;
  readonly previousSlot: number;
  /** Undefined where a task of that name exists: the task wins. */
  readonly errorSlot: number | undefined;
  readonly failedTaskSlot: number | undefined;
}
