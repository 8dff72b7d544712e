import type { RouteRecord } from "../../value/route-record.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { BackendHealth } from "../health/backend-health.ts";
import type { Standing } from "./available.ts";
import type { Lease } from "./leases.ts";

/** The part of a call's record that choosing knows. */
export type Decision = Omit<RouteRecord, "tried">;

/** A candidate, with its lease taken. */
export interface Chosen {
  readonly is: "chosen";
  readonly candidate: Candidate;
  readonly lease: Lease;
  readonly decision: Decision;
}

/** Those that are well have no place now: one may wait for them. */
export interface Full {
  readonly is: "full";
  /** Those that have no place. */
  readonly backends: readonly BackendHealth[];
  /** Those that are unwell: when one of their calls ends they may be well again. */
  readonly unwell: readonly BackendHealth[];
  /** When somebody can take the call although no place comes free, in milliseconds since the Unix epoch. */
  readonly wakeAt: number | undefined;
}

/** Nobody may be asked now. */
export interface Nobody {
  readonly is: "none";
  /** What stands in the way; `budget`: too many further tries of late; `overload`: who has room is not known to have; `context`: nobody is known to hold more. */
  readonly why: Standing | "budget" | "overload" | "context";
  /** The policy that was to choose. */
  readonly policy: string;
  /** When it may be another, in milliseconds from now. */
  readonly retryAfterMs: number | undefined;
  readonly dropped: RouteRecord["dropped"];
}

export type Selection = Chosen | Full | Nobody;
