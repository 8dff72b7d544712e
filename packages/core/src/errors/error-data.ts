import type { FailureClass } from "./failure-class.ts";

/** An error as plain data: what is journaled, sent and logged. */
export interface ErrorData {
  readonly code: string;
  readonly message: string;
  readonly failure: FailureClass;
  readonly details?: Readonly<Record<string, unknown>>;
  readonly cause?: ErrorData;
}
