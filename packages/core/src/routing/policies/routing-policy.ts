import type { SelectionPolicy } from "./selection-policy.ts";

/** A policy with what it says about itself, so that nobody else has to know which one it is. */
export interface RoutingPolicy extends SelectionPolicy {
  /** Further names under which chains may ask for it. */
  readonly aliases?: readonly string[];
  /** A weight of 0 keeps a candidate from being chosen. */
  readonly goesByWeight?: boolean;
  /** It spreads calls over all candidates, so that it does not matter to it where a session begins. */
  readonly balances?: boolean;
  /** What it thought of each candidate when it last chose, at its place in the list; the smaller the better. */
  readonly scores?: Float64Array;
}
