import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";
import { parseDuration } from "../parse-duration.ts";

/** Durations that cannot be read, and negative ones. */
export function checkDurations({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap(({ task, path, severity }) =>
    [[task.timeout, `${path}.timeout`] as const, [task.retry?.backoff, `${path}.retry.backoff`] as const].flatMap(
      ([text, at]): Finding[] => {
        if (text === undefined) return [];
        const durationMs = parseDuration(text);
        if (durationMs !== undefined && durationMs >= 0) return [];
        const problem = durationMs === undefined ? "" : ", which is negative";
        const suggestion = suggestionFor(text);
        return [
          {
            severity,
            code: "invalid_duration",
            path: at,
            message: `expected a duration such as \`30s\`, \`500ms\` or \`1h30m\`, got \`${text}\`${problem}`,
            ...(suggestion !== undefined && { suggestion }),
          },
        ];
      },
    ),
  );
}

function suggestionFor(text: string): string | undefined {
  const plain = text.trim().replace(/^-/, "");
  return [plain, plain.toLowerCase(), `${plain}s`].find((duration) => parseDuration(duration) !== undefined);
}
