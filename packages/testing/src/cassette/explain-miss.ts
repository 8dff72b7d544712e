import type { Json, JsonObject } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import type { CassetteCall } from "./cassette.ts";
import { keyOf } from "./normalise-request.ts";
import { countScrubbed, fitsScrubbed } from "./scrubbed-places.ts";
import { SCRUBBED } from "./secret-text.ts";

type AskedCall = Pick<CassetteCall, "kind" | "model" | "request">;

/** What a cassette has, and whether what is asked was compared without secrets. */
interface Recorded {
  readonly calls: readonly CassetteCall[];
  readonly hasSecrets: boolean;
}

/**
 * Why a cassette has no answer: which recorded call is nearest, and where the two differ. Where secrets were taken out that may
 * stand in what is asked, nothing of that is quoted.
 */
export function explainMiss(name: string, asked: AskedCall, { calls, hasSecrets }: Recorded): string {
  const what = `the cassette ${name} has no answer to this ${asked.kind}`;
  const same = hasSecrets ? undefined : calls.find((call) => fitsButSecrets(call, asked));
  if (same !== undefined) {
    return `${what}, which is its call number ${calls.indexOf(same) + 1} if secrets stood at ${SCRUBBED} there: ${SAME_SECRETS}`;
  }
  const nearest = nearestTo(asked, calls);
  const isQuoted = !mayHaveSecrets(asked, nearest, { calls, hasSecrets });
  return [
    isQuoted
      ? `${what} of ${asked.model}: ${excerpt(textOf(asked.request), 0)}`
      : `${what}, which is not quoted, because a secret may stand in it. If it was recorded with any, ${SAME_SECRETS}`,
    ...(nearest === undefined
      ? ["It has no calls at all."]
      : describeNearest(asked, nearest, { place: calls.indexOf(nearest), isQuoted })),
    "If the chain was meant to change, record the cassette again: run once with mode record, or delete the file where the mode is auto.",
  ].join("\n");
}

const SAME_SECRETS = "give the same `secrets` as when it was recorded.";

/** Whether a call is the recorded one with its secrets still in it. */
function fitsButSecrets({ kind, model, request }: CassetteCall, asked: AskedCall): boolean {
  return kind === asked.kind && fitsScrubbed(model, asked.model) && fitsScrubbed(request, asked.request);
}

/** Without `secrets`, wherever any were taken out; with them, where the nearest call has lost more of them. */
function mayHaveSecrets(asked: AskedCall, nearest: CassetteCall | undefined, { calls, hasSecrets }: Recorded): boolean {
  if (!hasSecrets) return calls.some((call) => countScrubbed(keyOf(call)) > 0);
  return nearest !== undefined && countScrubbed(keyOf(nearest)) > countScrubbed(keyOf(asked));
}

interface Nearness {
  readonly place: number;
  /** Whether what is asked may be shown. */
  readonly isQuoted: boolean;
}

function describeNearest(asked: AskedCall, nearest: CassetteCall, { place, isQuoted }: Nearness): readonly string[] {
  const differences = [
    ...differencesOf("kind", nearest.kind, asked.kind),
    ...differencesOf("model", nearest.model, asked.model),
    ...differencesOf("", nearest.request, asked.request),
  ];
  const shown = differences.slice(0, MOST_DIFFERENCES);
  const left = differences.length - shown.length;
  return [
    `The nearest of its calls is number ${place + 1}: ${excerpt(textOf(nearest.request), 0)}`,
    ...shown.map((difference) => `  ${describeDifference(difference, isQuoted)}`),
    ...(left > 0 ? [`  and ${left} more`] : []),
  ];
}

function describeDifference({ place, recorded, asked }: Difference, isQuoted: boolean): string {
  const from = typeof recorded === "string" && typeof asked === "string" ? commonLength(recorded, asked) : 0;
  return `${place}: recorded ${show(recorded, from)}, asked ${isQuoted ? show(asked, from) : "something else"}`;
}

const MOST_DIFFERENCES = 4;

/** By the words that both have, then by model and kind. */
function nearestTo(asked: AskedCall, calls: readonly CassetteCall[]): CassetteCall | undefined {
  const words = wordsOf(textOf(asked.request));
  let nearest: CassetteCall | undefined;
  let best = -1;
  for (const call of calls) {
    const alike = overlap(words, wordsOf(textOf(call.request)));
    const score = alike + (call.model === asked.model ? 0.02 : 0) + (call.kind === asked.kind ? 0.01 : 0);
    if (score <= best) continue;
    best = score;
    nearest = call;
  }
  return nearest;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.toLowerCase().split(/\W+/u));
}

/** From 0, nothing in common, to 1, the same words. */
function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const word of one) if (other.has(word)) common++;
  return (2 * common) / (one.size + other.size);
}

/** All texts of the prompt, or what is to be embedded. */
function textOf({ prompt, values }: JsonObject): string {
  return textsIn(prompt ?? values ?? null).join("\n");
}

function textsIn(json: Json): readonly string[] {
  if (typeof json === "string") return [json];
  if (Array.isArray(json)) return json.flatMap(textsIn);
  if (!isRecord(json)) return [];
  // Safe: it came out of JSON.
  const { content, text } = json as JsonObject;
  return [...(text === undefined ? [] : textsIn(text)), ...(content === undefined ? [] : textsIn(content))];
}

/** A place at which two values differ. */
interface Difference {
  readonly place: string;
  readonly recorded: Json | undefined;
  readonly asked: Json | undefined;
}

function differencesOf(place: string, recorded: Json | undefined, asked: Json | undefined): readonly Difference[] {
  if (isRecord(recorded) && isRecord(asked))
    return eachMember(recorded, asked, (name) => (place === "" ? name : `${place}.${name}`));
  if (Array.isArray(recorded) && Array.isArray(asked))
    return eachMember({ ...recorded }, { ...asked }, (name) => `${place}[${name}]`);
  return JSON.stringify(recorded) === JSON.stringify(asked) ? [] : [{ place, recorded, asked }];
}

function eachMember(
  recorded: Readonly<Record<string, unknown>>,
  asked: Readonly<Record<string, unknown>>,
  placeOf: (name: string) => string,
): readonly Difference[] {
  const names = new Set([...Object.keys(recorded), ...Object.keys(asked)]);
  // Safe: both came out of JSON.
  return [...names].flatMap((name) =>
    differencesOf(placeOf(name), recorded[name] as Json | undefined, asked[name] as Json | undefined),
  );
}

function show(value: Json | undefined, from: number): string {
  if (value === undefined) return "nothing";
  return typeof value === "string" ? excerpt(value, from) : shorten(JSON.stringify(value));
}

function shorten(text: string): string {
  return text.length <= LONGEST_EXCERPT ? text : `${text.slice(0, LONGEST_EXCERPT)}…`;
}

const LONGEST_EXCERPT = 80;
const BEFORE_DIFFERENCE = 20;

/** A text in quotes; of a long one a piece, from a little before a place. */
function excerpt(text: string, from: number): string {
  if (text.length <= LONGEST_EXCERPT) return JSON.stringify(text);
  const start = Math.max(0, from - BEFORE_DIFFERENCE);
  const end = start + LONGEST_EXCERPT;
  return JSON.stringify(`${start > 0 ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`);
}

function commonLength(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length++;
  return length;
}
