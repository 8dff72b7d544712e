import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";
import { parseDuration } from "../parse-duration.ts";

/** Durations that cannot be read, and negative ones. */
export function checkDurations({ definition, tasks }: ChainFacts): readonly Finding[] {
  return [
    ...duration("error", definition.executeConfig?.routing?.deadline, `$.${DEADLINE}`),
    ...tasks.flatMap(({ task, path, severity }) => [
      ...duration(severity, task.timeout, `${path}.timeout`),
      ...duration(severity, task.retry?.backoff, `${path}.retry.backoff`),
      ...duration(severity, task.executeConfig?.routing?.deadline, `${path}.${DEADLINE}`),
    ]),
  ];
}

const DEADLINE = "execute_config.routing.deadline";

function duration(severity: Finding["severity"], text: string | undefined, path: string): readonly Finding[] {
  if (text === undefined) return [];
  const durationMs = parseDuration(text);
  if (durationMs !== undefined && durationMs >= 0) return [];
  const problem = durationMs === undefined ? "" : ", which is negative";
  const suggestion = suggestionFor(text);
  return [
    {
      severity,
      code: "invalid_duration",
      path,
      message: `expected a duration such as \`30s\`, \`500ms\` or \`1h30m\`, got \`${text}\`${problem}`,
      ...(suggestion !== undefined && { suggestion }),
    },
  ];
}

function suggestionFor(text: string): string | undefined {
  const plain = text.trim().replace(/^-/, "");
  const found = [plain, plain.toLowerCase(), `${plain}s`].find((duration) => parseDuration(duration) !== undefined);
  return found ?? inOtherWords(plain.toLowerCase());
}

/** `5 min`, `1 day`. There is no unit longer than an hour. */
function inOtherWords(text: string): string | undefined {
  const [, count = "", word = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+)\.?$/.exec(text) ?? [];
  const [, unit, times] = UNITS.find(([words]) => words.includes(word.replace(/(?<=..)s$/, ""))) ?? [];
  return unit === undefined ? undefined : `${Number(count) * (times ?? 1)}${unit}`;
}

const UNITS: readonly (readonly [words: readonly string[], unit: string, times: number])[] = [
  [["ms", "msec", "milli", "millisecond"], "ms", 1],
  [["s", "sec", "second"], "s", 1],
  [["m", "min", "minute"], "m", 1],
  [["h", "hr", "hour"], "h", 1],
  [["d", "day"], "h", 24],
  [["w", "week"], "h", 168],
];
