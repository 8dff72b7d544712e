import { cpus } from "node:os";

/** What the processor has done so far, in milliseconds of one core. */
export interface CpuTimes {
  /** All programs together. */
  readonly busyMs: number;
  /** This process alone. */
  readonly ownMs: number;
  /** Busy or not. */
  readonly totalMs: number;
  readonly cores: number;
}

export function readCpuTimes(): CpuTimes {
  const all = cpus();
  let busyMs = 0;
  let totalMs = 0;
  for (const { times } of all) {
    const busy = times.user + times.nice + times.sys + times.irq;
    busyMs += busy;
    totalMs += busy + times.idle;
  }
  const { user, system } = process.cpuUsage();
  return { busyMs, totalMs, ownMs: (user + system) / 1000, cores: all.length };
}

/** How many cores other programs left free between two looks; undefined where they are too close together to tell. */
export function freeCores(before: CpuTimes, now: CpuTimes): number | undefined {
  const passedMs = (now.totalMs - before.totalMs) / now.cores;
  if (!(passedMs >= SHORTEST_LOOK_MS)) return undefined;
  const othersMs = Math.max(0, now.busyMs - before.busyMs - (now.ownMs - before.ownMs));
  return Math.max(0, now.cores - othersMs / passedMs);
}

/** The system counts in steps of a hundredth of a second. */
const SHORTEST_LOOK_MS = 150;
