import type { RouteRecord } from "../value/route-record.ts";
import type { RungRecord } from "../value/rung.ts";
import type { Usage } from "../value/usage.ts";

/** What an attempt's model calls were, whether it succeeded or not. Part of the fact, so that a replay sees the same. */
export interface CallReport {
  /** Which model answered, and where, if one was called. */
  readonly model?: string;
  readonly backend?: string;
  /** The backend's type. */
  readonly provider?: string;
  /** As the provider counted. */
  readonly usage?: Usage;
  readonly route?: RouteRecord;
  /** Where the task's output has a schema: how each way to get it went, in order. */
  readonly structured?: readonly RungRecord[];
  /** How many model calls were made. */
  readonly tries: number;
}

export const NO_CALLS: CallReport = Object.freeze({ tries: 0 });
