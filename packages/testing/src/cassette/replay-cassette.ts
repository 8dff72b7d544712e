import type {
  Backend,
  BackendModel,
  EmbeddingModel,
  Json,
  LanguageModel,
  LanguageModelResult,
  LanguageModelStreamPart,
} from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import { partStream } from "../part-stream.ts";
import { hang } from "../wait.ts";
import type { Cassette, CassetteCall } from "./cassette.ts";
import { cassetteProblemOf } from "./check-cassette.ts";
import { explainMiss } from "./explain-miss.ts";
import { keyOf, normaliseRequest } from "./normalise-request.ts";
import { type RecordedError, replayError } from "./recorded-error.ts";
import { createScrub } from "./scrub.ts";
import { fromJson } from "./to-json.ts";

export interface ReplayCassetteOptions {
  /** The same as when it was recorded: what is asked is compared without them. */
  readonly secrets?: readonly (string | undefined)[];
  /** What the cassette is called in errors. Default: its backend's id. */
  readonly name?: string;
}

/** Finds what was recorded for a call. */
type Find = (kind: CassetteCall["kind"], model: string, options: AskedOptions) => CassetteCall;

interface AskedOptions {
  readonly abortSignal?: AbortSignal | undefined;
}

/**
 * A backend that answers from a cassette and asks nobody. What was asked several times is answered in the order in which it
 * was recorded, and then as the last time. Recorded errors are thrown; a call that was given up waits until it is given up.
 * What was never recorded is a `cassette_miss`, which no task tries again.
 *
 * @throws CatenaryError `cassette_invalid` for what is no cassette; `settings_invalid` for options that are none.
 */
export function replayCassette(cassette: Cassette, options: ReplayCassetteOptions = {}): Backend {
  checkOptions("replayCassette()", options, ["secrets", "name"]);
  const problem = cassetteProblemOf(cassette);
  if (problem !== undefined) {
    throw new CatenaryError(
      "cassette_invalid",
      `replayCassette() expects a cassette, such as parseCassette() gives, and got one of which this is wrong: ${problem}`,
    );
  }
  const { id, type, name } = cassette.backend;
  const find = createFind(cassette, options.name ?? id, options);
  const embeds = cassette.calls.some(({ kind }) => kind === "embed");
  return {
    id,
    type,
    ...(name !== undefined && { name }),
    async listModels(listing) {
      listing?.signal?.throwIfAborted();
      return cassette.models.length > 0 ? cassette.models : modelsIn(cassette);
    },
    languageModel: (modelId) => replayLanguageModel(type, modelId, find),
    ...((embeds || cassette.models.some(({ capabilities }) => capabilities?.embed === true)) && {
      embeddingModel: (modelId: string) => replayEmbeddingModel(type, modelId, find),
    }),
  };
}

function createFind(cassette: Cassette, name: string, { secrets }: ReplayCassetteOptions): Find {
  const scrub = createScrub(secrets);
  const recorded = Map.groupBy(cassette.calls, keyOf);
  const asked = new Map<string, number>();
  return (kind, model, options) => {
    const call = { kind, model: String(scrub(model)), request: normaliseRequest(options, scrub) };
    const key = keyOf(call);
    const answers = recorded.get(key) ?? [];
    const count = asked.get(key) ?? 0;
    asked.set(key, count + 1);
    // Only now: a recording counts calls that were given up before they began, too.
    options.abortSignal?.throwIfAborted();
    const answer = answers[Math.min(count, answers.length - 1)];
    if (answer === undefined) {
      const hasSecrets = secrets?.some((secret) => secret !== undefined && secret !== "") === true;
      throw new CatenaryError("cassette_miss", explainMiss(name, call, { calls: cassette.calls, hasSecrets }), {
        details: { cassette: name },
      });
    }
    return answer;
  };
}

/** For a cassette whose recording never listed any. */
function modelsIn({ calls }: Cassette): readonly BackendModel[] {
  const embeds = new Map<string, boolean>();
  for (const { model, kind } of calls) embeds.set(model, embeds.get(model) === true || kind === "embed");
  return [...embeds].map(([id, embed]) => ({ id, ...(embed && { capabilities: { embed } }) }));
}

function replayLanguageModel(provider: string, modelId: string, find: Find): LanguageModel {
  return {
    specificationVersion: "v4",
    provider,
    modelId,
    supportedUrls: {},
    async doGenerate(options) {
      // Safe: recorded from a result.
      return (await answerOf(find("generate", modelId, options), options)) as LanguageModelResult;
    },
    async doStream(options) {
      const call = find("stream", modelId, options);
      if (call.parts === undefined) await answerOf(call, options);
      return { stream: partStream((signal) => replayParts(call, signal), options.abortSignal) };
    },
  };
}

function replayEmbeddingModel(provider: string, modelId: string, find: Find): EmbeddingModel {
  return {
    specificationVersion: "v4",
    provider,
    modelId,
    maxEmbeddingsPerCall: undefined,
    supportsParallelCalls: true,
    async doEmbed(options) {
      // Safe: recorded from a result.
      return (await answerOf(find("embed", modelId, options), options)) as Awaited<
        ReturnType<EmbeddingModel["doEmbed"]>
      >;
    },
  };
}

async function answerOf(call: CassetteCall, { abortSignal }: AskedOptions): Promise<unknown> {
  if (call.error !== undefined) throw replayError(call.error);
  if (call.aborted === true) return giveUp(abortSignal);
  return fromJson(call.result ?? null);
}

async function* replayParts(call: CassetteCall, signal: AbortSignal): AsyncGenerator<LanguageModelStreamPart> {
  for (const part of call.parts ?? []) yield replayPart(part);
  if (call.error !== undefined) throw replayError(call.error);
  if (call.aborted === true) await hang(signal);
}

function replayPart(json: Json): LanguageModelStreamPart {
  // Safe: recorded from a part of a stream.
  const part = fromJson(json) as LanguageModelStreamPart;
  // Safe: an error is kept in this form and no other.
  return part.type === "error" ? { type: "error", error: replayError(part.error as RecordedError) } : part;
}

/** Waits for the caller to give up again; where it cannot, it has. */
function giveUp(signal: AbortSignal | undefined): Promise<never> {
  if (signal !== undefined) return hang(signal);
  return Promise.reject(new DOMException("the recorded call was given up by its caller", "AbortError"));
}
