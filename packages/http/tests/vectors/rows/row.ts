import type { PlayedSequence } from "../play-sequence.ts";

/** One difference from contenox/runtime. `docs/differences.md` says under the same name what both do, and why. */
export interface Row {
  readonly name: string;
  /** `better`: the original is wrong. `free`: nobody relies on it. */
  readonly kind: "better" | "free";
  readonly cases: readonly string[];
  /** Throws where our answer to one of the cases is not the expected one. */
  check(played: PlayedSequence): void;
}
