/** A source of uniform numbers, 0 ≤ n < 1. */
export type Random = () => number;

export const systemRandom: Random = () => Math.random();
