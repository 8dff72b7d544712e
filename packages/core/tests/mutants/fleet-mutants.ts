import type { Mutant } from "./mutant.ts";

/** Mistakes in what backends serve, and downloads. */
export const FLEET_MUTANTS: readonly Mutant[] = [
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
];
