import { CatenaryError, type FailureClass } from "@catenary/core";

/** What stands in the way of a model file. */
export type WeightsErrorCode =
  /** No source gave it. */
  | "weights_unavailable"
  /** The disk is full. */
  | "weights_no_room"
  /** What came is not what was to come. */
  | "weights_corrupt"
  /** There is no such model. */
  | "weights_unknown";

/** A model file that cannot be had, and what to do about it. */
export class WeightsError extends CatenaryError {
  constructor(
    code: WeightsErrorCode,
    message: string,
    options: { readonly failure?: FailureClass; readonly cause?: unknown } = {},
  ) {
    super(code, message, { failure: "unavailable", ...options });
  }
}
