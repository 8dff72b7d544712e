/**
 * Where an entry came from: the program, a record that was made while the runtime ran, or the runtime itself. What is internal
 * is always there: it can be changed, and the change is kept as a record, but it cannot be deleted.
 */
export type Origin = "code" | "record" | "internal";

export interface Entry<T> {
  readonly id: string;
  readonly origin: Origin;
  readonly value: T;
}

export interface ChangeOptions {
  /** `record`: the entry outlives the process, where the runtime's record store does. Default `code`. */
  readonly origin?: Exclude<Origin, "internal">;
}
