import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Finding, FindingCode } from "../../src/chain/finding.ts";
import { HANDLER_SPECS } from "../../src/chain/handler-spec.ts";
import { parseChain } from "../../src/chain/parse-chain.ts";
import { validateChain } from "../../src/chain/validate-chain.ts";
import { decodeChain } from "../../src/chain/wire/decode-chain.ts";
import { encodeChain } from "../../src/chain/wire/encode-chain.ts";
import { isJsonObject, type Json } from "../../src/value/json.ts";

const folder = fileURLToPath(new URL("../../../../../shared/vectors/", import.meta.url));
const isPresent = existsSync(folder);
if (!isPresent) console.warn(`skipped: the recorded cases of contenox/runtime are not at ${folder}`);

/** One kind of fault that we find before a run, and contenox/runtime when a run comes to it. */
interface EarlyKind {
  readonly code: FindingCode;
  /** Why it is an error here although the original answered. */
  readonly reason: string;
  /** Every recorded chain that has it and was answered or stored. */
  readonly cases: readonly string[];
}

/** Of the recorded chains that were answered these have an error here, and no others. */
const FOUND_EARLIER: readonly EarlyKind[] = [
  {
    code: "unknown_target",
    reason: "a dangling target: nothing failed in the recorded run, so its on_failure was never followed",
    cases: ["failure-to-missing-task-unused"],
  },
  {
    code: "duplicate_task_id",
    reason: "a repeated id: the first task of that name runs, and the second can never",
    cases: ["validate-duplicate-ids", "validate-duplicate-ids-first-task"],
  },
  {
    code: "missing_field",
    reason: "an unknown handler, the empty one: the task failed each time, and its on_failure led on",
    cases: ["failure-recovery-input-after-empty-handler"],
  },
  {
    code: "invalid_template",
    reason: "a template that cannot be read is only read where it is rendered, and a task that fails does not print",
    cases: ["print-not-on-failure"],
  },
  {
    code: "no_tasks",
    reason: "a chain is not checked when a stored one is replaced; to run it is refused by the original too, with 400",
    cases: ["chain-update-no-tasks", "openai-stored-chain-made-empty"],
  },
];

/** What is an error as soon as it is known which handlers there are, and a warning before. */
const FOUND_WITH_A_RUNTIME: readonly EarlyKind[] = [
  {
    code: "unknown_handler",
    reason: "an unknown handler: a failure when the run came to it, which on_failure caught",
    cases: ["handler-unknown-on-failure"],
  },
];

interface Recorded {
  readonly name: string;
  readonly chain: Json;
  /** What the original answered. For a chain that was stored: the chain as it writes it. */
  readonly answer: Json;
}

/** Every chain that was sent as JSON and accepted, with the name of its case. */
function acceptedChains(): readonly Recorded[] {
  return ["engine", "handlers", "http"].flatMap((file) => {
    const cases: readonly Json[] = JSON.parse(readFileSync(`${folder}${file}.json`, "utf8"));
    return cases.flatMap((recorded) => (isJsonObject(recorded) ? chainsOf(recorded) : []));
  });
}

function chainsOf(recorded: { readonly [key: string]: Json }): readonly Recorded[] {
  const name = String(recorded.name);
  if (isJsonObject(recorded.chain)) return isAccepted(recorded) ? [{ name, chain: recorded.chain, answer: null }] : [];
  const steps = Array.isArray(recorded.steps) ? recorded.steps : [];
  return steps.filter(isJsonObject).flatMap((step) => {
    if (!isAccepted(step) || !/^\/(tasks|taskchains)/.test(String(step.path)) || !isJsonObject(step.body)) return [];
    const answer = isJsonObject(step.recorded) && step.path !== "/tasks" ? (step.recorded.body ?? null) : null;
    return [{ name, chain: step.body.chain ?? step.body.Chain ?? step.body, answer }];
  });
}

function isAccepted({ recorded }: { readonly [key: string]: Json }): boolean {
  return isJsonObject(recorded) && (recorded.status === 200 || recorded.status === 201);
}

describe.skipIf(!isPresent)("the recorded chains of contenox/runtime", () => {
  const chains = isPresent ? acceptedChains() : [];

  test("are found", () => {
    expect(chains.length).toBeGreaterThan(600);
  });

  /** The names of the chains with errors, by the code of each. */
  function errorsWith(check: (chain: Json) => readonly Finding[]): Readonly<Record<string, readonly string[]>> {
    const found = chains.flatMap(({ name, chain }) => {
      const errors = check(chain).filter(({ severity }) => severity === "error");
      return [...new Set(errors.map(({ code }) => code))].map((code) => ({ name, code }));
    });
    const byCode = Map.groupBy(found, ({ code }) => code);
    return Object.fromEntries([...byCode].map(([code, of]) => [code, [...new Set(of.map(({ name }) => name))]]));
  }

  const expected = (kinds: readonly EarlyKind[]) => Object.fromEntries(kinds.map(({ code, cases }) => [code, cases]));

  test("have no error where they were accepted, but for what the original finds later", () => {
    expect(errorsWith((chain) => parseChain(chain).findings)).toEqual(expected(FOUND_EARLIER));
  });

  test("nor where the handlers of the runtime are known, but for handlers that nobody knows", () => {
    const handlers = new Map(HANDLER_SPECS.map((spec) => [spec.name, spec]));
    expect(errorsWith((chain) => validateChain(chain, { handlers }))).toEqual(
      expected([...FOUND_EARLIER, ...FOUND_WITH_A_RUNTIME]),
    );
  });

  test.each([...FOUND_EARLIER, ...FOUND_WITH_A_RUNTIME])("$code is $reason", ({ cases }) => {
    const names = new Set(chains.map(({ name }) => name));
    expect(cases.filter((name) => !names.has(name))).toEqual([]);
  });

  test("are written as the original writes them", () => {
    const stored = chains.filter(({ answer }) => isJsonObject(answer));
    expect(stored.length).toBeGreaterThan(30);
    for (const { name, chain, answer } of stored) {
      const { definition } = decodeChain(chain);
      const written = definition && encodeChain(definition);
      // A chain without tasks has null there in the original; a list is a list here.
      const original = isJsonObject(answer) && answer.tasks === null ? { ...answer, tasks: [] } : answer;
      expect(written, name).toEqual(original);
    }
  });
});
