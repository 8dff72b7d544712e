import type { CallReport } from "../engine/call-report.ts";
import { NO_CALLS } from "../engine/call-report.ts";
import type { ExecuteEffect } from "../engine/effect.ts";
import type { CompiledTask } from "../engine/program.ts";
import type { CallOwner, CancelCall } from "../routing/call/call-owner.ts";
import type { RoutedCall } from "../routing/call/journey.ts";
import type { RungRecord } from "../value/rung.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { addUsage } from "../value/usage.ts";

export type AttemptOptions = Pick<Attempt, "effect" | "task" | "variables" | "startedAt" | "stepStartedAt">;

const NO_CALLS_UNDER_WAY: readonly CancelCall[] = Object.freeze([]);

/** One attempt of a task while it is under way. */
export class Attempt implements CallOwner {
  readonly effect: ExecuteEffect;
  readonly task: CompiledTask;
  /** Those of its thread. */
  readonly variables: readonly (TypedValue | null)[];
  readonly startedAt: number;
  /** When the first attempt of its step began, in milliseconds since the Unix epoch: all of them share one deadline. */
  readonly stepStartedAt: number;
  calls: CallReport = NO_CALLS;
  /** The task's text so far. */
  text = "";
  /** Whether a reader has any of it. */
  delivered = false;
  /** Whether its handler was called; until then it waits for its time. */
  isUnderWay = false;
  /** Stops the timer of its timeout, where it has one. */
  stopTimer: (() => void) | undefined;
  #controller: AbortController | undefined;
  /** Ends its model calls. Most tasks make one at a time. */
  #cancels: readonly CancelCall[] = NO_CALLS_UNDER_WAY;
  #interruption: { readonly reason: unknown } | undefined;
  #onInterrupt: ((reason: unknown) => void) | undefined;

  constructor({ effect, task, variables, startedAt, stepStartedAt }: AttemptOptions) {
    this.effect = effect;
    this.task = task;
    this.variables = variables;
    this.startedAt = startedAt;
    this.stepStartedAt = stepStartedAt;
  }

  /** Made when somebody asks for it: most tasks never do. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#interruption !== undefined) this.#controller.abort(this.#interruption.reason);
    }
    return this.#controller.signal;
  }

  get isInterrupted(): boolean {
    return this.#interruption !== undefined;
  }

  add(cancel: CancelCall): void {
    if (this.#interruption === undefined) this.#cancels = [...this.#cancels, cancel];
    else cancel(this.#interruption.reason);
  }

  remove(cancel: CancelCall): void {
    this.#cancels = this.#cancels.length === 1 ? NO_CALLS_UNDER_WAY : this.#cancels.filter((one) => one !== cancel);
  }

  /** Ends its model calls, which report themselves at once. The attempt goes on until it is interrupted. */
  endCalls(reason: unknown): void {
    for (const cancel of this.#cancels) cancel(reason);
  }

  /** Ends it from outside: its signal aborts, and nobody waits for it any longer. */
  interrupt(reason: unknown): void {
    if (this.#interruption !== undefined) return;
    this.#interruption = { reason };
    this.#controller?.abort(reason);
    this.endCalls(reason);
    this.#onInterrupt?.(reason);
  }

  /** Calls `listener` when the attempt is interrupted, at once where it is already. */
  onInterrupt(listener: (reason: unknown) => void): void {
    this.#onInterrupt = listener;
    if (this.#interruption !== undefined) listener(this.#interruption.reason);
  }

  /** Adds a routed call to what is reported about this attempt. */
  report(call: RoutedCall): void {
    const { calls } = this;
    const usage =
      call.usage === undefined || calls.usage === undefined
        ? (call.usage ?? calls.usage)
        : addUsage(calls.usage, call.usage);
    this.calls = {
      tries: calls.tries + call.tries,
      route: call.route,
      ...(call.model !== undefined && { model: call.model }),
      ...(call.backend !== undefined && { backend: call.backend }),
      ...(call.provider !== undefined && { provider: call.provider }),
      ...(usage !== undefined && { usage }),
      ...(calls.structured !== undefined && { structured: calls.structured }),
    };
  }

  /** Adds how a way to get an answer of a shape went. */
  reportRung(record: RungRecord): void {
    this.calls = { ...this.calls, structured: [...(this.calls.structured ?? []), record] };
  }

  /** How many model calls it may still make; always one more, so that a task with several is not stopped between them. */
  get triesLeft(): number {
    return Math.max(1, this.effect.triesLeft - this.calls.tries);
  }
}
