import { ReplyError } from "../../errors/reply-error.ts";
import { checkVersion } from "../../model/check-version.ts";
import {
  type LanguageModel,
  type LanguageModelCallOptions,
  type LanguageModelResult,
  type LanguageModelStreamResult,
  SPECIFICATION_VERSION,
} from "../../model/contract.ts";
import { checkResult, usageOf } from "../../model/reply.ts";
import { textsOfWarnings } from "../../model/text-of-warning.ts";
import { CallOfRouter, type RouterOptions } from "../call/routed-call.ts";
import { tryCandidates } from "../call/try-candidates.ts";
import type { Turn } from "../call/turn.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { commonUrls } from "./common-urls.ts";
import { openStream } from "./open-stream.ts";
import { routeMetadata } from "./route-metadata.ts";
import { wantedOfCall } from "./wanted-of-call.ts";

/** The router as a model of the AI SDK: each of its calls goes to whoever can take it, and to another where that one fails. */
export class RoutedLanguageModel implements LanguageModel {
  readonly specificationVersion = SPECIFICATION_VERSION;
  readonly provider = "catenary";
  /** What was asked for, for people. Who answered stands in the response. */
  readonly modelId: string;
  readonly #options: RouterOptions;

  constructor(modelId: string, options: RouterOptions) {
    this.modelId = modelId;
    this.#options = options;
  }

  /** Addresses that whoever takes a call can read by itself, so that nobody has to fetch them first: what all of them can. */
  get supportedUrls(): Promise<Record<string, RegExp[]>> {
    return commonUrls(this.#options);
  }

  async doGenerate(call: LanguageModelCallOptions): Promise<LanguageModelResult> {
    const { parts, chosen } = this.#options;
    const wanted = wantedOfCall(chosen, call);
    const begun = new CallOfRouter(this.#options, call.abortSignal);
    const result = await tryCandidates(parts, wanted, begun.options, async (turn) => {
      const model = modelOf(turn.candidate);
      const answer = await model.doGenerate({ ...call, abortSignal: turn.signal });
      turn.signal.throwIfAborted();
      checkResult(answer);
      turn.used(usageOf(answer.usage));
      turn.warned(textsOfWarnings(answer.warnings));
      if (answer.finishReason.unified === "error") throw new ReplyError("the model ended its answer with an error");
      return answer;
    }).catch((error: unknown) => {
      throw begun.failed(error);
    });
    const { routed } = begun;
    if (routed === undefined) return result;
    const modelId = result.response?.modelId ?? routed.model;
    return {
      ...result,
      response: { ...result.response, ...(modelId !== undefined && { modelId }) },
      providerMetadata: { ...result.providerMetadata, ...routeMetadata(routed) },
    };
  }

  /** Resolves when the answer begins: until then another candidate may take the place of one that fails. */
  async doStream(call: LanguageModelCallOptions): Promise<LanguageModelStreamResult> {
    const { parts, chosen } = this.#options;
    const wanted = wantedOfCall(chosen, call);
    const begun = new CallOfRouter(this.#options, call.abortSignal);
    const open = (turn: Turn) => openStream(turn, modelOf(turn.candidate), call);
    return tryCandidates(parts, wanted, begun.options, open).catch((error: unknown) => {
      throw begun.failed(error);
    });
  }
}

function modelOf({ backend, model }: Candidate): LanguageModel {
  const made = backend.languageModel(model.id);
  checkVersion(made, backend.id, model.id);
  return made;
}
