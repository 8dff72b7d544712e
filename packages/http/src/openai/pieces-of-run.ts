import type { RunHandle, StepRecord } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import { answersOfRun } from "./answer-of-run.ts";
import type { Answered } from "./completion.ts";
import type { Piece } from "./piece.ts";

/**
 * What a run writes, in pieces of an answer: its text while it is written, and at the end whatever of the answer was not among it.
 * Throws where the run fails. Whoever stops reading cancels the run.
 */
export async function* piecesOfRun(
  handle: RunHandle,
  onSteps: (steps: readonly StepRecord[]) => void,
): AsyncGenerator<Piece> {
  let said = "";
  try {
    for await (const text of handle.textStream) {
      said += text;
      yield { kind: "text", text };
    }
    yield* restOf(await answerOf(handle, onSteps), said);
  } finally {
    handle.cancel("the client has left");
  }
}

async function answerOf(handle: RunHandle, onSteps: (steps: readonly StepRecord[]) => void): Promise<Answered> {
  const result = await handle.result();
  if (result.status !== "ok") throw "error" in result ? result.error : new HttpError(503, "the run is suspended");
  onSteps(result.steps);
  const [answer] = answersOfRun(result);
  if (answer === undefined) throw new HttpError(422, "the chain's response has no choice");
  return answer;
}

function* restOf({ text, toolCalls, finishReason, usage }: Answered, said: string): Generator<Piece> {
  const rest = missingOf(text, said);
  if (rest !== "") yield { kind: "text", text: rest };
  for (const [index, { id, function: called }] of toolCalls.entries()) {
    yield { kind: "tool", index, id, name: called.name, arguments: called.arguments };
  }
  yield { kind: "end", finishReason, usage };
}

/** A chain may show the text of tasks on its way (`stream: true`) that is no part of its answer. */
function missingOf(text: string, said: string): string {
  if (said.endsWith(text)) return "";
  return text.startsWith(said) ? text.slice(said.length) : text;
}
