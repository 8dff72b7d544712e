/**
 * A named set of models and backends that belong together. It is kept and listed, and nothing more: routing does not read
 * it, and a model of a group is called on any backend that serves it.
 */
export interface AffinityGroup {
  readonly id: string;
  /** For people. Default: the id. */
  readonly name?: string;
  /** What it is for, in the owner's words. */
  readonly purpose?: string;
  /** Ids of backends. */
  readonly backends: readonly string[];
  /** Names of models. */
  readonly models: readonly string[];
}
