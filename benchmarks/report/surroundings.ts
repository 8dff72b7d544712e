import { arch, availableParallelism, platform, totalmem } from "node:os";
import { format, type Spread, spreadOf } from "./statistics.ts";

/** What kind of machine it was, the version of Node and how busy the machine was. */
export function describeSurroundings(loads: readonly number[], rounds: number, windowMs: number): string {
  const processors = availableParallelism();
  const machine = `${processors} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, ${platform()} ${arch()}`;
  const work = `${rounds} rounds, windows of ${windowMs} ms of processor time`;
  const load = spreadOf(loads);
  return `${machine}, Node ${process.versions.node}. ${work}.${load === undefined ? "" : ` ${describeLoad(load, processors)}`}`;
}

/** A sample itself makes a load of about 1. */
export function describeLoad({ median, least, most }: Spread, processors: number): string {
  const load = `One-minute load when samples began: ${format(median)} [${format(least)}–${format(most)}], these samples included.`;
  if (median <= processors) return load;
  return `${load} **The machine was busy with something else: everything is slower than it is alone, and only ratios say something.**`;
}
