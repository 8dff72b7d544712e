import { arch, cpus, platform, totalmem } from "node:os";
import { format, spreadOf } from "./statistics.ts";

/** The machine, the version of Node and how busy it was, in a sentence. */
export function describeSurroundings(loads: readonly number[], rounds: number, windowMs: number): string {
  const model = cpus()[0]?.model.trim() ?? "unknown";
  const memory = Math.round(totalmem() / 2 ** 30);
  const load = spreadOf(loads);
  const busy =
    load === undefined
      ? ""
      : ` One-minute load when samples began: ${format(load.median)} [${format(load.least)}–${format(load.most)}], these samples included.`;
  return `${cpus().length} processors (${model}), ${memory} GiB, ${platform()} ${arch()}, Node ${process.versions.node}. ${rounds} rounds, windows of ${windowMs} ms of processor time.${busy}`;
}
