/** A deliberate mistake in one file, which some test must notice. */
export interface Mutant {
  readonly name: string;
  /** Inside of `src`. */
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly from: string;
  readonly to: string;
  /** The tests that are to notice it. Default: those of choosing, of health and of waiting. */
  readonly tests?: readonly string[];
}

/** Mistakes that routers have been shipped with. */
export const MUTANTS: readonly Mutant[] = [
  {
    name: "a lease is not given back",
    file: "routing/selection/leases.ts",
    from: "    health.held--;",
    to: "    if (outcome.is !== 'cancelled') health.held--;",
  },
  {
    name: "a place is not given back",
    file: "routing/health/backend-health.ts",
    from: "    this.held--;",
    to: "",
  },
  {
    name: "a lease can be given back twice",
    file: "routing/selection/leases.ts",
    from: "    if (this.#isOver) return;\n    this.#isOver = true;",
    to: "    this.#isOver = true;",
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
    name: "among equals the first is chosen",
    file: "routing/policies/scored-policy.ts",
    from: "      if (random() * equals >= equals - 1) chosen = at;",
    to: "",
  },
  {
    name: "the calls under way do not count",
    file: "routing/policies/auto.ts",
    from: "* (backend.held + 1)",
    to: "* 1",
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
    name: "who asked to be left alone is asked by every call",
    file: "routing/selection/available.ts",
    from: '  if (now < coolDown.until) return "cooling";',
    to: "",
  },
  {
    name: "what was tried is tried again",
    file: "routing/selection/available.ts",
    from: 'some((other) => other.health === health)) return "tried"',
    to: 'some((other) => other === undefined)) return "tried"',
  },
  {
    name: "another is asked although a reader has a part of the answer",
    file: "routing/call/try-candidates.ts",
    from: "    if (this.#options.isCommitted()) throw mostActionable(this.#journey.failures);",
    to: "",
  },
  {
    name: "a refused key is overruled where nobody is well",
    file: "routing/selection/shut-out.ts",
    from: '  const open = untried.filter(({ standing }) => standing === "open");',
    to: '  const open = untried.filter(({ standing }) => standing === "open" || standing === "refused");',
  },
  {
    name: "who fails is asked to find out how it is, beside its breaker's own way back",
    file: "routing/policies/scored-policy.ts",
    from: "        !candidate.health.breaker.isOpen &&\n",
    to: "",
  },
  {
    name: "a refused key makes a spent account forgotten sooner",
    file: "routing/health/credential.ts",
    from: "    if (now + forMs < this.#until) return;",
    to: "",
  },
  {
    name: "who waits in several groups never hears that somebody is well again",
    file: "routing/selection/search.ts",
    from: "unwell: [...new Set(full.flatMap(({ unwell }) => unwell))]",
    to: "unwell: []",
  },
  {
    name: "who waits never hears that somebody is well again",
    file: "routing/waiting/stand-in-line.ts",
    from: "    for (const backend of unwell) this.#join(backend);",
    to: "",
  },
  {
    name: "a session has one place for all its models",
    file: "routing/selection/search.ts",
    from: "`${session}\\n${this.#request}`",
    to: "session",
  },
  {
    name: "a model that answers stays missing",
    file: "routing/health/learn.ts",
    from: "  health.missingSince = undefined;\n",
    to: "",
  },
  {
    name: "round-robin has one round for all requests of a group",
    file: "routing/policies/round-robin.ts",
    from: "`${tierOf(candidates)} ${request}`",
    to: '""',
  },
  {
    name: "the only candidate is asked, however long its server said to leave it alone",
    file: "routing/selection/shut-out.ts",
    from: "(isOwnRetry || !isHinted(sole, now))",
    to: "true",
  },
  {
    name: "what a call that was given up asked with costs nothing",
    file: "routing/selection/leases.ts",
    from: "  return isUnread ? 0 : promptTokens;",
    to: "  return 0;",
  },
  {
    name: "those that are unwell are asked before an overflow is",
    file: "routing/selection/search.ts",
    from: "onlyWell: true",
    to: "onlyWell: false",
    tests: ["tests/groups.test.ts"],
  },
  {
    name: "what nobody catches is thrown while lists of models are waited for",
    file: "fleet/gather.ts",
    from: "        reject(error);",
    to: "        throw error;",
    tests: ["tests/changes-while-waiting.test.ts"],
  },
  {
    name: "a backend that answers late is waited for by calls that others can take",
    file: "fleet/gather.ts",
    from: "      isOver = true;",
    to: "",
    tests: ["src/fleet/fleet.test.ts", "tests/routing.test.ts"],
  },
  {
    name: "each call asks anew a backend that is being asked what it serves",
    file: "fleet/fleet.ts",
    from: "      this.#asking.set(backend, asking);",
    to: "",
    tests: ["src/fleet/fleet.test.ts"],
  },
  {
    name: "what is known about the models of a server is believed for ever",
    file: "fleet/fleet.ts",
    from: "      if (age >= believedMs) this.#ask(state.backend);",
    to: "",
    tests: ["src/fleet/fleet.test.ts"],
  },
  {
    name: "a download that was cancelled is begun again",
    file: "fleet/downloads.ts",
    from: '    if (this.find(backendId, model)?.state === "cancelled") return true;\n',
    to: "",
    tests: ["src/fleet/reconciler.test.ts", "src/fleet/downloads.test.ts"],
  },
  {
    name: "a model that is declared while others are deleted is deleted too",
    file: "fleet/pruner.ts",
    from: "      if (!this.#isUnwanted(state, model)) continue;",
    to: "",
    tests: ["src/fleet/pruner.test.ts"],
  },
  {
    name: "a server that is down has no models",
    file: "fleet/declarations.ts",
    from: "  return state.lastModels === undefined || serves(state.lastModels, model);",
    to: "  return false;",
    tests: ["src/fleet/declarations.test.ts"],
  },
  {
    name: "every call of an embedding model is routed by itself",
    file: "routing/router-model/routed-embedding-model.ts",
    from: "      this.#kept = model;",
    to: "",
    tests: ["tests/embeddings-of-one-model.test.ts"],
  },
  {
    name: "a refusal of what one caller said is held against the key",
    file: "errors/refusal-of.ts",
    from: "  if (status === 403) return ofForbidden(body);",
    to: "",
    tests: ["tests/forbidden-calls.test.ts"],
  },
  {
    name: "what a candidate says after it was given up is another's",
    file: "routing/call/turn.ts",
    from: "    if (this.isOver) return;\n    this.#usage = usage;",
    to: "    this.#usage = usage;",
    tests: ["src/routing/call/turn.test.ts"],
  },
  {
    name: "the late answer of a candidate that was given up is read",
    file: "routing/call/generate.ts",
    from: "  turn.signal.throwIfAborted();",
    to: "",
    tests: ["tests/deaf-providers.test.ts"],
  },
  {
    name: "a record says of those that are left out why they were at the first choice",
    file: "routing/call/journey.ts",
    from: "    ...after,\n",
    to: "    ...after,\n    dropped: before.dropped,\n",
    tests: ["tests/routing.test.ts"],
  },
  {
    name: "nothing is recorded of a call that nobody takes",
    file: "routing/selection/resolve.ts",
    from: "    record?.leftOut(search.leftOut());\n    throw error;",
    to: "    throw error;",
    tests: ["tests/routing.test.ts"],
  },
];
