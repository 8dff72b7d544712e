import type { Json } from "@catenary/core";
import { type ComparedAnswer, comparableBody, comparableCall, type PlayedAnswers } from "./answer.ts";
import { type Differences, differencesOf } from "./differences.ts";
import { comparable, Normaliser } from "./normalise.ts";
import type { RecordedSequence, RecordedStep } from "./recorded-sequence.ts";
import { type Saved, type SentAnswer, sendStep } from "./send-step.ts";
import { createWorld, type World } from "./world.ts";

/** A recorded sequence, played. */
export interface PlayedSequence {
  readonly recorded: RecordedSequence;
  readonly theirs: PlayedAnswers;
  readonly ours: PlayedAnswers;
  readonly differences: Differences;
}

export type MakeWorld = (recorded: RecordedSequence) => Promise<World>;

/** Plays a sequence over real sockets, in a world of its own. */
export async function playSequence(
  recorded: RecordedSequence,
  makeWorld: MakeWorld = createWorld,
): Promise<PlayedSequence> {
  await using world = await makeWorld(recorded);
  const normaliser = new Normaliser([
    [world.modelsUrl, "http://ollama.test"],
    [world.hooksUrl, "http://hooks.test"],
  ]);
  const saved: Saved = new Map();
  const steps: ComparedAnswer[] = [];
  for (const step of recorded.steps) steps.push(compared(step, await sendStep(world, step, saved), normaliser));
  const theirs = theirAnswers(recorded);
  const ours: PlayedAnswers = {
    steps,
    modelCalls: world.models.calls.map(comparableCall),
    hookCalls: recorded.ignoreHookCalls === true ? [] : comparableList(world.hooks.calls),
  };
  return { recorded, theirs, ours, differences: differencesOf(theirs, ours) };
}

function theirAnswers({ steps, modelCalls = [], hookCalls = [], ignoreHookCalls }: RecordedSequence): PlayedAnswers {
  return {
    steps: steps.map(theirAnswer),
    modelCalls: modelCalls.map(comparableCall),
    hookCalls: ignoreHookCalls === true ? [] : comparableList(hookCalls),
  };
}

function theirAnswer(step: RecordedStep): ComparedAnswer {
  const { status, contentType, allow, headers, body } = step.recorded;
  const text = step.raw === true && typeof body === "string" ? body : JSON.stringify(body);
  return {
    status,
    ...(contentType !== undefined && { contentType }),
    ...(allow !== undefined && { allow }),
    ...(headers !== undefined && { headers: comparable(headers) }),
    body: comparableBody(withQuotedTimes(text), step),
  };
}

function compared(step: RecordedStep, { status, headers, text }: SentAnswer, normaliser: Normaliser): ComparedAnswer {
  const { allow, headers: wanted } = step.recorded;
  const contentType = headers.get("content-type")?.split(";")[0] ?? "";
  const body = comparableBody(normaliser.text(text), step);
  return {
    status,
    contentType,
    ...(allow !== undefined && { allow: headers.get("allow") ?? "" }),
    ...(wanted !== undefined && { headers: headersOf(headers, wanted) }),
    body,
  };
}

/** Of each header that was recorded: its value, without what we add to it. */
function headersOf(headers: Headers, wanted: Readonly<Record<string, string | null>>): Json {
  return Object.fromEntries(
    Object.entries(wanted).map(([name, recorded]) => {
      const value = headers.get(name);
      return [name, value?.split(/[,;] ?/).includes(recorded ?? "") === true ? recorded : value];
    }),
  );
}

function comparableList(values: readonly Json[]): readonly Json[] {
  // Safe: a list stays one.
  return comparable(values) as readonly Json[];
}

/** In recorded frames `<unix time>` stands where a number stood. */
function withQuotedTimes(text: string): string {
  return text.replaceAll('"created":<unix time>', '"created":"<unix time>"');
}
