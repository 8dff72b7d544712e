import type { Target } from "../measure/area.ts";
import type { MeasuredScenario } from "../measure/measure-scenario.ts";
import { format, spreadOf } from "./statistics.ts";
import { medianOf, valuesOf } from "./table.ts";

/** What we want to reach, and whether we did, as a Markdown table. */
export function printTargets(measured: readonly MeasuredScenario[]): string {
  const rows = measured.flatMap((one) => one.scenario.targets.map((target) => row(one, target)));
  return ["| what | target | measured | |", "| --- | --- | --- | --- |", ...rows].join("\n");
}

function row(measured: MeasuredScenario, target: Target): string {
  const { scenario, results } = measured;
  const column = scenario.columns.find(({ key }) => key === target.column)?.title ?? target.column;
  const what = `${scenario.title}: ${target.contestant}, ${column}`;
  const samplesOf = (name: string) => results.find(({ contestant }) => contestant === name)?.samples ?? [];
  const samples = samplesOf(target.contestant);
  const floorMedian = medianOf(samplesOf(target.of ?? scenario.floor), target.column);
  const spread = spreadOf(valuesOf(samples, target.column));
  if (spread === undefined || floorMedian === undefined) return `| ${what} | ${limits(target)} | not run | |`;
  const added = target.mostAdded === undefined ? 0 : floorMedian;
  const reached = format(spread.median - added);
  const range = `${format(spread.least - added)}–${format(spread.most - added)}`;
  const isMultiple = target.mostTimes !== undefined || target.leastTimes !== undefined;
  const multiple = isMultiple ? `, ${format(spread.median / floorMedian)} × ${target.of ?? "floor"}` : "";
  const verdict = isReached(target, spread.median, floorMedian) ? "reached" : "**missed**";
  return `| ${what} | ${limits(target)} | ${reached} [${range}] ${target.unit}${multiple} | ${verdict} |`;
}

function limits({ most, mostAdded, mostTimes, leastTimes, of = "floor", unit }: Target): string {
  const parts = [];
  if (most !== undefined) parts.push(`≤ ${most} ${unit}`);
  if (mostAdded !== undefined) parts.push(`≤ ${mostAdded} ${unit} over the floor`);
  if (mostTimes !== undefined) parts.push(`${mostTimes} × ${of}`);
  if (leastTimes !== undefined) parts.push(`≥ ${leastTimes} × ${of}`);
  return parts.join(" or ");
}

export function isReached(target: Target, value: number, floor: number): boolean {
  const { most, mostAdded, mostTimes, leastTimes } = target;
  if (most !== undefined && value <= most) return true;
  if (mostAdded !== undefined && value - floor <= mostAdded) return true;
  if (leastTimes !== undefined && value >= floor * leastTimes) return true;
  return mostTimes !== undefined && value <= floor * mostTimes;
}
