import type { Mutant } from "./mutant.ts";

/** Mistakes in choosing a backend, and waiting for one. */
export const CHOICE_MUTANTS: readonly Mutant[] = [
  {
    name: "a lease is not given back",
    file: "routing/selection/leases.ts",
    from: "    health.held--;",
    to: "    if (outcome.is !== 'cancelled') health.held--;",
  },
  {
    name: "a lease can be given back twice",
    file: "routing/selection/leases.ts",
    from: "    if (this.#isOver) return;\n    this.#isOver = true;",
    to: "    this.#isOver = true;",
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
    name: "nothing is recorded of a call that nobody takes",
    file: "routing/selection/resolve.ts",
    from: "    record?.leftOut(search.leftOut());\n    throw error;",
    to: "    throw error;",
    tests: ["tests/routing.test.ts"],
  },
];
