/** How deep a value may be nested, wherever it comes from: deeper than anybody means, shallow enough for every recursion over it. */
export const MOST_LEVELS = 100;
