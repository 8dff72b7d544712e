import { inMegabytes, type Weights } from "@catenary/llama-cpp/weights";
import type { Surroundings } from "../command/surroundings.ts";

/** Prints what is here: name, size, when it was fetched, and where it is; of what is not, or not as it was, what brings it. */
export async function listModels(weights: Weights, _name: string, { output }: Surroundings): Promise<number> {
  const here = await weights.list();
  const changed = await weights.changed();
  const missing = weights.catalogue.filter(({ name }) => ![...here, ...changed].some((one) => one.name === name));
  const rows = [
    ["NAME", "SIZE", "FETCHED", "PATH"],
    ...here.map(({ name, size, fetchedAt, path }) => [name, inMegabytes(size), fetchedAt.slice(0, 10), path]),
    ...changed.map(({ name, size, again }) => [name, inMegabytes(size), "changed", `catenary models pull ${again}`]),
    ...missing.map(({ name, size }) => [name, inMegabytes(size), "–", `catenary models pull ${name}`]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    output.write(`${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}\n`);
  }
  return 0;
}
