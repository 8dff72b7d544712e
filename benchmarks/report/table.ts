import type { Column, Values } from "../measure/area.ts";
import type { MeasuredScenario, Result } from "../measure/measure-scenario.ts";
import { format, spreadOf } from "./statistics.ts";

/** One scenario as a Markdown table: median [least–most] over the rounds, the fastest first. */
export function printTable({ scenario, results }: MeasuredScenario): string {
  const { columns } = scenario;
  const [first] = columns;
  const of = (result: Result) => (first === undefined ? undefined : medianOf(result.samples, first.key));
  const floor = results.find(({ contestant }) => contestant === scenario.floor);
  const floorMedian = floor && of(floor);
  const compared = results.length > 1;
  const rows = [...results]
    .sort((a, b) => (of(a) ?? Number.POSITIVE_INFINITY) - (of(b) ?? Number.POSITIVE_INFINITY))
    .map((result) => row(result, columns, compared ? [times(of(result), floorMedian)] : []));
  const head = ["", ...columns.map(({ title }) => title), ...(compared ? ["× floor"] : [])];
  return [line(head), line(head.map((_, i) => (i === 0 ? "---" : "---:"))), ...rows].join("\n");
}

export function medianOf(samples: readonly Values[], key: string): number | undefined {
  return spreadOf(valuesOf(samples, key))?.median;
}

/** Those samples that have a value of this name. */
export function valuesOf(samples: readonly Values[], key: string): readonly number[] {
  return samples.flatMap((values) => values[key] ?? []);
}

function row({ contestant, samples, notRun }: Result, columns: readonly Column[], more: readonly string[]): string {
  if (notRun !== undefined)
    return line([contestant, `not run: ${oneLine(notRun)}`, ...columns.slice(1).map(() => ""), ...more]);
  return line([contestant, ...columns.map(({ key }) => cell(samples, key)), ...more]);
}

function cell(samples: readonly Values[], key: string): string {
  const spread = spreadOf(valuesOf(samples, key));
  if (spread === undefined) return "–";
  const { median, least, most } = spread;
  return least === most ? format(median) : `${format(median)} [${format(least)}–${format(most)}]`;
}

function times(value: number | undefined, floor: number | undefined): string {
  return value === undefined || floor === undefined ? "" : format(value / floor);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").replaceAll("|", "/").slice(0, 120);
}
