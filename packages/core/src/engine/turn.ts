import { CatenaryError } from "../errors/catenary-error.ts";
import type { ErrorData } from "../errors/error-data.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { addUsage, type Usage } from "../value/usage.ts";
import type { CallReport } from "./call-report.ts";
import { type Effect, FINISH_KEY } from "./effect.ts";
import type { CancelRequested, CutOffAttempt } from "./fact.ts";
import type { CompiledTask, Program } from "./program.ts";
import { recordStep } from "./record-step.ts";
import { runCancelled } from "./run-cancelled.ts";
import type { RecordedEvent } from "./run-event.ts";
import type { CurrentStep, RunningState, RunState, Thread } from "./run-state.ts";

/**
 * The work of one call of `transition`: what it has decided so far. It lives no longer than that call, so changing it
 * is nobody else's business.
 */
export class Turn {
  readonly program: Program;
  readonly runId: string;
  readonly at: number;
  readonly stepBudget: number;
  /** Nearly always one, so it is not pushed onto a list: that reserves room for sixteen. */
  effects: readonly Effect[] = [];
  readonly events: RecordedEvent[] = [];
  steps: number;
  usage: Usage;
  #seq: number;
  readonly #threads: Readonly<Record<string, Thread>>;

  constructor(program: Program, before: RunningState, at: number) {
    this.program = program;
    this.runId = before.runId;
    this.at = at;
    this.stepBudget = before.stepBudget;
    this.steps = before.steps;
    this.usage = before.usage;
    this.#seq = before.events;
    this.#threads = before.threads;
  }

  act(effect: Effect): void {
    this.effects = this.effects.length === 0 ? [effect] : [...this.effects, effect];
  }

  nextSeq(): number {
    return this.#seq++;
  }

  count(calls: CallReport): void {
    if (calls.usage !== undefined) this.usage = addUsage(this.usage, calls.usage);
  }

  task(place: number): CompiledTask {
    const task = this.program.tasks[place];
    if (task === undefined) throw new CatenaryError("engine_defect", `the chain has no task at place ${place}`);
    return task;
  }

  /** The run goes on, with this thread changed. */
  goOn(thread: Thread): RunState {
    const only = thread.path === "" && this.#threads[""] !== undefined && isAlone(this.#threads);
    const threads = only ? { "": thread } : { ...this.#threads, [thread.path]: thread };
    return {
      status: "running",
      runId: this.runId,
      steps: this.steps,
      events: this.#seq,
      usage: this.usage,
      stepBudget: this.stepBudget,
      threads,
    };
  }

  complete(output: TypedValue): RunState {
    const { runId, at, usage } = this;
    const chainId = this.program.chain.id;
    this.events.push({ kind: "run_completed", runId, chainId, seq: this.nextSeq(), at, output, usage });
    this.act({ kind: "finish", key: FINISH_KEY, status: "completed", output });
    return { status: "completed", runId, steps: this.steps, events: this.#seq, usage, output };
  }

  fail(error: ErrorData): RunState {
    const { runId, at, usage } = this;
    const chainId = this.program.chain.id;
    this.events.push({ kind: "run_failed", runId, chainId, seq: this.nextSeq(), at, error });
    this.act({ kind: "finish", key: FINISH_KEY, status: "failed", error });
    return { status: "failed", runId, steps: this.steps, events: this.#seq, usage, error };
  }

  cancel({ reason, attempts = [] }: CancelRequested): RunState {
    const { runId, at, usage } = this;
    const chainId = this.program.chain.id;
    for (const thread of Object.values(this.#threads)) {
      const cutOff = attempts.find(
        ({ key, attempt }) => key === thread.current.key && attempt === thread.current.attempt,
      );
      if (cutOff !== undefined) this.#cutOff(thread.current, cutOff, reason);
      this.act({ kind: "cancel", key: thread.current.key });
    }
    this.events.push({ kind: "run_cancelled", runId, chainId, seq: this.nextSeq(), at, reason });
    this.act({ kind: "finish", key: FINISH_KEY, status: "cancelled", reason });
    return { status: "cancelled", runId, steps: this.steps, events: this.#seq, usage, reason };
  }

  /** An attempt that nobody waits for any longer has a record too: it took time, and may have cost tokens. */
  #cutOff(step: CurrentStep, { startedAt, calls }: CutOffAttempt, reason: string): void {
    const { runId, at, program } = this;
    const error = runCancelled(reason).toJSON();
    const record = recordStep(program, this.task(step.task), step, { startedAt, at, calls, error });
    this.events.push({ kind: "step_failed", runId, chainId: program.chain.id, seq: this.nextSeq(), at, step: record });
  }
}

function isAlone(threads: Readonly<Record<string, Thread>>): boolean {
  for (const path in threads) if (path !== "") return false;
  return true;
}
