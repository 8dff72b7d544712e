/** Numbers by the name of a column. */
export type Values = Readonly<Record<string, number>>;

/** Something that is measured beside others. */
export interface Contestant {
  readonly name: string;
  /** Why it cannot run here; undefined: it can. */
  readonly missing?: string;
}

export interface Column {
  /** Under which name `measure` gives it. */
  readonly key: string;
  readonly title: string;
}

/** What we want to reach. */
export interface Target {
  readonly contestant: string;
  readonly column: string;
  /** The limit itself. */
  readonly most?: number;
  /** The limit above what the floor needs. */
  readonly mostAdded?: number;
  /** The limit as a multiple of the floor. Where `most` is given too, reaching one of them is enough. */
  readonly mostTimes?: number;
  /** How often it must be what another one is, where more is better. */
  readonly leastTimes?: number;
  /** With whom it is compared. Default: the floor. */
  readonly of?: string;
  readonly unit: string;
}

/** One table: the same work, done by several. */
export interface Scenario {
  readonly name: string;
  readonly title: string;
  readonly columns: readonly Column[];
  readonly contestants: readonly Contestant[];
  /** With whom the others are compared, by its first column. */
  readonly floor: string;
  readonly targets: readonly Target[];
  /** How often it is measured, where once more tells nothing new. Default: as often as asked for. */
  readonly rounds?: number;
  /** Makes what all contestants need. Called once, before the first is checked or measured. */
  prepare?(): Promise<void>;
  /** Does a little of the work and throws where its result is wrong. */
  check(contestant: string): Promise<void>;
  /** Measures in windows of `windowMs` milliseconds of processor time, in a process of its own. */
  measure(contestant: string, windowMs: number): Promise<Values>;
}

/** Scenarios that belong together. */
export interface Area {
  readonly name: string;
  readonly scenarios: readonly Scenario[];
}
