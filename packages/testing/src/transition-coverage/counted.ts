/** How often something was done. */
export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** A way from one task to the next, and how often it was taken. */
export interface CountedTransition extends Counted {
  readonly from: string;
  readonly label: string;
  readonly to: string;
}
