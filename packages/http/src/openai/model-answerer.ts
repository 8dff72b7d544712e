import { type LanguageModel, type LanguageModelCallOptions, textOfWarning } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import { answerOfModel } from "./answer-of-model.ts";
import type { Answerer } from "./answerer.ts";
import { callOfRequest } from "./call-of-request.ts";
import type { ChatRequest } from "./chat-request.ts";
import type { Piece } from "./piece.ts";
import { type OnWarnings, piecesOfModel } from "./pieces-of-model.ts";
import { warningsOfRequest } from "./warnings.ts";

/**
 * A routed model that answers.
 *
 * @throws HttpError 400 where the request asks for what no model could be asked for
 */
export function modelAnswerer(model: LanguageModel, request: ChatRequest): Answerer {
  if (request.messages.length === 0) {
    throw new HttpError(400, "messages expects at least one message; got none", { param: "messages" });
  }
  const call = callOfRequest(request);
  const warnings = new Set(warningsOfRequest(request));
  const warned: OnWarnings = (given) => {
    for (const warning of given) warnings.add(textOfWarning(warning));
  };
  return {
    answer: async (abortSignal) => {
      const result = await model.doGenerate({ ...call, abortSignal });
      warned(result.warnings);
      return [answerOfModel(result)];
    },
    pieces: (abortSignal) => opened(model, { ...call, abortSignal }, warned),
    warnings: () => warnings,
    modelOf: ([first]) => first?.model ?? request.model,
    isNamed: () => request.model !== "",
  };
}

async function* opened(
  model: LanguageModel,
  call: LanguageModelCallOptions,
  warned: OnWarnings,
): AsyncGenerator<Piece> {
  const { stream } = await model.doStream(call);
  yield* piecesOfModel(stream, warned);
}
