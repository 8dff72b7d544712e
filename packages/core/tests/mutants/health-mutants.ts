import type { Mutant } from "./mutant.ts";

/** Mistakes in what is known of backends. */
export const HEALTH_MUTANTS: readonly Mutant[] = [
  {
    name: "a place is not given back",
    file: "routing/health/backend-health.ts",
    from: "    this.held--;",
    to: "",
  },
  {
    name: "a breaker never opens",
    file: "routing/health/breaker.ts",
    from: "    this.#change(true);",
    to: "    this.#change(false);",
  },
  {
    name: "a breaker never closes",
    file: "routing/health/breaker.ts",
    from: "    if (admission.isProbe) this.#close(now);",
    to: "    if (admission.isProbe) return;",
  },
  {
    name: "two may find out whether a breaker can close",
    file: "routing/health/breaker.ts",
    from: "    if (isProbe) this.#probeIsOut = true;",
    to: "",
  },
  {
    name: "what began before a breaker opened counts after it",
    file: "routing/health/breaker.ts",
    from: "    this.#era++;",
    to: "",
  },
  {
    name: "a call that is given up while it finds out keeps the others away for ever",
    file: "routing/health/breaker.ts",
    from: "    if (admission.isProbe && admission.era === this.#era) this.#probeIsOut = false;",
    to: "",
  },
  {
    name: "a cool-down moves to an earlier time",
    file: "routing/health/cool-down.ts",
    from: "    this.#until = Math.max(this.#until, now + waitMs);",
    to: "    this.#until = now + waitMs;",
  },
  {
    name: "the retry budget never empties",
    file: "routing/health/retry-budget.ts",
    from: "    this.#left = Math.max(this.#left - 1, 0);",
    to: "",
  },
  {
    name: "what a call may spend is never counted as spent",
    file: "routing/health/rate-limits.ts",
    from: "    if (spent > 0) this.#tokens.add(spent, now);",
    to: "",
  },
  {
    name: "a place that comes free is not offered to those who wait",
    file: "routing/health/backend-health.ts",
    from: "    if (this.line.length > 0) this.#offerPlaces();",
    to: "",
  },
  {
    name: "a refused key makes a spent account forgotten sooner",
    file: "routing/health/credential.ts",
    from: "    if (now + forMs < this.#until) return;",
    to: "",
  },
  {
    name: "a model that answers stays missing",
    file: "routing/health/learn.ts",
    from: "  health.missingSince = undefined;\n",
    to: "",
  },
];
