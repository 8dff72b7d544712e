import type { Effect, ExecuteEffect } from "../engine/effect.ts";
import type { Fact } from "../engine/fact.ts";
import type { Program } from "../engine/program.ts";
import type { RecordedEvent, RunEvent, StepRetryingEvent } from "../engine/run-event.ts";
import { NEW_RUN, type RunState } from "../engine/run-state.ts";
import type { StepKey } from "../engine/step-key.ts";
import type { StepRecord } from "../engine/step-record.ts";
import { transition } from "../engine/transition.ts";
import { CatenaryError, fromErrorData, toErrorData } from "../errors/catenary-error.ts";
import type { ErrorData } from "../errors/error-data.ts";
import { BoundedStream } from "../events/bounded-stream.ts";
import { yieldToHost } from "../surroundings/yield-to-host.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { NO_USAGE } from "../value/usage.ts";
import { Attempt } from "./attempt.ts";
import { type AttemptOutcome, executeAttempt } from "./execute-attempt.ts";
import { RunFailedError } from "./run-failed-error.ts";
import type { RunParts } from "./run-parts.ts";
import type { RunResult, RunTrace } from "./run-result.ts";
import { TextLog } from "./text-log.ts";

export interface ActiveRunOptions {
  readonly runId: string;
  readonly program: Program;
  readonly parts: RunParts;
  /** Which tasks' text is the run's text, by place in the chain. */
  readonly streamed: readonly boolean[];
  readonly input: TypedValue;
  readonly variables: Readonly<Record<string, TypedValue>>;
  readonly stepBudget: number;
}

/** How many events wait for a slow reader. */
const EVENT_CAPACITY = 1024;
/** How many steps may follow each other without a turn of the event loop before the clock is looked at, and how long they may take. */
const STEPS_BETWEEN_LOOKS = 128;
const LONGEST_HOLD_MS = 10;

/** A run under way: performs what the engine decides, and feeds back what came of it. */
export class ActiveRun {
  readonly runId: string;
  readonly program: Program;
  readonly parts: RunParts;
  readonly text = new TextLog();
  /** Resolves when the run has ended. */
  readonly over: Promise<void>;
  readonly #options: ActiveRunOptions;
  readonly #steps: StepRecord[] = [];
  readonly #inbox: Fact[] = [];
  readonly #attempts = new Map<StepKey, Attempt>();
  #state: RunState = NEW_RUN;
  readonly #streams = new Set<BoundedStream<RunEvent>>();
  readonly #deltaStreams = new Set<BoundedStream<RunEvent>>();
  #wake: (() => void) | undefined;
  #lastFailure: AttemptOutcome | undefined;
  #closed = false;
  /** Somebody asked for the end: nothing new is begun, although the engine does not know it yet. */
  #isStopping = false;
  #onOver: () => void = () => {};

  constructor(options: ActiveRunOptions) {
    this.over = new Promise((resolve) => {
      this.#onOver = resolve;
    });
    this.#options = options;
    this.runId = options.runId;
    this.program = options.program;
    this.parts = options.parts;
  }

  /** Runs to the end. Never rejects. */
  async drive(): Promise<RunResult> {
    const { runId, input, variables, stepBudget } = this.#options;
    this.#inbox.unshift({ kind: "run_started", at: this.parts.clock.now(), runId, input, variables, stepBudget });
    let result: RunResult;
    try {
      await this.#loop();
      result = this.#result();
    } catch (error) {
      // Only the store or a defect of ours comes here: whatever a task does wrong is a fact.
      result = {
        status: "failed",
        ...this.#trace(),
        error: new RunFailedError(toErrorData(error), this.#trace(), error),
      };
    }
    this.#close(result);
    return result;
  }

  cancel(reason: string): void {
    this.#isStopping = true;
    this.#take({ kind: "cancel_requested", at: this.parts.clock.now(), reason });
  }

  /** Everything that happens from now on. */
  follow(options: { readonly deltas: boolean }): BoundedStream<RunEvent> {
    const streams = options.deltas ? this.#deltaStreams : this.#streams;
    const stream: BoundedStream<RunEvent> = new BoundedStream<RunEvent>({
      capacity: EVENT_CAPACITY,
      merge: mergeDeltas,
      dropped: (count) => ({ kind: "events_dropped", ...this.#place(), count }),
      onClose: () => streams.delete(stream),
    });
    if (this.#closed) stream.end();
    else streams.add(stream);
    return stream;
  }

  async #loop(): Promise<void> {
    const { clock } = this.parts;
    let heldSince = clock.now();
    for (let facts = 1; this.#state.status === "new" || this.#state.status === "running"; facts++) {
      const fact = this.#inbox.shift();
      if (fact === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        heldSince = clock.now();
        continue;
      }
      const committed = this.#apply(fact);
      if (committed !== undefined) await committed;
      if (facts % STEPS_BETWEEN_LOOKS === 0 && clock.now() - heldSince > LONGEST_HOLD_MS) {
        await yieldToHost();
        heldSince = clock.now();
      }
    }
  }

  /** One decision: decide, keep, tell, act. */
  #apply(fact: Fact): void | Promise<void> {
    const { state, effects, events } = transition(this.program, this.#state, fact);
    this.#state = state;
    const steps: StepRecord[] = [];
    for (const event of events) if ("step" in event) steps.push(event.step);
    for (const step of steps) this.#steps.push(step);
    this.#settleText(fact);
    const { id: chainId, hash: chainHash } = this.program.chain;
    const { runId } = this;
    const kept = this.parts.store.commit({ runId, epoch: 0, chainId, chainHash, steps, facts: [fact], events, state });
    if (kept instanceof Promise) return kept.then(() => this.#tellAndAct(fact, events, effects));
    this.#tellAndAct(fact, events, effects);
  }

  #tellAndAct(fact: Fact, events: readonly RecordedEvent[], effects: readonly Effect[]): void {
    for (const event of events) {
      this.#tell(event);
      if (event.kind === "step_retrying") this.#tellReset(fact, event);
    }
    for (const effect of effects) this.#perform(effect);
  }

  #tell(event: RecordedEvent): void {
    this.#publish(event);
    this.parts.emitter.emit("*", event);
  }

  #publish(event: RunEvent): void {
    for (const stream of this.#deltaStreams) stream.push(event);
    if (event.kind !== "step_delta" && event.kind !== "step_reset")
      for (const stream of this.#streams) stream.push(event);
    // Safe: the name is the event's own kind.
    this.parts.emitter.emit(event.kind, event as never);
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case "execute":
        this.#execute(effect);
        return;
      case "cancel":
        this.#attempts.get(effect.key)?.interrupt(stopped(this.#state));
        return;
      case "finish":
        return;
      default:
        throw new CatenaryError(
          "effect_unsupported",
          `this driver cannot perform the effect ${effect.kind} of ${effect.key}`,
        );
    }
  }

  #execute(effect: ExecuteEffect): void {
    if (effect.delayMs <= 0) {
      this.#begin(effect);
      return;
    }
    const waiting = this.#attempt(effect);
    waiting.onInterrupt(this.parts.clock.setTimer(effect.delayMs, () => this.#begin(effect)));
  }

  #begin(effect: ExecuteEffect): void {
    if (this.#isStopping || this.#state.status !== "running") return;
    const variables = this.#state.threads[effect.thread]?.variables ?? [];
    const { runId, program, parts } = this;
    const around = { runId, program, parts, variables, ...this.#text };
    const attempt = this.#attempt(effect);
    const outcome = executeAttempt(around, attempt);
    if (outcome instanceof Promise) void outcome.then((late) => this.#settle(attempt, late));
    else this.#settle(attempt, outcome);
  }

  #attempt(effect: ExecuteEffect): Attempt {
    const task = this.program.tasks[effect.task];
    if (task === undefined) throw new CatenaryError("engine_defect", `the chain has no task at place ${effect.task}`);
    const attempt = new Attempt(effect, task, this.parts.clock.now());
    this.#attempts.set(effect.key, attempt);
    return attempt;
  }

  #settle(attempt: Attempt, outcome: AttemptOutcome): void {
    if (this.#attempts.get(attempt.effect.key) === attempt) this.#attempts.delete(attempt.effect.key);
    if (outcome.error !== undefined) this.#lastFailure = outcome;
    this.#take(outcome.fact);
  }

  #take(fact: Fact): void {
    this.#inbox.push(fact);
    this.#wake?.();
    this.#wake = undefined;
  }

  /** What attempts do with their text. */
  readonly #text = {
    isRead: (attempt: Attempt): boolean =>
      this.#deltaStreams.size > 0 ||
      this.parts.emitter.has("step_delta") ||
      (this.#isStreamed(attempt) && this.text.isRead),
    isDelivered: (attempt: Attempt): boolean => attempt.delivered || (this.#isStreamed(attempt) && this.text.isTaken),
    deliver: (attempt: Attempt, text: string): void => {
      if (this.#isStreamed(attempt)) this.text.append(text);
      if (!this.#text.isRead(attempt)) return;
      attempt.delivered = true;
      const { key, attempt: number } = attempt.effect;
      const taskId = attempt.task.definition.id;
      this.#publish({ kind: "step_delta", ...this.#place(), key, taskId, attempt: number, text });
    },
    takeBack: (attempt: Attempt, length: number): void => {
      if (length > 0 && this.#isStreamed(attempt)) this.text.takeBack(length);
    },
  };

  #isStreamed(attempt: Attempt): boolean {
    return this.#options.streamed[attempt.effect.task] === true;
  }

  /** A failed attempt's text is taken back. */
  #settleText(fact: Fact): void {
    if (fact.kind === "attempt_succeeded") this.text.settle();
    if (fact.kind === "attempt_failed") this.text.takeBack();
  }

  /** Readers of pieces are told where a step starts again of which they have some. */
  #tellReset(fact: Fact, { step: { key, taskId, attempt } }: StepRetryingEvent): void {
    if (fact.kind !== "attempt_failed" || !fact.delivered) return;
    this.#publish({ kind: "step_reset", ...this.#place(), key, taskId, attempt });
  }

  /** Where a live-only event stands. */
  #place(): { readonly runId: string; readonly chainId: string; readonly seq: number; readonly at: number } {
    const seq = this.#state.status === "new" ? 0 : Math.max(0, this.#state.events - 1);
    return { runId: this.runId, chainId: this.program.chain.id, seq, at: this.parts.clock.now() };
  }

  #trace(): RunTrace {
    const usage = this.#state.status === "new" ? NO_USAGE : this.#state.usage;
    return { runId: this.runId, chainId: this.program.chain.id, steps: this.#steps, usage };
  }

  #result(): RunResult {
    const state = this.#state;
    const trace = this.#trace();
    switch (state.status) {
      case "completed":
        return { status: "ok", ...trace, output: state.output.value, outputType: state.output.type };
      case "failed":
        return {
          status: "failed",
          ...trace,
          error: new RunFailedError(state.error, trace, this.#causeOf(state.error)),
        };
      case "cancelled":
        return { status: "cancelled", ...trace, error: new RunFailedError(stopped(state).toJSON(), trace, undefined) };
      default:
        throw new CatenaryError("engine_defect", `the run stopped in the state ${state.status}`);
    }
  }

  /** The very error that was thrown, where the last attempt is what failed the run; an earlier one may have been caught. */
  #causeOf({ cause }: ErrorData): unknown {
    const last = this.#lastFailure;
    if (last?.fact.kind === "attempt_failed" && last.fact.error === cause) return last.error;
    return cause && fromErrorData(cause);
  }

  #close(result: RunResult): void {
    this.#closed = true;
    for (const attempt of this.#attempts.values()) attempt.interrupt(stopped(this.#state));
    this.#attempts.clear();
    this.text.end("error" in result ? result.error : undefined);
    for (const stream of [...this.#streams, ...this.#deltaStreams]) stream.end();
    this.#onOver();
  }
}

function stopped(state: RunState): CatenaryError {
  const reason = state.status === "cancelled" ? state.reason : "it is over";
  return new CatenaryError("run_cancelled", `the run was cancelled: ${reason}`, { failure: "cancelled" });
}

/** Two waiting pieces of the same text are one. */
function mergeDeltas(last: RunEvent, next: RunEvent): RunEvent | undefined {
  if (last.kind !== "step_delta" || next.kind !== "step_delta") return undefined;
  if (last.key !== next.key || last.attempt !== next.attempt) return undefined;
  return { ...next, text: last.text + next.text };
}
