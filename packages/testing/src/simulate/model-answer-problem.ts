import { describeValue } from "../describe-value.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isRecord } from "../is-record.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isToolCall: Check = (value) =>
  isRecord(value) && typeof value.name === "string" && (typeof value.args === "string" || isRecord(value.args));

const FIELDS: Readonly<Record<string, readonly [Check, string]>> = {
  text: [isText, "a text"],
  reasoning: [isText, "a text"],
  toolCalls: [(value) => Array.isArray(value) && value.every(isToolCall), "a list of { name, args }"],
  finishReason: [isText, "a text"],
  usage: [isUsage, "{ inputTokens, outputTokens }, each a number that is not negative"],
};

const COUNTS = ["inputTokens", "outputTokens"];

function isUsage(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return Object.entries(value).every(
    ([name, count]) => COUNTS.includes(name) && (count === undefined || (Number.isFinite(count) && Number(count) >= 0)),
  );
}

/** Why a model cannot say this; undefined where it can. Numbers and truth values are said as texts. */
export function modelAnswerProblem(answer: unknown): string | undefined {
  if (typeof answer === "string" || typeof answer === "number" || typeof answer === "boolean") return undefined;
  if (!isRecord(answer)) return `got ${JSON.stringify(answer)}`;
  const names = Object.keys(FIELDS);
  const unknown = Object.keys(answer).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const meant = didYouMean(unknown, names);
    const advice =
      meant === "" ? ". A value that the model writes as JSON is given as that text: JSON.stringify(…)" : meant;
    return `got ${JSON.stringify(answer)}, and ${JSON.stringify(unknown)} is not among ${names.join(", ")}${advice}`;
  }
  for (const [name, [check, expected]] of Object.entries(FIELDS)) {
    const value = answer[name];
    if (value !== undefined && !check(value)) return `its \`${name}\` is ${expected}; got ${describeValue(value)}`;
  }
  return undefined;
}
