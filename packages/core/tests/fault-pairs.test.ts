import fc from "fast-check";
import { expect, test } from "vitest";
import { validateChain } from "../src/chain/validate-chain.ts";
import { runs } from "./property-runs.ts";

const to = (target: string) => ({ operator: "default", when: "", goto: target });
const on = (word: string, goto: string) => ({ operator: "equals", when: word, goto });

/** A sound chain in which every task is reached in two ways, so that a fault in one way cuts nothing off. */
const SOUND = {
  id: "c",
  input: "string",
  variables: { user: "string" },
  execute_config: { routing: { attempts: 3 } },
  tasks: [
    {
      id: "ask",
      handler: "condition_key",
      prompt_template: "{{.input}}",
      valid_conditions: { yes: true, no: false, later: false },
      transition: { on_failure: "tell", branches: [on("yes", "read"), on("no", "grade"), to("tell")] },
    },
    {
      id: "read",
      handler: "raw_string",
      prompt_template: "{{.input}}",
      output: { type: "object", properties: { name: { type: "string" } }, additionalProperties: false },
      transition: { on_failure: "grade", branches: [to("tell")] },
    },
    {
      id: "grade",
      handler: "parse_score",
      prompt_template: "{{.input}}",
      transition: { on_failure: "call", branches: [{ operator: ">", when: "5", goto: "talk" }, to("tell")] },
    },
    { id: "tell", handler: "noop", prompt_template: "{{.input}}", transition: { branches: [to("call")] } },
    { id: "call", handler: "hook", hook: { name: "h" }, transition: { on_failure: "talk", branches: [to("talk")] } },
    { id: "talk", handler: "raw_string", prompt_template: "{{.input}} {{.user}}" },
  ],
};

type Place = readonly (string | number)[];

/** Each is one fault, at a place where no other is. */
const FAULTS: readonly (readonly [Place, unknown])[] = [
  [["token_limit"], 1.5],
  [["debug"], "yes"],
  [["verson"], 2],
  [["variables", "extra"], 5],
  [["execute_config", "routing", "attempts"], 0],
  [["execute_config", "temperature"], "hot"],
  [["tasks", 0, "timeout"], 20],
  [["tasks", 0, "compose"], "user"],
  [["tasks", 0, "transition", "branches", 1, "when"], "nein"],
  [["tasks", 0, "system_instruction"], "{{.inptu}}"],
  [["tasks", 1, "timeout"], "20"],
  [["tasks", 1, "print"], 5],
  [["tasks", 1, "transition", "branches", 0, "goto"], 5],
  [["tasks", 1, "execute_config"], { temperature: "0.5" }],
  [["tasks", 2, "transition", "branches", 0, "when"], "five"],
  [["tasks", 2, "stop_words"], []],
  [["tasks", 2, "retry"], { max: "2" }],
  [["tasks", 2, "retry_on_failure"], -1],
  [["tasks", 2, "prompt_template"], "{{.input"],
  [["tasks", 3, "stream"], true],
  [["tasks", 3, "prompt_template"], "{{.read.nmae}}"],
  [["tasks", 3, "transition", "branches", 0, "operator"], "otherwise"],
  [["tasks", 3, "timeout"], {}],
  [["tasks", 4, "hook"], { args: {} }],
  [["tasks", 4, "output_template"], "{{end}}"],
  [["tasks", 4, "transition", "on_failure"], "tlak"],
  [["tasks", 5, "input_var"], "usr"],
  [["tasks", 5, "handler"], "raw_sting"],
];

function put(value: unknown, [step, ...rest]: Place, what: unknown): unknown {
  if (step === undefined) return what;
  const copy: Record<string | number, unknown> = Array.isArray(value)
    ? Object.assign([], value)
    : { ...Object(value ?? {}) };
  copy[step] = put(copy[step], rest, what);
  return copy;
}

function findingsWith(faults: typeof FAULTS): readonly string[] {
  const chain = faults.reduce<unknown>((faulty, [place, what]) => put(faulty, place, what), SOUND);
  return validateChain(chain)
    .map(({ severity, code, path, message }) => `${severity} ${code} ${path}: ${message}`)
    .sort();
}

const ALONE = new Map(FAULTS.map((fault) => [fault, findingsWith([fault])]));

test("the chain is sound, and every fault alone is found", () => {
  expect(findingsWith([])).toEqual([]);
  for (const [[place], found] of ALONE) expect([place, found.length]).not.toEqual([place, 0]);
});

test("what is found of any two faults is what is found of each", () => {
  for (const one of FAULTS) {
    for (const other of FAULTS) {
      if (one === other) continue;
      const expected = [...new Set([...(ALONE.get(one) ?? []), ...(ALONE.get(other) ?? [])])].sort();
      expect(findingsWith([one, other])).toEqual(expected);
    }
  }
});

test("what is found of any faults is what is found of each", () => {
  fc.assert(
    fc.property(fc.subarray([...FAULTS], { minLength: 3 }), (faults) => {
      const expected = [...new Set(faults.flatMap((fault) => ALONE.get(fault) ?? []))].sort();
      expect(findingsWith(faults)).toEqual(expected);
    }),
    runs(200),
  );
});
