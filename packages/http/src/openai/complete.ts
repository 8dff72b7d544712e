import type { Call } from "../call.ts";
import { errorFields } from "../dispatch/error-fields.ts";
import { logFailure } from "../dispatch/log-failure.ts";
import { errorReply } from "../errors/error-reply.ts";
import { outwardReply } from "../errors/outward.ts";
import type { Reply } from "../reply.ts";
import type { Operation } from "../route.ts";
import type { Surface } from "../surface.ts";
import type { Answerer } from "./answerer.ts";
import { answersOf, type ChatRequest } from "./chat-request.ts";
import { type CompletionHead, completionOf } from "./completion.ts";
import { completionFrames } from "./completion-frames.ts";
import { type From, merged } from "./merged.ts";
import type { Piece } from "./piece.ts";
import { primed } from "./primed.ts";
import { together } from "./together.ts";
import { toldError } from "./told-error.ts";
import { warningsHeader } from "./warnings.ts";

/** What is asked for, and how its failures are told. */
export interface Asked {
  readonly call: Call;
  readonly request: ChatRequest;
  readonly operation: Operation;
}

/** The reply to a request: whole, or as a stream. A failure before the answer begins is an error with a status of its own. */
export async function complete(surface: Surface, asked: Asked, answerer: Answerer): Promise<Reply> {
  const { call, request } = asked;
  try {
    if (request.stream === true) return await streamed(surface, asked, answerer);
    const answers = await together(answersOf(request), call.signal, answerer.answer);
    const head = headOf(surface, answerer.modelOf(answers.flat()));
    const headers = warningsOf(call, answerer);
    return { status: 200, headers, json: { ...completionOf(head, answers.flat()), ...answerer.extras?.() } };
  } catch (error) {
    throw toldError(surface, error, call, answerer.isNamed);
  }
}

async function streamed(surface: Surface, { call, request, operation }: Asked, answerer: Answerer): Promise<Reply> {
  const pieces = await primed(piecesOf(answerer, answersOf(request), call.signal));
  const told = (error: unknown) => {
    const { status, json } = outwardReply(
      surface,
      errorReply(toldError(surface, error, call, answerer.isNamed), operation),
    );
    call.note({ outcome: "broke", ...errorFields(json) });
    if (status >= 500 && !call.signal.aborted) logFailure(surface, call.requestId, error);
    return json;
  };
  const head = headOf(surface, answerer.modelOf([]));
  const includeUsage = request.stream_options?.include_usage === true;
  const headers = warningsOf(call, answerer);
  return { status: 200, headers, events: completionFrames(pieces, { head, includeUsage, told }) };
}

/** What of the request was not met, where the client can see it; its place in the log is beside the status. */
function warningsOf(call: Call, answerer: Answerer): Readonly<Record<string, string>> {
  const warnings = [...(answerer.warnings?.() ?? [])];
  if (warnings.length > 0) call.note({ warnings });
  return warningsHeader(warnings);
}

function piecesOf(answerer: Answerer, count: number, signal: AbortSignal): AsyncGenerator<From<Piece>> {
  if (count === 1) return merged([answerer.pieces(signal)]);
  const ended = new AbortController();
  const either = AbortSignal.any([signal, ended.signal]);
  const sources = Array.from({ length: count }, () => answerer.pieces(either));
  return merged(sources, () => ended.abort());
}

function headOf(surface: Surface, model: string): CompletionHead {
  return { id: `chatcmpl-${surface.ids()}`, created: Math.floor(surface.now() / 1000), model };
}
