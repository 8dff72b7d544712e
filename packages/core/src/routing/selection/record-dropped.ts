import type { RouteRecord } from "../../value/route-record.ts";
import type { Candidate } from "../candidates/candidate.ts";
import { recordOf } from "../candidates/record-of.ts";
import type { Available, Out } from "./available.ts";

type DroppedRecord = RouteRecord["dropped"][number];

/** Those that cannot take a call now, as they stand in its record. */
export function recordDropped({ out }: Available, now: number): readonly DroppedRecord[] {
  return out.map((one) => recordOf(one.candidate, "available", why(one, now)));
}

export function recordLater(candidate: Candidate): DroppedRecord {
  return recordOf(candidate, "tier", "a nearer tier takes the call");
}

/** Who is well, and may not be asked by a call that has failed elsewhere. */
export function recordUnasked(candidate: Candidate, why: "budget" | "overload"): DroppedRecord {
  return recordOf(candidate, "available", UNASKED[why]);
}

const UNASKED = {
  budget: "too many calls went on to others of late",
  overload: "it is not known to have room",
} as const;

function why({ candidate, standing }: Out, now: number): string {
  const { backend, breaker, coolDown } = candidate.health;
  switch (standing) {
    case "tried":
      return "it was tried already";
    case "full":
      return `all its places are taken (${backend.held})`;
    case "limited":
      return "its calls or tokens of this minute are spent";
    case "cooling":
      return `it asked to be left alone for another ${seconds(coolDown.until - now)}`;
    case "open":
      return breaker.openUntil > now
        ? `it failed too often and is left alone for another ${seconds(breaker.openUntil - now)}`
        : "it failed too often, and another call finds out whether it is well again";
    case "refused":
      return `it refused the key, and is left alone for another ${seconds(backend.credential.until - now)}`;
    case "spent":
      return `its account has nothing left; it is left alone for another ${seconds(backend.credential.until - now)}`;
    case "missing":
      return "it said that it does not have the model, and has not listed it since";
    case "small":
      return "it is not known to hold more than the one for which the conversation was too long";
    case "weightless":
      return "its weight is 0";
    case "free":
      return "";
  }
}

function seconds(ms: number): string {
  return `${Math.max(Math.ceil(ms / 1_000), 0)} s`;
}
