import type { Values } from "../measure/area.ts";
import type { Engine } from "./engine.ts";

const STEPS = 10;
/** Before this step memory is looked at a second time: history has grown by then. */
const LATER = 5;
const LONGEST_WAIT_MS = 60_000;

/**
 * Runs of ten steps, all at once, each step waiting for a promise of its own: kilobytes of live heap that a run takes while it
 * waits in its first step and in its sixth, the megabytes at the peak, and the milliseconds until all wait.
 */
export async function suspend(engine: Engine, runs: number): Promise<Values> {
  let waiting: (() => void)[] = [];
  const run = engine.linear(STEPS, (n) => new Promise((resolve) => waiting.push(() => resolve(n + 1))));
  const startAll = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => run(i)));
  const untilAllWait = async (count: number) => {
    const since = performance.now();
    while (waiting.length < count) {
      if (performance.now() - since > LONGEST_WAIT_MS) throw new Error(`only ${waiting.length} of ${count} runs wait`);
      await nextTurn();
    }
  };
  const goOn = () => {
    const released = waiting;
    waiting = [];
    for (const release of released) release();
  };

  const few = startAll(20);
  for (let step = 0; step < STEPS; step++) {
    await untilAllWait(20);
    goOn();
  }
  await few;

  const before = await liveHeap();
  const since = performance.now();
  const all = startAll(runs);
  await untilAllWait(runs);
  const startMs = performance.now() - since;
  const first = (await liveHeap()) - before;
  let later = 0;
  for (let step = 0; step < STEPS; step++) {
    await untilAllWait(runs);
    if (step === LATER) later = (await liveHeap()) - before;
    goOn();
  }
  for (const [i, output] of (await all).entries())
    if (output !== i + STEPS) throw new Error(`expected ${i + STEPS} for ${i}, got ${output}`);
  const kilobytes = (bytes: number) => bytes / 1024 / runs;
  return {
    firstKb: kilobytes(first),
    laterKb: kilobytes(later),
    peakMb: process.resourceUsage().maxRSS / 1024,
    startMs,
  };
}

/** Bytes that are still in use after everything else was collected. */
async function liveHeap(): Promise<number> {
  if (globalThis.gc === undefined) throw new Error("expected node --expose-gc");
  for (let i = 0; i < 3; i++) {
    globalThis.gc();
    await nextTurn();
  }
  return process.memoryUsage().heapUsed;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
