import type { RecordStore } from "../store/record-store.ts";

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

/** Where a change is kept. */
export interface KeepOptions {
  /**
   * What the record is written to in place of the registry's own store, by somebody who makes several changes at once. The registry has the change
   * right away; where it is not made in the end, `load` undoes it. Default: the registry's own.
   */
  readonly records?: RecordStore;
}

export interface ChangeOptions extends KeepOptions {
  /** `record`: the entry outlives the process, where the runtime's record store does. Default `code`. */
  readonly origin?: Exclude<Origin, "internal">;
}
