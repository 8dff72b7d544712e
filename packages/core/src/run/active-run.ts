import type { Effect, ExecuteEffect } from "../engine/effect.ts";
import type { Fact } from "../engine/fact.ts";
import type { Program } from "../engine/program.ts";
import { runCancelled } from "../engine/run-cancelled.ts";
import type { RecordedEvent, RunEvent, StepRetryingEvent } from "../engine/run-event.ts";
import { NEW_RUN, type RunState } from "../engine/run-state.ts";
import type { StepKey } from "../engine/step-key.ts";
import type { StepRecord } from "../engine/step-record.ts";
import { type Decision, transition } from "../engine/transition.ts";
import { CatenaryError, toErrorData } from "../errors/catenary-error.ts";
import type { BoundedStream } from "../events/bounded-stream.ts";
import { isThenable } from "../surroundings/is-thenable.ts";
import { yieldToHost } from "../surroundings/yield-to-host.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { NO_USAGE } from "../value/usage.ts";
import { Announcer } from "./announcer.ts";
import { Attempt } from "./attempt.ts";
import { type AttemptOutcome, type AttemptOwner, executeAttempt } from "./execute-attempt.ts";
import { brokenOff, endOf, stopped, stoppedWithoutStore } from "./run-end.ts";
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
  /** Whether text is streamed although nobody reads it yet. Default false. */
  readonly streamsUnread?: boolean;
}

/** How many facts may follow each other before the clock is looked at, and how long they may take before the host has its turn. */
const FACTS_BETWEEN_LOOKS = 128;
const LONGEST_HOLD_MS = 10;

/** How long a cancelled run waits for its store to keep that. */
const CANCEL_GRACE_MS = 5_000;

const NO_STEPS: readonly StepRecord[] = Object.freeze([]);
const NO_ATTEMPTS: readonly Attempt[] = Object.freeze([]);

/**
 * A run under way: performs what the engine decides, and feeds back what came of it. It is a list of facts and who works
 * through it, not a function that waits: runs wait by the thousand, and a waiting function costs more than the run.
 */
export class ActiveRun implements AttemptOwner {
  readonly runId: string;
  readonly program: Program;
  readonly parts: RunParts;
  readonly text = new TextLog();
  /** Resolves when the run has ended. Never rejects. */
  readonly result: Promise<RunResult>;
  readonly #streamed: readonly boolean[];
  readonly #streamsUnread: boolean;
  readonly #steps: StepRecord[] = [];
  readonly #inbox: Fact[];
  readonly #announcer: Announcer;
  #attempts = NO_ATTEMPTS;
  /** When the step began that a thread is at, by the thread's path. */
  readonly #stepStarts = new Map<string, number>();
  #state: RunState = NEW_RUN;
  #lastFailure: AttemptOutcome | undefined;
  #facts = 0;
  #heldSince: number;
  /** Whether somebody works through the inbox. Until the start nobody does, and nobody may. */
  #isAtWork = true;
  /** Somebody asked for the end: nothing new is begun, although the engine does not know it yet. */
  #isStopping = false;
  #isClosed = false;
  /** Stops the timer that ends a cancelled run whose store does not answer. */
  #stopGrace: (() => void) | undefined;
  #resolve: (result: RunResult) => void = () => {};
  #onOver: (() => void) | undefined;

  constructor(options: ActiveRunOptions) {
    this.result = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.#streamed = options.streamed;
    this.#streamsUnread = options.streamsUnread ?? false;
    this.runId = options.runId;
    this.program = options.program;
    this.parts = options.parts;
    this.#announcer = new Announcer(this.runId, this.program.chain.id, this.parts);
    const { runId, input, variables, stepBudget } = options;
    this.#heldSince = this.parts.clock.now();
    this.#inbox = [{ kind: "run_started", at: this.#heldSince, runId, input, variables, stepBudget }];
  }

  /** Begins in a microtask, so that whoever starts it can listen before the first event. `onOver` is called at its end. */
  start(onOver: () => void): void {
    this.#onOver = onOver;
    queueMicrotask(() => this.#work());
  }

  /** Ends the run as soon as its store has kept that, or five seconds later without it. */
  cancel(reason: string): void {
    this.#isStopping = true;
    const underWay = this.#attempts.filter(({ isUnderWay }) => isUnderWay);
    // Who was being asked belongs into the record of the step, and is known when the call is given up.
    for (const attempt of underWay) attempt.endCalls(runCancelled(reason));
    const attempts = underWay.map(({ effect: { key, attempt }, startedAt, calls }) => ({
      key,
      attempt,
      startedAt,
      calls,
    }));
    this.#take({ kind: "cancel_requested", at: this.parts.clock.now(), reason, attempts });
    if (this.#isClosed || this.#stopGrace !== undefined) return;
    this.#stopGrace = this.parts.clock.setTimer(CANCEL_GRACE_MS, () => this.#abandon(reason));
  }

  /** What happened before is in the store, as far as it still keeps it: so many events were told. */
  get told(): number {
    return this.#announcer.told;
  }

  /** Everything that happens from now on; of a text that is being written, all that there is. */
  follow(options: { readonly deltas: boolean }): BoundedStream<RunEvent> {
    const stream = this.#announcer.follow(options);
    if (!options.deltas || this.#isClosed) return stream;
    for (const attempt of this.#attempts) {
      if (attempt.text === "") continue;
      attempt.delivered = true;
      stream.push(this.#delta(attempt, attempt.text));
    }
    return stream;
  }

  /** What a reader gets in the place of events that nobody keeps any more. */
  dropped(count: number): RunEvent {
    return this.#announcer.dropped(count);
  }

  /** Whether an event is in no store, although it is of a kind that is recorded. */
  isUnkept(event: RunEvent): boolean {
    return event === this.#announcer.unkept;
  }

  /** Applies one fact after the other until none waits or the run is over. */
  #work(): void {
    this.#isAtWork = true;
    try {
      while (this.#state.status === "new" || this.#state.status === "running") {
        const fact = this.#inbox.shift();
        if (fact === undefined) {
          this.#isAtWork = false;
          return;
        }
        const pause = this.#apply(fact) ?? this.#pause();
        if (pause !== undefined) {
          pause.then(
            () => this.#work(),
            (error: unknown) => this.#breakOff(error),
          );
          return;
        }
      }
      this.#close(endOf(this.#state, this.#trace(), this.#lastFailure));
    } catch (error) {
      this.#breakOff(error);
    }
  }

  /** The run cannot go on: its store failed, or something of ours. */
  #breakOff(error: unknown): void {
    if (this.#isClosed) return;
    const { told: seq } = this.#announcer;
    const event = { kind: "run_failed", ...this.#announcer.place(), seq, error: toErrorData(error) } as const;
    this.#announcer.tellUnkept(event);
    this.#close(brokenOff(this.#trace(), error));
  }

  /** The run was cancelled, and its store hangs. What it still keeps later is kept, but nobody waits for it. */
  #abandon(reason: string): void {
    if (this.#isClosed) return;
    const { told: seq } = this.#announcer;
    this.#announcer.tellUnkept({ kind: "run_cancelled", ...this.#announcer.place(), seq, reason });
    this.#close(stoppedWithoutStore(this.#trace(), reason, CANCEL_GRACE_MS));
  }

  /** Lets the host have a turn where facts have followed each other for too long. */
  #pause(): Promise<void> | undefined {
    this.#facts++;
    if (this.#facts % FACTS_BETWEEN_LOOKS !== 0) return undefined;
    const now = this.parts.clock.now();
    if (now - this.#heldSince <= LONGEST_HOLD_MS) return undefined;
    this.#heldSince = now;
    return yieldToHost();
  }

  /** One decision: decide, keep, tell, act. */
  #apply(fact: Fact): undefined | Promise<void> {
    const decision = transition(this.program, this.#state, fact);
    const { state, events } = decision;
    this.#state = state;
    const steps = stepsOf(events);
    for (const step of steps) this.#steps.push(step);
    this.#settleText(fact);
    const { id: chainId, hash: chainHash } = this.program.chain;
    const { runId } = this;
    const kept = this.parts.store.commit({ runId, epoch: 0, chainId, chainHash, steps, facts: [fact], events, state });
    if (isThenable(kept)) return this.#tellAndActAfter(kept, fact, decision);
    this.#tellAndAct(fact, decision);
    return undefined;
  }

  async #tellAndActAfter(kept: PromiseLike<void>, fact: Fact, decision: Decision): Promise<void> {
    await kept;
    this.#tellAndAct(fact, decision);
  }

  #tellAndAct(fact: Fact, { events, effects }: Decision): void {
    if (this.#isClosed) return;
    for (const event of events) {
      this.#announcer.tell(event);
      if (event.kind === "step_retrying") this.#tellReset(fact, event);
    }
    for (const effect of effects) this.#perform(effect);
  }

  #perform(effect: Effect): void {
    switch (effect.kind) {
      case "execute":
        this.#execute(effect);
        return;
      case "cancel":
        this.#attempts.find((attempt) => attempt.effect.key === effect.key)?.interrupt(stopped(this.#state));
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
    const attempt = this.#attempt(effect);
    attempt.isUnderWay = true;
    executeAttempt(this, attempt);
  }

  /** Makes it the one attempt of its step. */
  #attempt(effect: ExecuteEffect): Attempt {
    const task = this.program.tasks[effect.task];
    if (task === undefined) throw new CatenaryError("engine_defect", `the chain has no task at place ${effect.task}`);
    const variables = (this.#state.status === "running" && this.#state.threads[effect.thread]?.variables) || [];
    const startedAt = this.parts.clock.now();
    if (effect.attempt === 1) this.#stepStarts.set(effect.thread, startedAt);
    const stepStartedAt = this.#stepStarts.get(effect.thread) ?? startedAt;
    const attempt = new Attempt({ effect, task, variables, startedAt, stepStartedAt });
    this.#attempts =
      this.#attempts.length === 0
        ? [attempt]
        : [...this.#attempts.filter((other) => other.effect.key !== effect.key), attempt];
    return attempt;
  }

  settle(attempt: Attempt, outcome: AttemptOutcome): void {
    if (!this.#attempts.includes(attempt)) return;
    this.#attempts = this.#attempts.length === 1 ? NO_ATTEMPTS : this.#attempts.filter((other) => other !== attempt);
    attempt.stopTimer?.();
    if (outcome.error !== undefined) this.#lastFailure = outcome;
    this.#take(outcome.fact);
  }

  #take(fact: Fact): void {
    this.#inbox.push(fact);
    if (!this.#isAtWork) this.#work();
  }

  isRead(attempt: Attempt): boolean {
    return this.#streamsUnread || this.#hasReader(attempt);
  }

  #hasReader(attempt: Attempt): boolean {
    return this.#announcer.wantDeltas || (this.#isStreamed(attempt) && this.text.isRead);
  }

  isDelivered(attempt: Attempt): boolean {
    return attempt.delivered || (this.#isStreamed(attempt) && this.text.isTaken);
  }

  deliver(attempt: Attempt, text: string): void {
    if (this.#isStreamed(attempt)) this.text.append(text);
    if (!this.#hasReader(attempt)) return;
    attempt.delivered = true;
    this.#announcer.publish(this.#delta(attempt, text));
  }

  #delta({ effect: { key, attempt }, task }: Attempt, text: string) {
    const taskId = task.definition.id;
    return { kind: "step_delta", ...this.#announcer.place(), key, taskId, attempt, text } as const;
  }

  takeBack(attempt: Attempt, length: number): void {
    if (length === 0) return;
    const wasDelivered = this.isDelivered(attempt);
    if (this.#isStreamed(attempt)) this.text.takeBack(length);
    if (!wasDelivered) return;
    attempt.delivered = false;
    const { key, attempt: number } = attempt.effect;
    this.#publishReset(key, attempt.task.definition.id, number);
  }

  #isStreamed(attempt: Attempt): boolean {
    return this.#streamed[attempt.effect.task] === true;
  }

  /** A failed attempt's text is taken back. */
  #settleText(fact: Fact): void {
    if (fact.kind === "attempt_succeeded") this.text.settle();
    if (fact.kind === "attempt_failed") this.text.takeBack();
  }

  /** Readers of pieces are told where a step starts again of which they have some. */
  #tellReset(fact: Fact, { step: { key, taskId, attempt } }: StepRetryingEvent): void {
    if (fact.kind === "attempt_failed" && fact.delivered) this.#publishReset(key, taskId, attempt);
  }

  #publishReset(key: StepKey, taskId: string, attempt: number): void {
    this.#announcer.publish({ kind: "step_reset", ...this.#announcer.place(), key, taskId, attempt });
  }

  #trace(): RunTrace {
    const usage = this.#state.status === "new" ? NO_USAGE : this.#state.usage;
    return { runId: this.runId, chainId: this.program.chain.id, steps: this.#steps, usage };
  }

  #close(result: RunResult): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#stopGrace?.();
    const left = this.#attempts;
    this.#attempts = NO_ATTEMPTS;
    for (const attempt of left) attempt.interrupt(stopped(this.#state));
    this.text.end("error" in result ? result.error : undefined);
    this.#announcer.end();
    this.#onOver?.();
    this.#resolve(result);
  }
}

/** The attempts that ended. */
function stepsOf(events: readonly RecordedEvent[]): readonly StepRecord[] {
  let steps = NO_STEPS;
  for (const event of events) if ("step" in event) steps = steps === NO_STEPS ? [event.step] : [...steps, event.step];
  return steps;
}
