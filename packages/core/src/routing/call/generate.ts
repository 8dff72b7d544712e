import { ModelError } from "../../errors/model-error.ts";
import { ReplyError } from "../../errors/reply-error.ts";
import { checkVersion } from "../../model/check-version.ts";
import type { LanguageModel, LanguageModelCallOptions } from "../../model/contract.ts";
import { readStream, streamOf } from "../../model/read-stream.ts";
import { type ModelReply, replyOf } from "../../model/reply.ts";
import type { RoutingParts } from "../selection/resolve.ts";
import { rungOf, shapeCall } from "./answer-shape.ts";
import type { ModelRequest, PreferredFormat } from "./model-request.ts";
import { type TryOptions, tryCandidates } from "./try-candidates.ts";
import type { Turn } from "./turn.ts";

export interface GenerateOptions extends Omit<TryOptions, "isCommitted"> {
  /** Gets each piece of text as it comes. With it the model streams. */
  readonly onText?: (text: string) => void;
  /** Called before each candidate that is asked: what the one before wrote is void. */
  readonly onStart?: () => void;
  /** Whether a reader has any of those pieces. */
  readonly isDelivered?: () => boolean;
  /** Whether another candidate may be tried even then, because readers are told at its start. Default false. */
  readonly isRestartable?: boolean;
}

/** One routed call of a language model. */
export function generate(parts: RoutingParts, request: ModelRequest, options: GenerateOptions): Promise<ModelReply> {
  const { onText } = options;
  const isDelivered = options.isDelivered ?? (() => false);
  const isCommitted = () => options.isRestartable !== true && isDelivered();
  return tryCandidates(parts, request.wanted, { ...options, isCommitted }, async (turn) => {
    const { candidate, signal } = turn;
    const model = candidate.backend.languageModel(candidate.model.id);
    checkVersion(model, candidate.backend.id, candidate.model.id);
    const call = callOptions(request, signal);
    if (request.preferredFormat !== undefined) prefer(request.preferredFormat, call, turn);
    const { answer } = request;
    const askedBy = answer && rungOf(answer, candidate);
    if (answer !== undefined && askedBy !== undefined) {
      shapeCall(call, askedBy, answer);
      answer.onAsked?.(askedBy);
      return { ...(await answerInOnePiece(model, call, turn)), askedBy };
    }
    options.onStart?.();
    if (onText === undefined || candidate.model.capabilities?.stream === false) {
      const reply = await answerInOnePiece(model, call, turn);
      if (reply.text !== "") onText?.(reply.text);
      return reply;
    }
    turn.expectPieces();
    const result = await model.doStream(call);
    const deliver = (text: string) => {
      if (turn.isOver) return;
      onText(text);
      if (isDelivered()) turn.committed();
    };
    return answered(await readStream(streamOf(result), { onText: deliver, signal, watcher: turn }), turn);
  });
}

function callOptions(request: ModelRequest, signal: AbortSignal): LanguageModelCallOptions {
  const { sampling } = request;
  const call: LanguageModelCallOptions = { prompt: request.prompt, abortSignal: signal };
  if (sampling.temperature !== undefined) call.temperature = sampling.temperature;
  if (sampling.maxTokens !== undefined) call.maxOutputTokens = sampling.maxTokens;
  if (sampling.topP !== undefined) call.topP = sampling.topP;
  if (sampling.stop !== undefined) call.stopSequences = [...sampling.stop];
  if (sampling.seed !== undefined) call.seed = sampling.seed;
  if (sampling.presencePenalty !== undefined) call.presencePenalty = sampling.presencePenalty;
  if (sampling.frequencyPenalty !== undefined) call.frequencyPenalty = sampling.frequencyPenalty;
  // Copies here too, because providers are free to rewrite schemas for their server, and these belong to the run.
  if (request.tools !== undefined && request.tools.length > 0) call.tools = structuredClone([...request.tools]);
  if (request.toolChoice !== undefined) call.toolChoice = request.toolChoice;
  return call;
}

function prefer({ name, schema }: PreferredFormat, call: LanguageModelCallOptions, turn: Turn): void {
  if (turn.candidate.model.capabilities?.structuredOutput !== true) {
    turn.leaveOutFormat();
    return;
  }
  // A copy, because providers are free to rewrite the schema for their server.
  call.responseFormat = { type: "json", name, schema: structuredClone(schema) };
}

/** Rejects where nobody waits for it any more: whoever ignores its signal may answer while another has the call. */
async function answerInOnePiece(model: LanguageModel, call: LanguageModelCallOptions, turn: Turn): Promise<ModelReply> {
  const result = await model.doGenerate(call);
  turn.signal.throwIfAborted();
  return answered(replyOf(result), turn);
}

/** A model that ended with an error or with nothing at all has not answered. */
function answered(reply: ModelReply, turn: Turn): ModelReply {
  turn.used(reply.usage);
  if (reply.warnings !== undefined) turn.warned(reply.warnings);
  if (reply.finishReason === "error") throw new ReplyError("the model ended its answer with an error");
  if (reply.text === "" && reply.toolCalls.length === 0) {
    if (reply.finishReason === "content-filter") throw filtered(turn);
    throw new ReplyError(`the model answered nothing (it stopped because of: ${reply.finishReason})`);
  }
  return reply;
}

/** Nothing else would come of asking somebody else the same, and whoever does it may lose the account there too. */
function filtered({ candidate: { backend, model } }: Turn): ModelError {
  return new ModelError(
    `${model.id} on ${backend.id} answered nothing, because the provider's content filter kept the answer back: change what is asked, or use another model`,
    { failure: "bad_request", reason: "content_filter", backend: backend.id, model: model.id },
  );
}
