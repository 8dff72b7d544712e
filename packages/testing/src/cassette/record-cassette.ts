import type { Backend, BackendModel, EmbeddingModel, LanguageModel } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import type { CallEnd, Cassette, CassetteCall } from "./cassette.ts";
import { checkBackend } from "./check-backend.ts";
import { normaliseRequest } from "./normalise-request.ts";
import { recordStream } from "./record-stream.ts";
import { type RecordedError, recordError } from "./recorded-error.ts";
import { createScrub } from "./scrub.ts";
import { scrubParts } from "./scrub-parts.ts";
import { toJson } from "./to-json.ts";

export interface RecordCassetteOptions {
  /** Taken out of everything that is kept, beside what looks like a credential. Undefined ones are passed over. */
  readonly secrets?: readonly (string | undefined)[];
  /** Called with all that was recorded so far, whenever a call has ended. */
  readonly onRecorded?: (cassette: Cassette) => void;
}

export interface RecordingBackend extends Backend {
  /** What was recorded so far. */
  readonly cassette: Cassette;
}

/** Notes one call. Called again, it replaces what it noted. */
export type EndCall = (end: CallEnd) => void;

/**
 * The backend itself, with every call of its models recorded. Headers and bodies of requests are never kept, nor is what looks
 * like a secret; the caller gets everything as it came.
 *
 * @throws CatenaryError `settings_invalid` for what is no backend, and for options that are none.
 */
export function recordCassette(backend: Backend, options: RecordCassetteOptions = {}): RecordingBackend {
  checkBackend("recordCassette()", backend);
  checkOptions("recordCassette()", options, ["secrets", "onRecorded"]);
  const scrub = createScrub(options.secrets);
  // A place is taken when a call begins, so that the order is that of the calls and not of their answers.
  const calls: (CassetteCall | undefined)[] = [];
  let models: readonly BackendModel[] = [];
  const { id, type, name } = backend;
  const recorded = (): Cassette => ({
    version: 1,
    // Safe: scrubbing keeps the shape of what has no field that is a secret by its name.
    backend: scrub({ id, type, ...(name !== undefined && { name }) }) as unknown as Cassette["backend"],
    // Safe: as above.
    models: scrub(toJson(models)) as unknown as readonly BackendModel[],
    calls: calls.filter((call) => call !== undefined),
  });

  const begin = (kind: CassetteCall["kind"], model: string, asked: object): EndCall => {
    const request = normaliseRequest(asked, scrub);
    const place = calls.push(undefined) - 1;
    return ({ result, parts, error, aborted }) => {
      calls[place] = {
        kind,
        model: String(scrub(model)),
        request,
        ...(result !== undefined && { result: scrub(result) }),
        ...(parts !== undefined && { parts: scrubParts(parts, scrub) }),
        // Safe: scrubbing keeps the fields of an error.
        ...(error !== undefined && { error: scrub(toJson(error)) as unknown as RecordedError }),
        ...(aborted === true && { aborted }),
      };
      options.onRecorded?.(recorded());
    };
  };

  return {
    ...passedOn(backend),
    get cassette() {
      return recorded();
    },
    async listModels(listing) {
      const listed = await backend.listModels(listing);
      models = listed.map(describeModel);
      return listed;
    },
    languageModel: (modelId) => recordLanguageModel(backend.languageModel(modelId), modelId, begin),
    ...(backend.embeddingModel !== undefined && {
      embeddingModel: (modelId: string) => {
        // Safe: asked for only where the backend embeds.
        const embedding = backend.embeddingModel?.(modelId) as EmbeddingModel;
        return recordEmbeddingModel(embedding, modelId, begin);
      },
    }),
  };
}

type Begin = (kind: CassetteCall["kind"], model: string, asked: object) => EndCall;

/** What is no call of a model. Backends may be instances of classes, so nothing is copied by name. */
function passedOn(backend: Backend): Pick<Backend, "id" | "type"> & Partial<Backend> {
  const { id, type, name, baseUrl } = backend;
  return {
    id,
    type,
    ...(name !== undefined && { name }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(backend.missingModelHint && { missingModelHint: backend.missingModelHint.bind(backend) }),
    ...(backend.pullModel && { pullModel: backend.pullModel.bind(backend) }),
    ...(backend.deleteModel && { deleteModel: backend.deleteModel.bind(backend) }),
  };
}

/** Only what routing asks for: the rest is long, and changes from day to day. */
function describeModel({ id, contextLength, capabilities }: BackendModel): BackendModel {
  return {
    id,
    ...(contextLength !== undefined && { contextLength }),
    ...(capabilities !== undefined && { capabilities }),
  };
}

function recordLanguageModel(model: LanguageModel, modelId: string, begin: Begin): LanguageModel {
  return {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    async doGenerate(options) {
      const end = begin("generate", modelId, options);
      const result = await noting(end, options.abortSignal, () => model.doGenerate(options));
      end({ result: withoutTransport(result) });
      return result;
    },
    async doStream(options) {
      const end = begin("stream", modelId, options);
      const result = await noting(end, options.abortSignal, () => model.doStream(options));
      return { ...result, stream: recordStream(result.stream, options.abortSignal, end) };
    },
  };
}

function recordEmbeddingModel(model: EmbeddingModel, modelId: string, begin: Begin): EmbeddingModel {
  return {
    specificationVersion: model.specificationVersion,
    provider: model.provider,
    modelId: model.modelId,
    maxEmbeddingsPerCall: model.maxEmbeddingsPerCall,
    supportsParallelCalls: model.supportsParallelCalls,
    async doEmbed(options) {
      const end = begin("embed", modelId, options);
      const result = await noting(end, options.abortSignal, () => model.doEmbed(options));
      end({ result: withoutTransport(result) });
      return result;
    },
  };
}

async function noting<T>(end: EndCall, signal: AbortSignal | undefined, act: () => PromiseLike<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    end(signal?.aborted ? { aborted: true } : { error: recordError(error) });
    throw error;
  }
}

/** Requests, headers and bodies are the transport's, and hold credentials. */
function withoutTransport(result: { readonly request?: unknown; readonly response?: unknown }) {
  const { request: _request, response, ...kept } = result;
  if (typeof response !== "object" || response === null) return toJson(kept);
  const { headers: _headers, body: _body, ...told } = response as { headers?: unknown; body?: unknown };
  return toJson({ ...kept, response: told });
}
