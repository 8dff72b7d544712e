import type { RoutedCall } from "../routing/call/journey.ts";

/** Which models may take the calls of a model that is a router. What is absent is the runtime's default. */
export interface ModelSelection {
  readonly model?: string | undefined;
  /** In order of preference, after `model`. */
  readonly models?: readonly string[] | undefined;
  /** A backend's type. */
  readonly provider?: string | undefined;
  readonly providers?: readonly string[] | undefined;
  /** The id or the name of an affinity group, which the calls never leave but for its overflow. */
  readonly group?: string | undefined;
  /** Instead of a group: what it is for. */
  readonly purpose?: string | undefined;
  /** A policy's name. Default: the group's, else the runtime's. */
  readonly policy?: string | undefined;
  /** Calls of one session go to the same candidate as long as that costs little. */
  readonly session?: string | undefined;
  /** How many candidates a call may try. Default 3. */
  readonly attempts?: number | undefined;
  /** How long a call may try, a duration such as `90s`; `0`: for ever. Default `10m`. */
  readonly deadline?: string | undefined;
  /** Gets each call when it is over, answered or not: who had it, why, and how long. What it throws is lost. */
  readonly onRouted?: ((call: RoutedCall) => void) | undefined;
}
