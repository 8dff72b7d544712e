/** A deliberate mistake in one file, which some test must notice. */
export interface Mutant {
  readonly name: string;
  /** Inside of `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** The tests that are to notice it. Default: those of choosing, of health and of waiting. */
  readonly tests?: readonly string[];
}
