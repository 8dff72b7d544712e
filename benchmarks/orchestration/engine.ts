/** One step of work: takes a number, gives the next. */
export type Step = (n: number) => Promise<number>;

/** The three forks of the branching workflow, and what stands before and behind them. */
export interface Forks {
  readonly start: Step;
  readonly a: Step;
  readonly b: Step;
  readonly c: Step;
  readonly join: Step;
}

/** A workflow engine as every contestant offers it. Each workflow takes a number and gives one. */
export interface Engine {
  /** `count` steps in a row. */
  linear(count: number, step: Step): Step;
  /** One step that leads to itself until the number is `count`; it begins with 0. */
  loop(count: number, step: Step): Step;
  /** `start`, then one of three by the remainder of the number, then `join`. */
  branch(forks: Forks): Step;
}
