import type { ExecuteConfig, TaskDefinition } from "../chain/chain.ts";
import type { Program } from "../engine/program.ts";
import { VariableScope } from "../engine/variable-scope.ts";
import { HookError } from "../errors/hook-error.ts";
import type { GenerateRequest, HandlerContext } from "../handler/handler.ts";
import { callHook } from "../hook/call-hook.ts";
import { promptOf } from "../model/prompt-of.ts";
import type { ModelReply } from "../model/reply.ts";
import { embed } from "../routing/embed.ts";
import { type GenerateOptions, generate } from "../routing/generate.ts";
import type { ModelRequest } from "../routing/model-request.ts";
import { orAborted } from "../surroundings/abort.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Json, JsonObject } from "../value/json.ts";
import type { RungRecord } from "../value/rung.ts";
import { suggest } from "../value/suggest.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { Attempt } from "./attempt.ts";
import type { RunParts } from "./run-parts.ts";
import { TextTrimmer } from "./trim-text.ts";
import { samplingOf, wantedOf } from "./wanted-of.ts";

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
  /** Takes the last `length` characters of the attempt's text back. Nobody has them. */
  takeBack(attempt: Attempt, length: number): void;
}

/** The context of one attempt. */
export class AttemptContext implements HandlerContext {
  readonly #around: AttemptSurroundings;
  readonly #attempt: Attempt;
  #scope: VariableScope | undefined;

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

  async call<T>(_name: string, act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    return orAborted(Promise.resolve(act(this.signal)), this.signal);
  }

  /** Not through `call`: a routed call ends with its signal by itself. */
  generate(request: GenerateRequest): Promise<ModelReply> {
    return this.#generate(request, this.signal);
  }

  embed(text: string): Promise<readonly number[]> {
    const { parts } = this.#around;
    const wanted = wantedOf(this.executeConfig, { kind: "embed" }, parts.defaults);
    return this.call(
      "embed",
      async (signal) => (await embed(parts.routing, wanted, text, this.#tryOptions(signal))).vector,
    );
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
    return this.call("count_tokens", async () => this.#around.parts.tokens.count(text, model));
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

  async #generate(request: GenerateRequest, signal: AbortSignal): Promise<ModelReply> {
    const { parts } = this.#around;
    const { kind, model, contextLength, tools = [], toolChoice, preferredFormat, answer, sampling, stream } = request;
    const routed = {
      wanted: wantedOf(this.executeConfig, { kind, model, contextLength, tools: tools.length > 0 }, parts.defaults),
      prompt: promptOf(request.messages),
      sampling: samplingOf(this.executeConfig, sampling),
      tools,
      ...(toolChoice !== undefined && { toolChoice }),
      ...(preferredFormat !== undefined && { preferredFormat }),
      ...(answer !== undefined && { answer }),
    };
    const options = this.#tryOptions(signal);
    if (stream === undefined || answer !== undefined) return generate(parts.routing, routed, options);
    const trimmerOf = () => (stream === "trimmed" ? new TextTrimmer() : VERBATIM);
    if (this.#around.isRead(this.#attempt)) return this.#stream(routed, options, trimmerOf);
    const reply = await generate(parts.routing, routed, options);
    this.emit(trimmerOf().push(reply.text));
    return reply;
  }

  /** Each model that is tried writes the text from its beginning. */
  #stream(routed: ModelRequest, options: GenerateOptions, trimmerOf: () => Trimmer): Promise<ModelReply> {
    const attempt = this.#attempt;
    const before = attempt.text.length;
    let trimmer = trimmerOf();
    return generate(this.#around.parts.routing, routed, {
      ...options,
      onText: (text) => this.emit(trimmer.push(text)),
      isDelivered: () => this.#around.isDelivered(attempt),
      onStart: () => {
        trimmer = trimmerOf();
        this.#around.takeBack(attempt, attempt.text.length - before);
        attempt.text = attempt.text.slice(0, before);
      },
    });
  }

  #tryOptions(signal: AbortSignal) {
    return {
      triesLeft: this.#attempt.triesLeft,
      signal,
      clock: this.#around.parts.clock,
      onRouted: this.#attempt.report.bind(this.#attempt),
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
