import type { Mutant } from "./mutant.ts";

/** Mistakes in a call's tries and answers. */
export const CALL_MUTANTS: readonly Mutant[] = [
  {
    name: "another is asked although a reader has a part of the answer",
    file: "routing/call/try-candidates.ts",
    from: "    if (this.#options.isCommitted()) throw mostActionable(this.#journey.failures);",
    to: "",
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
];
