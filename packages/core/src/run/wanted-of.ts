import type { ExecuteConfig } from "../chain/chain.ts";
import type { CallKind, SamplingOptions, Wanted } from "../routing/call/model-request.ts";
import type { TextCount } from "../routing/candidates/text-count.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";

export interface CallNeeds {
  readonly kind: CallKind;
  /** Named by the request itself. A `model` of `execute_config` replaces it; its `models` come after it, as they come after a `model`. */
  readonly model?: string | undefined;
  readonly contextLength?: number | undefined;
  /** Where it may have to be counted. */
  readonly count?: TextCount;
  readonly tools?: boolean;
  /** How many tokens the answer may have. */
  readonly outputTokens?: number | undefined;
  /** The run that the call belongs to: it is its session where `routing` says `sticky`. */
  readonly runId?: string;
}

/** Which models may take a call: the task's `model`, else the request's; after it the task's `models`; else the runtime's default of that kind. */
export function wantedOf(config: ExecuteConfig, needs: CallNeeds, defaults: RuntimeDefaults): Wanted {
  const first = config.model || needs.model;
  const models = [...(first ? [first] : []), ...(config.models ?? [])];
  const providers = [...(config.provider ? [config.provider] : []), ...(config.providers ?? [])];
  const { model, provider } = defaultOf(needs.kind, defaults);
  return {
    kind: needs.kind,
    models: models.length > 0 || model === undefined ? models : [model],
    providers: providers.length > 0 || provider === undefined ? providers : [provider],
    contextLength: needs.contextLength ?? 0,
    ...(needs.count !== undefined && { count: needs.count }),
    outputTokens: needs.outputTokens ?? 0,
    tools: needs.tools ?? false,
    policy: config.routing?.policy,
    group: config.routing?.group,
    purpose: config.routing?.purpose,
    session: config.routing?.session || (config.routing?.sticky === true ? needs.runId : undefined),
  };
}

function defaultOf(
  kind: CallKind,
  defaults: RuntimeDefaults,
): { model?: string | undefined; provider?: string | undefined } {
  if (kind === "embed") return defaults.embedding ?? {};
  if (kind === "prompt") return defaults;
  return { model: defaults.chat?.model ?? defaults.model, provider: defaults.chat?.provider ?? defaults.provider };
}

/** How the model is to answer: what the task says, field by field, before what the request says. */
export function samplingOf(config: ExecuteConfig, request: SamplingOptions = {}): SamplingOptions {
  const { temperature, topP, stop, seed, presencePenalty, frequencyPenalty } = config;
  // A limit that is none counts as not given.
  const maxTokens = config.maxTokens !== undefined && config.maxTokens >= 1 ? config.maxTokens : undefined;
  const said = { temperature, maxTokens, topP, stop, seed, presencePenalty, frequencyPenalty };
  const merged = { ...request };
  for (const [name, value] of Object.entries(said)) if (value !== undefined) Object.assign(merged, { [name]: value });
  return merged;
}
