import type { ExecuteConfig } from "../chain/chain.ts";
import { DEFAULT_TRIES, triesOf } from "../engine/tries-of.ts";
import { InputError } from "../errors/input-error.ts";
import { PRECISE } from "../handler/call-prompt.ts";
import { promptOf } from "../model/prompt-of.ts";
import { promptSize, textTokens } from "../model/prompt-size.ts";
import { cutShort, type ModelReply, wholeReply } from "../model/reply.ts";
import { embed } from "../routing/call/embed.ts";
import { generate } from "../routing/call/generate.ts";
import type { RoutedCall } from "../routing/call/journey.ts";
import type { TryOptions } from "../routing/call/try-candidates.ts";
import { withRoute } from "../routing/call/with-route.ts";
import { TextCount } from "../routing/candidates/text-count.ts";
import type { ChatMessage } from "../value/chat-history.ts";
import { checkOptionNames } from "../value/check-option-names.ts";
import { convertChatHistory } from "../value/convert-chat-history.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { RouteRecord } from "../value/route-record.ts";
import type { Usage } from "../value/usage.ts";
import type { ChatHistoryInput } from "../value/value-of.ts";
import { CALL_OPTIONS, checkCallOptions } from "./check-call-options.ts";
import { deadlineOf } from "./deadline-of.ts";
import type { RunParts } from "./run-parts.ts";
import { tellCall } from "./tell-call.ts";
import { samplingOf, wantedOf } from "./wanted-of.ts";

/** `undefined` is the same as absent, so that a variable of the environment can be handed on as it is. */
type Absentable<T> = { readonly [Key in keyof T]: T[Key] | undefined };

/** Which model is to answer, and how. What is absent is the runtime's default. */
export interface CallOptions
  extends Absentable<
    Pick<
      ExecuteConfig,
      | "model"
      | "models"
      | "provider"
      | "providers"
      | "temperature"
      | "maxTokens"
      | "topP"
      | "stop"
      | "seed"
      | "presencePenalty"
      | "frequencyPenalty"
    >
  > {
  readonly routing?: Absentable<NonNullable<ExecuteConfig["routing"]>> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Gets the call when it is over, answered or not: who had it, why, and how long. What it throws is lost. */
  readonly onRouted?: ((call: RoutedCall) => void) | undefined;
}

export interface PromptOptions extends CallOptions {
  /** Text that comes before the prompt, as the model's instruction. */
  readonly system?: string | undefined;
}

interface Answered {
  /** The model that answered. */
  readonly model: string;
  /** The id of the backend that it answered on. */
  readonly backend: string;
  readonly usage: Usage;
  readonly route: RouteRecord;
}

export interface PromptResult extends Answered {
  readonly text: string;
}

export interface ChatResult extends Answered {
  /** The model's message. */
  readonly message: ChatMessage;
}

export interface EmbedResult extends Answered {
  readonly vector: readonly number[];
}

/**
 * One routed prompt, outside of any chain.
 *
 * @throws ReplyError where the answer reached the limit of tokens: half of one is none.
 */
export async function promptOnce(parts: RunParts, text: string, options: PromptOptions = {}): Promise<PromptResult> {
  if (typeof text !== "string" || text === "") {
    throw new InputError(
      `a prompt is a text that is not empty; got ${text === "" ? "an empty one" : describeKind(text)}`,
    );
  }
  checkCallOptions(options);
  checkOptionNames(options, [...CALL_OPTIONS, "system"], "a prompt");
  const timestamp = new Date(parts.clock.now()).toISOString();
  const messages: ChatMessage[] = options.system ? [{ role: "system", content: options.system, timestamp }] : [];
  messages.push({ role: "user", content: text, timestamp });
  const { reply, routed } = await ask(parts, "prompt", messages, options);
  return { text: reply.text, ...answered(routed, reply.usage) };
}

/** One routed turn of a conversation, outside of any chain. An answer that was cut short is kept, with its `finishReason`. */
export async function chatOnce(
  parts: RunParts,
  history: ChatHistoryInput | ChatHistoryInput["messages"],
  options: CallOptions = {},
): Promise<ChatResult> {
  checkCallOptions(options);
  checkOptionNames(options, CALL_OPTIONS, "a conversation");
  const { messages } = convertChatHistory(Array.isArray(history) ? { messages: history } : history);
  if (messages.length === 0) throw new InputError("a conversation needs a message; got none");
  const strange = messages.findIndex(
    ({ role, content, callTools }) => role === "" || (content ?? callTools) === undefined,
  );
  if (strange !== -1) throw new InputError(`message ${strange} of the conversation needs a role and a content`);
  const foreign = messages.find(({ role }) => !ROLES.includes(role))?.role;
  if (foreign !== undefined) {
    throw new InputError(
      `a message of a conversation has one of the roles ${ROLES.join(", ")}; got ${JSON.stringify(foreign)}`,
    );
  }
  const { reply, routed } = await ask(parts, "chat", messages, options);
  const message: ChatMessage = {
    role: "assistant",
    ...(reply.text !== "" && { content: reply.text }),
    ...(reply.toolCalls.length > 0 && { callTools: reply.toolCalls }),
    ...cutShort(reply),
    timestamp: new Date(parts.clock.now()).toISOString(),
  };
  return { message, ...answered(routed, reply.usage) };
}

/** Any other would be taken for the user. */
const ROLES: readonly string[] = ["system", "user", "assistant", "tool"];

/** One routed embedding, outside of any chain. */
export async function embedOnce(parts: RunParts, text: string, options: CallOptions = {}): Promise<EmbedResult> {
  if (typeof text !== "string" || text === "") {
    throw new InputError(
      `what is embedded is a text that is not empty; got ${text === "" ? "an empty one" : describeKind(text)}`,
    );
  }
  checkCallOptions(options);
  checkOptionNames(options, CALL_OPTIONS, "an embedding");
  const { routed, tryOptions } = collect(parts, "embed", options);
  const wanted = wantedOf(asConfig(options), { kind: "embed", contextLength: textTokens(text) }, parts.defaults);
  const { vector, usage } = await embed(parts.routing, wanted, text, tryOptions).catch((error: unknown) => {
    throw withRoute(error, routed.call?.route, options.signal);
  });
  return { vector, ...answered(routed, usage) };
}

async function ask(
  parts: RunParts,
  kind: "prompt" | "chat",
  messages: readonly ChatMessage[],
  options: CallOptions,
): Promise<{ readonly reply: ModelReply; readonly routed: Collected }> {
  const { routed, tryOptions } = collect(parts, kind, options);
  const sampling = samplingOf(asConfig(options), kind === "prompt" ? PRECISE : {});
  const prompt = promptOf(messages);
  const size = { contextLength: promptSize(prompt).tokens, count: new TextCount(prompt) };
  const needs = { kind, ...size, outputTokens: sampling.maxTokens };
  const request = { wanted: wantedOf(asConfig(options), needs, parts.defaults), prompt, sampling };
  const asked = generate(parts.routing, request, tryOptions);
  const whole = kind === "prompt" ? asked.then((reply) => wholeReply(reply, "maxTokens")) : asked;
  const reply = await whole.catch((error: unknown) => {
    throw withRoute(error, routed.call?.route, options.signal);
  });
  return { reply, routed };
}

function asConfig(options: CallOptions): ExecuteConfig {
  // Safe: whoever reads it asks for values, and not for keys.
  return options as ExecuteConfig;
}

interface Collected {
  call: RoutedCall | undefined;
}

function collect(
  parts: RunParts,
  kind: "prompt" | "chat" | "embed",
  options: CallOptions,
): {
  readonly routed: Collected;
  readonly tryOptions: Omit<TryOptions, "isCommitted">;
} {
  const routed: Collected = { call: undefined };
  const { routing } = asConfig(options);
  const tryOptions = {
    triesLeft: triesOf(routing, DEFAULT_TRIES),
    deadlineAt: deadlineOf(routing, parts.clock.now()),
    signal: options.signal,
    owner: parts.openCalls,
    onRouted: (call: RoutedCall) => {
      routed.call = call;
      tellCall(parts, kind, call);
      tellCaller(options, call);
    },
  };
  return { routed, tryOptions };
}

/** Who listens is no part of the call: it cannot make it fail. */
function tellCaller({ onRouted }: CallOptions, call: RoutedCall): void {
  try {
    onRouted?.(call);
  } catch {
    // Nobody is there who could be told.
  }
}

function answered({ call }: Collected, usage: Usage): Answered {
  const route = call?.route ?? { policy: "", tried: [], dropped: [] };
  return { model: call?.model ?? "", backend: call?.backend ?? "", usage, route };
}
