import type { ExecuteConfig, TaskDefinition } from "../chain/chain.ts";
import type { Program } from "../engine/program.ts";
import { VariableScope } from "../engine/variable-scope.ts";
import { HookError } from "../errors/hook-error.ts";
import type { GenerateRequest, HandlerContext } from "../handler/handler.ts";
import { callHook } from "../hook/call-hook.ts";
import { textTokens } from "../model/prompt-size.ts";
import type { ModelReply } from "../model/reply.ts";
import { embed } from "../routing/call/embed.ts";
import { type GenerateOptions, generate } from "../routing/call/generate.ts";
import type { RoutedCall } from "../routing/call/journey.ts";
import type { TryOptions as RoutingOptions } from "../routing/call/try-candidates.ts";
import { orAborted } from "../surroundings/abort.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Json, JsonObject } from "../value/json.ts";
import type { RungRecord } from "../value/rung.ts";
import { suggest } from "../value/suggest.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { Attempt } from "./attempt.ts";
import { deadlineOf } from "./deadline-of.ts";
import { modelRequestOf } from "./model-request-of.ts";
import type { RunParts } from "./run-parts.ts";
import { TextTrimmer } from "./trim-text.ts";
import { wantedOf } from "./wanted-of.ts";

/** What an attempt's context needs of the run around it. */
export interface AttemptSurroundings {
  readonly runId: string;
  readonly program: Program;
  readonly parts: RunParts;
  /** Whether anybody would read the pieces of this task's text. */
  isRead(attempt: Attempt): boolean;
  /** Hands a piece of the task's text on. */
  deliver(attempt: Attempt, text: string): void;
  /** Whether a reader has any of the attempt's text. */
  isDelivered(attempt: Attempt): boolean;
  /** Takes the last `length` characters of the attempt's text back. Readers who have any are told that the step starts again. */
  takeBack(attempt: Attempt, length: number): void;
}

type TryOptions = Omit<RoutingOptions, "isCommitted">;

/** The context of one attempt. */
export class AttemptContext implements HandlerContext {
  readonly #around: AttemptSurroundings;
  readonly #attempt: Attempt;
  #scope: VariableScope | undefined;
  #calls = 0;

  constructor(around: AttemptSurroundings, attempt: Attempt) {
    this.#around = around;
    this.#attempt = attempt;
  }

  get runId(): string {
    return this.#around.runId;
  }

  get chainId(): string {
    return this.#around.program.chain.id;
  }

  get key(): string {
    return this.#attempt.effect.key;
  }

  get attempt(): number {
    return this.#attempt.effect.attempt;
  }

  get task(): TaskDefinition {
    return this.#attempt.task.definition;
  }

  get executeConfig(): ExecuteConfig {
    return this.#attempt.task.executeConfig;
  }

  get tokenLimit(): number {
    return this.#around.program.chain.tokenLimit ?? 0;
  }

  get input(): TypedValue {
    return this.#attempt.effect.input;
  }

  get triesLeft(): number {
    return this.#attempt.effect.triesLeft - this.#attempt.calls.tries;
  }

  get startedAt(): number {
    return this.#attempt.startedAt;
  }

  get signal(): AbortSignal {
    return this.#attempt.signal;
  }

  variable(name: string): TypedValue | undefined {
    return this.#variables().typed(name);
  }

  render(template: string, root?: Json): string {
    const read = this.#attempt.task.templates.get(template) ?? parseTemplate(template);
    return root === undefined ? read.render(this.#variables()) : read.renderValue(root);
  }

  systemInstruction(): string {
    return this.#attempt.task.system?.render(this.#variables()) ?? "";
  }

  async call<T>(name: string, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this;
    signal.throwIfAborted();
    return orAborted(
      this.#outside(name, async () => act(signal)),
      signal,
    );
  }

  /** Does not wait for its signal: a routed call ends with it by itself. */
  async generate(request: GenerateRequest): Promise<ModelReply> {
    const { parts } = this.#around;
    const { stream, answer } = request;
    const routed = modelRequestOf(request, this.executeConfig, parts.defaults, this.runId);
    const isText = stream !== undefined && answer === undefined;
    const isStreamed = isText && this.#around.isRead(this.#attempt);
    const trimmerOf = () => (stream === "trimmed" ? new TextTrimmer() : VERBATIM);
    const { reply, isReplayed } = await this.#route("generate", (options) =>
      generate(parts.routing, routed, isStreamed ? { ...options, ...this.#streamTo(trimmerOf) } : options),
    );
    if (isReplayed && reply.askedBy !== undefined) answer?.onAsked?.(reply.askedBy);
    if (isText && (isReplayed || !isStreamed)) this.emit(trimmerOf().push(reply.text));
    return reply;
  }

  async embed(text: string): Promise<readonly number[]> {
    const { parts } = this.#around;
    const needs = { kind: "embed", contextLength: textTokens(text), runId: this.runId } as const;
    const wanted = wantedOf(this.executeConfig, needs, parts.defaults);
    const { reply } = await this.#route("embed", (options) => embed(parts.routing, wanted, text, options));
    return reply.vector;
  }

  async callHook(name: string, args: JsonObject): Promise<Json> {
    const { parts, runId } = this.#around;
    const hook = parts.hook(name);
    if (hook === undefined) throw unknownHook(name, parts.hookNames());
    const idempotencyKey = `${runId}/${this.key}`;
    const { attempt, input } = this;
    return this.call("hook", (signal) =>
      callHook(
        hook,
        { name, args, input, runId, idempotencyKey, attempt, signal },
        { fetch: parts.fetch, clock: parts.clock },
      ),
    );
  }

  countTokens(text: string, model: string): Promise<number> {
    const { tokens, defaults } = this.#around.parts;
    const name = model || this.executeConfig.models?.[0] || defaults.chat?.model || defaults.model || "";
    return this.call("count_tokens", async () => tokens.count(text, name));
  }

  emit(text: string): void {
    if (text === "" || this.#attempt.isInterrupted) return;
    this.#attempt.text += text;
    this.#around.deliver(this.#attempt, text);
  }

  reportRung(record: RungRecord): void {
    this.#attempt.reportRung(record);
  }

  newId(): string {
    return this.#around.parts.ids();
  }

  /** The one way out. Calls are numbered, so that a journal knows them again when the attempt is made once more. */
  #outside<T>(name: string, act: () => Promise<T>): Promise<T> {
    const number = this.#calls++;
    const { journalCall } = this.#around.parts;
    if (journalCall === undefined) return act();
    const { runId, key, attempt } = this;
    return journalCall({ runId, key, attempt, number, name }, act);
  }

  /** A routed call, reported for the step's record: as soon as it is known where it is made, and else as the journal has it. */
  async #route<T>(
    name: string,
    act: (options: TryOptions) => Promise<T>,
  ): Promise<{ readonly reply: T; readonly isReplayed: boolean }> {
    const attempt = this.#attempt;
    let reported: RoutedCall | undefined;
    const onRouted = (call: RoutedCall) => {
      reported = call;
      attempt.report(call);
    };
    const options = {
      triesLeft: attempt.triesLeft,
      owner: attempt,
      deadlineAt: deadlineOf(this.executeConfig.routing, attempt.stepStartedAt),
      isOwnRetry: this.attempt > 1,
      onRouted,
    };
    const { reply, call } = await this.#outside(name, async () => ({ reply: await act(options), call: reported }));
    const isReplayed = reported === undefined;
    if (isReplayed && call !== undefined) attempt.report(call);
    return { reply, isReplayed };
  }

  /**
   * Each model that is tried writes the text from its beginning. Where a reader has some of it, no other is tried, unless the task
   * says `restart` and readers can be told that all they have of the step is void.
   */
  #streamTo(trimmerOf: () => Trimmer): Pick<GenerateOptions, "onText" | "isDelivered" | "isRestartable" | "onStart"> {
    const attempt = this.#attempt;
    const before = attempt.text.length;
    let trimmer = trimmerOf();
    return {
      onText: (text) => this.emit(trimmer.push(text)),
      isDelivered: () => this.#around.isDelivered(attempt),
      isRestartable: this.task.restart === true && before === 0,
      onStart: () => {
        trimmer = trimmerOf();
        this.#around.takeBack(attempt, attempt.text.length - before);
        attempt.text = attempt.text.slice(0, before);
      },
    };
  }

  #variables(): VariableScope {
    this.#scope ??= new VariableScope(this.#around.program, this.#attempt.variables);
    return this.#scope;
  }
}

type Trimmer = Pick<TextTrimmer, "push">;

const VERBATIM: Trimmer = { push: (text) => text };

function unknownHook(name: string, names: readonly string[]): HookError {
  const meant = suggest(name, names);
  const known = names.length === 0 ? "no hook is registered" : `there are: ${names.join(", ")}`;
  return new HookError(
    "hook_unknown",
    `there is no hook ${JSON.stringify(name)}; ${known}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { failure: "chain", hook: name },
  );
}
