import type { RunResult, StepRecord } from "@catenary/core";
import { printable } from "./screen.ts";

/** The path that a run took, what each step cost, and what came out. */
export function summariseRun(result: RunResult): string {
  const { steps } = result;
  const path = [
    ...steps.filter((step, place) => steps[place + 1]?.key !== step.key).map((step) => step.taskId),
    result.status === "ok" ? "end" : result.status,
  ];
  const rows = [["step", "attempts", "time", "tokens in + out", "model"], ...perStep(steps).map(rowOf)];
  const parts = [`Path    ${shorten(path).join(" → ")}`, "", table(shorten(rows)), ""];
  if (result.status === "ok") {
    parts.push("Output", typeof result.output === "string" ? result.output : JSON.stringify(result.output, null, 2));
  } else if ("error" in result) {
    parts.push(`The run ended without an output: ${result.error.message}`);
  }
  return printable(parts.join("\n"));
}

const MOST_SHOWN = 30;

/** A run that went in circles would fill the screen. */
function shorten<T>(list: readonly T[]): readonly (T | string)[] {
  if (list.length <= MOST_SHOWN) return list;
  const half = MOST_SHOWN / 2;
  return [...list.slice(0, half), `… ${list.length - MOST_SHOWN} more …`, ...list.slice(-half)];
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

function table(rows: readonly (readonly string[] | string)[]): string {
  const cells = rows.map((row) => (typeof row === "string" ? [row] : row));
  const widths = (cells[0] ?? []).map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("   ")
        .trimEnd(),
    )
    .join("\n");
}
