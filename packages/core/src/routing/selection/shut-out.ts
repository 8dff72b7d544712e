import type { Candidate } from "../candidates/candidate.ts";
import type { BackendHealth } from "../health/backend-health.ts";
import { type Available, type AvailableOptions, type Out, roomOf, type Standing } from "./available.ts";
import type { Full } from "./selection.ts";

/** What becomes of a call that nobody is free to take. */
export type ShutOut =
  | Full
  /** These are asked although their health says otherwise. */
  | { readonly is: "anyway"; readonly ready: readonly Candidate[] }
  | { readonly is: "none"; readonly why: Standing; readonly retryAfterMs: number | undefined };

/** Who stands so is out for this call, whatever time passes. */
const NEVER: ReadonlySet<Standing> = new Set<Standing>(["tried", "weightless", "small"]);

/** No more than this share of the candidates is kept from calls by their health. */
const MOST_SHUT_OUT = 0.5;

/**
 * Decides between waiting, asking somebody unwell, and giving up.
 *
 * - The only candidate is never shut out by what was learnt: asking it is the only way to learn more, and its own error says most. Only
 *   where its server said for how long it is to be left alone it is, except by a task that tries again.
 * - Those that are well and have no place are waited for, unless more than half are shut out: then those with an open breaker help.
 * - Who asked to be left alone is left alone, except by a task that tries again: that goes to whoever is free soonest.
 * - A refused key or a spent account is never overruled while there is anybody else.
 */
export function whenNobodyIsFree(
  candidates: readonly Candidate[],
  { out }: Available,
  { now, tokens }: AvailableOptions,
  { isOwnRetry = false }: { readonly isOwnRetry?: boolean },
): ShutOut {
  const untried = out.filter(({ standing }) => !NEVER.has(standing)).map((one) => asTold(one, now));
  if (untried.length === 0) return { is: "none", why: "tried", retryAfterMs: undefined };
  const able = candidates.length - count(out, isUnable);
  if (candidates.length === 1 || (able === 1 && untried.some(({ standing }) => isShutOut(standing)))) {
    const sole = untried.find(({ standing }) => candidates.length === 1 || isShutOut(standing));
    if (sole !== undefined && (isOwnRetry || !isHinted(sole, now)))
      return askAnyway([sole], now, tokens) ?? waitFor([sole], untried, now, tokens);
  }
  const waiting = untried.filter(({ standing }) => standing === "full" || standing === "limited");
  const open = untried.filter(({ standing }) => standing === "open");
  if (open.length > 0 && count(out, isShutOut) > able * MOST_SHUT_OUT) {
    const anyway = askAnyway(open, now, tokens);
    if (anyway !== undefined) return anyway;
    waiting.push(...open.filter(({ candidate }) => roomOf(candidate.health.backend, now, tokens) !== "free"));
  }
  const cooling = untried.filter(({ standing }) => standing === "cooling").sort(bySoonest);
  if (waiting.length > 0) return waitFor(waiting, untried, now, tokens);
  const [soonest] = cooling;
  if (soonest === undefined) return giveUp(untried, now);
  const retryAfterMs = soonest.candidate.health.coolDown.until - now;
  if (!isOwnRetry) return { is: "none", why: "cooling", retryAfterMs };
  return askAnyway([soonest], now, tokens) ?? waitFor([soonest], untried, now, tokens);
}

/** Whether its server said that it is to be left alone, and for how long, and that time is not over. */
function isHinted({ candidate, standing }: Out, now: number): boolean {
  return isShutOut(standing) && now < candidate.health.coolDown.hintedUntil;
}

/** Who failed too often, and said besides for how long it is to be left alone, is not asked before. */
function asTold(one: Out, now: number): Out {
  return isHinted(one, now) ? { ...one, standing: "cooling" } : one;
}

function askAnyway(outs: readonly Out[], now: number, tokens: number): ShutOut | undefined {
  const ready = outs.filter(({ candidate }) => roomOf(candidate.health.backend, now, tokens) === "free");
  return ready.length === 0 ? undefined : { is: "anyway", ready: ready.map(({ candidate }) => candidate) };
}

/** To wait is of use where a place may come free, or where the minute's limit lets the call through before its patience ends. */
function waitFor(outs: readonly Out[], untried: readonly Out[], now: number, tokens: number): ShutOut {
  const backends = [...new Set(outs.map(backendOf))];
  const unwell = [...new Set(untried.map(backendOf))].filter((backend) => !backends.includes(backend));
  const limited = backends.filter((backend) => roomOf(backend, now, tokens) === "limited");
  const freeAt = Math.min(...limited.map((backend) => backend.limits?.freeAt(now, tokens) ?? Infinity));
  const ends = untried.map(endOf).filter((end) => end > now);
  const wakeAt = Math.min(freeAt, ...ends);
  const patienceMs = Math.max(...backends.map(({ queueTimeoutMs }) => queueTimeoutMs));
  if (limited.length === backends.length && wakeAt - now > patienceMs) {
    return { is: "none", why: "limited", retryAfterMs: wakeAt - now };
  }
  return { is: "full", backends, unwell, wakeAt: Number.isFinite(wakeAt) ? wakeAt : undefined };
}

function giveUp(untried: readonly Out[], now: number): ShutOut {
  const standings = untried.map(({ standing }) => standing);
  const why = (["open", "spent", "refused"] as const).find((one) => standings.includes(one)) ?? "missing";
  const ends = untried.filter(({ standing }) => standing === why).map(endOf);
  return { is: "none", why, retryAfterMs: why === "missing" ? undefined : Math.max(Math.min(...ends) - now, 0) };
}

/** When that which stands in the way ends by itself, in milliseconds since the Unix epoch; `-Infinity`: nobody knows. */
function endOf({ candidate, standing }: Out): number {
  const { backend, breaker, coolDown } = candidate.health;
  if (standing === "open") return breaker.openUntil;
  if (standing === "cooling") return coolDown.until;
  return standing === "refused" || standing === "spent" ? backend.credential.until : Number.NEGATIVE_INFINITY;
}

function backendOf({ candidate }: Out): BackendHealth {
  return candidate.health.backend;
}

function bySoonest(a: Out, b: Out): number {
  return endOf(a) - endOf(b);
}

function count(outs: readonly Out[], is: (standing: Standing) => boolean): number {
  return outs.reduce((total, { standing }) => (is(standing) ? total + 1 : total), 0);
}

/** Kept from calls by how it did of late. */
function isShutOut(standing: Standing): boolean {
  return standing === "open" || standing === "cooling";
}

/** Not to be counted on, however it did. */
function isUnable(standing: Standing): boolean {
  return (
    standing === "refused" ||
    standing === "spent" ||
    standing === "missing" ||
    standing === "weightless" ||
    standing === "small"
  );
}
