/** Where an entry came from: the program, or a record that was made while the runtime ran. */
export type Origin = "code" | "record";

export interface Entry<T> {
  readonly id: string;
  readonly origin: Origin;
  readonly value: T;
}

export interface ChangeOptions {
  /** `record`: the entry outlives the process, where the runtime's record store does. Default `code`. */
  readonly origin?: Origin;
}
