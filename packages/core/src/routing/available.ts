import type { Candidate, Sifted } from "./candidate.ts";

/** Keeps the candidates that can take the call now: those that this call has not tried yet. */
export function available(candidates: readonly Candidate[], tried: readonly Candidate[]): Sifted {
  if (tried.length === 0) return { kept: candidates, dropped: [] };
  const wasTried = (candidate: Candidate) =>
    tried.some((other) => other.backend === candidate.backend && other.model.id === candidate.model.id);
  return {
    kept: candidates.filter((candidate) => !wasTried(candidate)),
    dropped: candidates
      .filter(wasTried)
      .map((candidate) => ({ candidate, stage: "available", why: "it was tried already" })),
  };
}
