/** Another time at each call, always later than the one before, in microseconds since the Unix epoch: lists are ordered and paged by it. */
export type Ticks = () => number;

export function createTicks(now: () => number): Ticks {
  let last = 0;
  return () => {
    last = Math.max(last + 1, Math.floor(now()) * 1000);
    return last;
  };
}
