/** What a window of repeated calls cost. */
export interface Timing {
  readonly calls: number;
  readonly wallUs: number;
  /** User and system time of the whole process: the code itself, garbage collection, compilation. */
  readonly cpuUs: number;
}

/** On a busy machine a window lasts longer than its processor time, but not more often than this. */
const LONGEST_WALL = 8;
const LARGEST_BATCH = 4096;

/** Calls `act` again and again, one call after the other, for about `windowMs` of processor time. */
export async function oneByOne(act: (turn: number) => Promise<unknown>, windowMs: number): Promise<Timing> {
  const watch = startWatch(windowMs);
  let calls = 0;
  for (let batch = 1; ; ) {
    const before = performance.now();
    for (let i = 0; i < batch; i++) await act(calls++);
    if (watch.isOver()) return watch.stop(calls);
    batch = nextBatch(batch, performance.now() - before);
  }
}

/** Keeps `count` calls of `act` under way for about `windowMs` of processor time. */
export async function manyAtOnce(
  act: (turn: number) => Promise<unknown>,
  windowMs: number,
  count: number,
): Promise<Timing> {
  const watch = startWatch(windowMs);
  let calls = 0;
  let isOver = false;
  const worker = async () => {
    for (let mine = 0; mine === 0 || !isOver; mine++) {
      await act(calls++);
      // Asking for the processor time costs something itself.
      if (mine % 8 === 0) isOver ||= watch.isOver();
    }
  };
  await Promise.all(Array.from({ length: count }, worker));
  return watch.stop(calls);
}

/** Calls `act`, which waits for nothing, for about `windowMs` of processor time. */
export function inOneGo(act: () => number, windowMs: number): Timing {
  const watch = startWatch(windowMs);
  let calls = 0;
  let sum = 0;
  for (let batch = 1; ; ) {
    const before = performance.now();
    for (let i = 0; i < batch; i++) sum += act();
    calls += batch;
    if (watch.isOver()) break;
    batch = nextBatch(batch, performance.now() - before);
  }
  // What nobody looks at may be optimised away.
  if (Number.isNaN(sum)) throw new Error("expected every call to give a number");
  return watch.stop(calls);
}

function startWatch(windowMs: number) {
  const cpu = process.cpuUsage();
  const wall = performance.now();
  const spentUs = () => {
    const { user, system } = process.cpuUsage(cpu);
    return user + system;
  };
  return {
    isOver: () => spentUs() >= windowMs * 1000 || performance.now() - wall >= windowMs * LONGEST_WALL,
    stop: (calls: number): Timing => ({ calls, wallUs: (performance.now() - wall) * 1000, cpuUs: spentUs() }),
  };
}

/** So many calls between two looks at the clock that looking costs nothing, and so few that the window is kept. */
function nextBatch(batch: number, tookMs: number): number {
  if (tookMs < 0.5) return Math.min(batch * 2, LARGEST_BATCH);
  return tookMs > 5 && batch > 1 ? batch >> 1 : batch;
}
