import type { RouteRecord } from "@catenary/core";

/** Why a call went where it went, in a line: who was tried before, who was left out and why, and who chose. */
export function explainRoute({ policy, group, tried, dropped, failOpen, queuedMs = 0 }: RouteRecord): string {
  const failures = tried.flatMap(({ backend, status, error }) =>
    error === undefined ? [] : [`${backend} failed (${status ?? error.reason ?? error.failure})`],
  );
  // Who was left out at first and asked later is told of once.
  const asked = new Set(tried.map(({ backend }) => backend));
  const others = new Map(
    dropped.flatMap(({ backend, why }) => (asked.has(backend) ? [] : [[backend, `${backend} left out: ${why}`]])),
  );
  return [
    ...failures,
    ...others.values(),
    ...(failOpen === true ? ["nobody was well, so all were asked"] : []),
    ...(queuedMs > 0 ? [`waited ${Math.round(queuedMs)} ms for a place`] : []),
    `${policy} chose${group === undefined ? "" : ` in ${group}`}`,
  ].join("; ");
}
