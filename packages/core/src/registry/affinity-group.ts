/**
 * A named set of models and backends that belong together. A call that names a group is only made on its backends and with
 * its models, whatever fails, unless the group declares an overflow.
 */
export interface AffinityGroup {
  readonly id: string;
  /** For people; calls may name it too. Default: the id. */
  readonly name?: string;
  /** What it is for, in the owner's words. Calls may ask for it. */
  readonly purpose?: string;
  /** Ids of backends. */
  readonly backends: readonly string[];
  /** Names of models. Default: whatever its backends serve. An empty list: none. */
  readonly models?: readonly string[];
  /** The id of another group, which takes the calls that no candidate of this one can take now. Calls fail with `group_unknown` where there is no such group. Default: none. */
  readonly overflow?: string;
  /** A policy's name, for calls that name none. One that the runtime does not have is refused (`invalid_entry`). Default: the runtime's. */
  readonly policy?: string;
}
