import type { RunResult, StepRecord } from "@catenary/core";

/** The path that a run took, what each step cost, and what came out. */
export function summariseRun(result: RunResult): string {
  const { steps } = result;
  const path = [
    ...steps.filter((step, place) => steps[place + 1]?.key !== step.key).map((step) => step.taskId),
    result.status === "ok" ? "end" : result.status,
  ];
  const rows = [["step", "attempts", "time", "tokens in + out", "model"], ...perStep(steps).map(rowOf)];
  const parts = [`Path    ${path.join(" → ")}`, "", table(rows), ""];
  if (result.status === "ok") {
    parts.push("Output", typeof result.output === "string" ? result.output : JSON.stringify(result.output, null, 2));
  } else if ("error" in result) {
    parts.push(`The run ended without an output: ${result.error.message}`);
  }
  return parts.join("\n");
}

/** All attempts of one step together. */
function perStep(steps: readonly StepRecord[]): readonly (readonly StepRecord[])[] {
  const byKey = new Map<string, StepRecord[]>();
  for (const step of steps) byKey.set(step.key, [...(byKey.get(step.key) ?? []), step]);
  return [...byKey.values()];
}

function rowOf(attempts: readonly StepRecord[]): readonly string[] {
  const first = attempts[0];
  const last = attempts.at(-1);
  const time = first && last ? last.startedAt + last.durationMs - first.startedAt : 0;
  const sum = (side: "inputTokens" | "outputTokens") =>
    attempts.reduce((total, { usage }) => total + (usage?.[side] ?? 0), 0);
  const called = attempts.some(({ model }) => model !== undefined);
  return [
    first?.taskId ?? "",
    String(attempts.length),
    `${time.toFixed(0)} ms`,
    called ? `${sum("inputTokens")} + ${sum("outputTokens")}` : "–",
    called ? `${last?.model} on ${last?.backend}` : "–",
  ];
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}
