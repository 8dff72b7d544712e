/** Ends a call, with a reason. */
export type CancelCall = (reason: unknown) => void;

/**
 * Whoever a call belongs to beside its caller: an attempt of a task, or the runtime. It ends its calls with itself. A signal would do the
 * same, and costs as much as the rest of a call.
 */
export interface CallOwner {
  /** Has it called when the owner ends; at once where it has ended. */
  add(cancel: CancelCall): void;
  /** The call is over. */
  remove(cancel: CancelCall): void;
}
