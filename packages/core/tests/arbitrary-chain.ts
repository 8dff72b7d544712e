import fc from "fast-check";
import type {
  Branch,
  ChainDefinition,
  Compose,
  ExecuteConfig,
  HookCall,
  RetryPolicy,
  TaskDefinition,
  Transition,
} from "../src/chain/chain.ts";
import { COMPOSE_STRATEGIES, END, OPERATORS } from "../src/chain/chain.ts";
import { FAILURE_CLASSES } from "../src/errors/failure-class.ts";
import { DATA_TYPES } from "../src/value/data-type.ts";
import type { Json, JsonObject } from "../src/value/json.ts";

/** Any text, for where no template stands. Never empty: empty text says nothing. */
export const text = fc.oneof(
  { weight: 4, arbitrary: fc.string({ minLength: 1, maxLength: 12, unit: "grapheme" }) },
  { weight: 1, arbitrary: fc.constantFrom("{{", "{{.input}} }}", '"{{\\"', "end", "a.b[0]") },
);

/** Actions that can be read whatever the variables are. */
const action = fc.constantFrom(
  "{{.input}}",
  "{{ .previous_output.name }}",
  "{{- .input -}}",
  "{{toJson .error}}",
  '{{"{{"}} and }}',
  "{{/* a note */}}",
  "{{if .input}}a{{else}}b{{end}}",
  "{{range $i, $x := .input}}{{$i}}: {{$x}}\n{{end}}",
  '{{default "a \\"b\\"" (index . "input")}}',
  "{{with .failed_task}}{{upper .}}{{end}}",
  '{{printf "%s %d" .input 1 | trim}}',
);

/** Templates with and without actions. A bracket before one would be a part of it. */
export const template: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.string({ maxLength: 8, unit: "grapheme" }).filter((part) => !part.includes("{")),
      action,
    ),
    {
      minLength: 1,
      maxLength: 4,
    },
  )
  .map((parts) => parts.join(""))
  .filter((value) => value !== "");
export const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/).filter((value) => value !== END);
export const duration = fc.constantFrom("0", "300ms", "30s", "1m30s", "1.5h", ".5m", "+5s");
export const probability = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => value + 0);

/** Any JSON with these strings in it. Numbers are never -0, which JSON text does not keep apart from 0. */
export const jsonWith = (strings: fc.Arbitrary<string>): fc.Arbitrary<Json> =>
  fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), strings, probability),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.string({ maxLength: 6 }), tie("value"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
const json = jsonWith(text);

/** Schemas as they are kept, whatever is in them. */
export const schema = fc.constantFrom<JsonObject>(
  {},
  { type: "string", maxLength: 9 },
  { type: "object", properties: { answer: { type: ["integer", "null"] } }, required: ["answer"] },
);

/** Fields that no version of the format has, whatever the case and the underscores. */
const extra = fc.dictionary(
  word.map((name) => `x_other_${name}`),
  json,
  { minKeys: 1, maxKeys: 2, noNullPrototype: true },
);

const branchTo = (targets: fc.Arbitrary<string>): fc.Arbitrary<Branch> =>
  record<Branch>(
    { operator: fc.constantFrom(...OPERATORS), when: fc.oneof(text, fc.constant("")), goto: targets },
    { extra },
  );

const transitionTo = (targets: fc.Arbitrary<string>): fc.Arbitrary<Transition> =>
  record<Transition>({ branches: fc.array(branchTo(targets), { maxLength: 3 }) }, { onFailure: word, extra });

export const executeConfig: fc.Arbitrary<ExecuteConfig> = record<ExecuteConfig>(
  {},
  {
    model: text,
    models: fc.array(text, { minLength: 1, maxLength: 2 }),
    provider: word,
    providers: fc.array(word, { minLength: 1, maxLength: 2 }),
    temperature: probability,
    maxTokens: fc.integer({ min: 1, max: 9000 }),
    topP: probability,
    stop: fc.array(text, { minLength: 1, maxLength: 2 }),
    seed: fc.integer(),
    presencePenalty: probability,
    frequencyPenalty: probability,
    routing: record({}, { policy: word, attempts: fc.integer({ min: 1, max: 9 }), extra }),
    extra,
  },
);

const hook: fc.Arbitrary<HookCall> = record<HookCall>(
  { name: word },
  {
    // null in an argument is read as the empty text.
    args: fc.dictionary(
      fc.string({ maxLength: 6 }),
      jsonWith(template).filter((value) => value !== null),
      { maxKeys: 3, noNullPrototype: true },
    ),
    extra,
  },
);

const compose: fc.Arbitrary<Compose> = record<Compose>(
  { withVar: word },
  { strategy: fc.constantFrom(...COMPOSE_STRATEGIES), extra },
);

export const retry: fc.Arbitrary<RetryPolicy> = record<RetryPolicy>(
  { max: fc.integer({ min: 0, max: 5 }) },
  { backoff: duration, jitter: fc.boolean(), on: fc.uniqueArray(fc.constantFrom(...FAILURE_CLASSES)), extra },
);

const taskNamed = (id: string, targets: fc.Arbitrary<string>): fc.Arbitrary<TaskDefinition> =>
  record<TaskDefinition>(
    {
      id: fc.constant(id),
      handler: fc.constantFrom("raw_string", "condition_key", "hook", "noop", "model_execution", "my_handler"),
      transition: transitionTo(targets),
      hook,
      validConditions: fc.dictionary(fc.string({ maxLength: 6 }), fc.boolean(), {
        minKeys: 1,
        maxKeys: 3,
        noNullPrototype: true,
      }),
    },
    {
      description: text,
      systemInstruction: template,
      executeConfig,
      print: template,
      promptTemplate: template,
      outputTemplate: template,
      output: schema,
      inputVar: word,
      compose,
      timeout: duration,
      retryOnFailure: fc.integer({ min: 1, max: 5 }),
      retry,
      stream: fc.boolean(),
      restart: fc.boolean(),
      extra,
    },
  );

/**
 * Definitions that `parseChain` finds no error in, with every field and unknown ones, in the form in which the decoder
 * gives them: what says nothing (empty texts, `debug: false`) is absent. Loops, unreachable tasks and unknown variables occur.
 */
export const arbitraryChain: fc.Arbitrary<ChainDefinition> = fc
  .uniqueArray(word, { minLength: 1, maxLength: 5 })
  .chain((ids) => {
    const targets = fc.constantFrom(...ids, END, "");
    return record<ChainDefinition>(
      { id: word, tasks: fc.tuple(...ids.map((id) => taskNamed(id, targets))) },
      {
        description: text,
        debug: fc.constant(true),
        tokenLimit: fc.integer({ min: 1, max: 100_000 }),
        executeConfig,
        input: fc.oneof(fc.constantFrom(...DATA_TYPES), schema),
        output: schema,
        variables: fc.dictionary(word, fc.constantFrom(...DATA_TYPES), {
          minKeys: 1,
          maxKeys: 2,
          noNullPrototype: true,
        }),
        extra,
      },
    ).map((chain) => ({ ...chain, tasks: chain.tasks.map((task) => withKnownFailureTarget(task, ids)) }));
  });

function withKnownFailureTarget(task: TaskDefinition, ids: readonly string[]): TaskDefinition {
  const { onFailure, ...rest } = task.transition;
  if (onFailure === undefined) return task;
  return { ...task, transition: { ...rest, onFailure: ids.includes(onFailure) ? onFailure : END } };
}

type Members<T> = { [K in keyof T]: fc.Arbitrary<Exclude<T[K], undefined>> };

/** An object of which some members are always there and others only now and then. */
export function record<T extends object>(always: Partial<Members<T>>, sometimes: Partial<Members<T>>): fc.Arbitrary<T> {
  const requiredKeys = Object.keys(always);
  // `requiredKeys` leaves the other members out altogether, so that what comes is a T.
  const model = { ...always, ...sometimes } as Record<string, fc.Arbitrary<unknown>>;
  return fc.record(model, { requiredKeys, noNullPrototype: true }) as unknown as fc.Arbitrary<T>;
}
