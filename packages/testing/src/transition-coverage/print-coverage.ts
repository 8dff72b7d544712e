import type { Counted, CountedTransition } from "./counted.ts";

/** The report: a line of percentages, then every way with how often it was taken. */
export function printCoverage(
  chainId: string,
  tasks: readonly Counted[],
  transitions: readonly CountedTransition[],
): string {
  const rows = tasks.flatMap((task) => {
    const ways = transitions.filter(({ from }) => from === task.name);
    return [[task.name, "", counted(task)], ...ways.map((way) => [`  ${way.label}`, `→ ${way.to}`, counted(way)])];
  });
  const headline = `${chainId}: ${share("tasks", tasks)}, ${share("transitions", transitions)}`;
  return [headline, ...alignColumns(rows)].join("\n");
}

function counted({ count }: Counted): string {
  return count === 0 ? "never" : `${count}×`;
}

function share(noun: string, all: readonly Counted[]): string {
  const covered = all.filter(({ count }) => count > 0).length;
  // Rounded down, so that only all of them are 100 %.
  const percent = all.length === 0 ? 100 : Math.floor((covered / all.length) * 100);
  return `${noun} ${covered}/${all.length} (${percent}%)`;
}

/** The last column to the right. */
function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0), 0));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 2 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)))
      .join("  "),
  );
}
