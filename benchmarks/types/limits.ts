import type { Compiler } from "./measure.ts";

/** The sizes of chains at which the cost is measured, in tasks. */
export const SIZES = [20, 50, 100, 200] as const;

/** What a task with four template actions may cost the type checker at each size. */
export const MOST_INSTANTIATIONS = 700;

/** How much more than a task of the shortest chain one of a longer chain may cost: the cost grows with the chain and no faster. */
export const MOST_GROWTH = 1.1;

/** How long a compiler may check the longest chain, with all that it imports. Others have no limit. */
export const MOST_CHECK_MS: Readonly<Partial<Record<Compiler, number>>> = { typescript: 500 };
