import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { decodeChain } from "../../src/chain/decode-chain.ts";
import { encodeChain } from "../../src/chain/encode-chain.ts";
import { parseChain } from "../../src/chain/parse-chain.ts";
import { isJsonObject, type Json } from "../../src/value/json.ts";

const folder = fileURLToPath(new URL("../../../../../shared/vectors/", import.meta.url));
const isPresent = existsSync(folder);
if (!isPresent) console.warn(`skipped: the recorded cases of contenox/runtime are not at ${folder}`);

/** Recorded chains that ran, or were stored, although we find an error in them: the original only notices when a run comes to it. */
const FOUND_EARLIER: Readonly<Record<string, readonly string[]>> = {
  "failure-to-missing-task-unused": ["unknown_target"],
  "failure-recovery-input-after-empty-handler": ["missing_field"],
  // The task that prints always fails.
  "print-not-on-failure": ["invalid_template"],
  "validate-duplicate-ids": ["duplicate_task_id"],
  "validate-duplicate-ids-first-task": ["duplicate_task_id"],
  // Stored chains are not checked when they are replaced.
  "chain-update-no-tasks": ["no_tasks"],
  "openai-stored-chain-made-empty": ["no_tasks"],
};

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

  test("have no error where they were accepted, but for what the original finds later", () => {
    const errors = chains.flatMap(({ name, chain }) => {
      const codes = parseChain(chain).findings.filter(({ severity }) => severity === "error");
      return codes.length === 0 ? [] : [[name, codes.map(({ code }) => code)] as const];
    });
    expect(Object.fromEntries(errors)).toEqual(FOUND_EARLIER);
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
