/** A named set of models and of the backends that may serve them. */
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
