import fc from "fast-check";
import { z } from "zod";
import { COMPOSE_STRATEGIES, type Compose, END, type HookCall } from "../src/chain/chain.ts";
import type { BranchSource, ChainSource, TaskSource } from "../src/chain/source/chain-source.ts";
import { duration, executeConfig, jsonWith, record, retry, text, word } from "./arbitrary-chain.ts";

/** A chain as code may write it, and the same written out: a list of tasks, every branch in `transition`, every `when` a text. */
export interface WrittenChain {
  readonly source: ChainSource;
  readonly longhand: ChainSource;
}

/** What a task is, before it is decided how it is written. */
interface Plan {
  readonly id: string;
  readonly fields: Omit<TaskSource, "transition" | "next" | "onFailure">;
  readonly branches: readonly BranchSource[];
  readonly onFailure: string | undefined;
  readonly style: Style;
}

/** Which of several ways to say the same is taken, where it can be. */
interface Style {
  readonly next: boolean;
  readonly failureInTransition: boolean;
  readonly numbers: boolean;
}

const RESERVED = new Set([END, "input", "previous_output", "error", "failed_task", "user", "limits", "talk"]);
const words = fc.constantFrom("yes", "no", "later", "42");
const style: fc.Arbitrary<Style> = fc.record({
  next: fc.boolean(),
  failureInTransition: fc.boolean(),
  numbers: fc.boolean(),
});

/** Sound chains: `defineChain` refuses what is odd, so every task is reached, can end, and reads what is set. */
export const writtenChain: fc.Arbitrary<WrittenChain> = fc
  .uniqueArray(
    word.filter((id) => !RESERVED.has(id)),
    { minLength: 1, maxLength: 6 },
  )
  .chain((ids) =>
    fc.record({
      plans: fc.tuple(...ids.map((_, place) => planOf(ids, place))),
      rest: restOfChain,
      byId: fc.boolean(),
    }),
  )
  .map(({ plans, rest, byId }) => ({
    source: { ...rest, tasks: byId ? tasksById(plans) : plans.map((plan) => ({ id: plan.id, ...write(plan) })) },
    longhand: { ...rest, tasks: plans.map((plan) => ({ id: plan.id, ...writeOut(plan) })) },
  }));

const restOfChain: fc.Arbitrary<Omit<ChainSource, "tasks">> = record<Omit<ChainSource, "tasks">>(
  { id: word, variables: fc.constant({ user: "string", limits: "json", talk: "chat_history" } as const) },
  {
    description: text,
    debug: fc.boolean(),
    tokenLimit: fc.nat({ max: 9000 }),
    executeConfig: executeConfig.map(withoutExtra),
    input: fc.constantFrom<NonNullable<ChainSource["input"]>>(
      "string",
      "json",
      "any",
      { type: ["string", "object"] },
      z.string(),
    ),
    output: fc.constantFrom({}, { description: "Anything, in {{brackets}}." }),
  },
);

/** Templates that read what every path to the task has set. */
function templateOver(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.constantFrom(...names);
  const action = fc.oneof(
    name.map((read) => `{{.${read}}}`),
    name.map((read) => `{{ toJson .${read} | trim -}} `),
    name.map((read) => `{{if .${read}}}a{{else}}{{.input}}{{end}}`),
    fc.constantFrom(
      '{{"{{"}} }}',
      "{{/* a note */}}",
      '{{index . "user"}}',
      "{{range $i, $x := .limits}}{{$i}}{{end}}",
    ),
  );
  const plain = fc.string({ maxLength: 8, unit: "grapheme" }).filter((part) => !part.includes("{"));
  return fc.tuple(plain, action, plain).map((parts) => parts.join(""));
}

function planOf(ids: readonly string[], place: number): fc.Arbitrary<Plan> {
  const id = ids[place] ?? "";
  const next = ids[place + 1];
  const known = ["input", "user", ...(place === 0 ? [] : ["previous_output", ids[0] ?? ""])];
  const template = templateOver(known);
  const common = record<Partial<TaskSource>>(
    {},
    {
      description: text,
      print: templateOver([...known, id]),
      inputVar: fc.constantFrom(...known.filter((name) => name !== "user")),
      compose: record<Compose>(
        { withVar: fc.constantFrom("input", "user") },
        { strategy: fc.constantFrom(...COMPOSE_STRATEGIES) },
      ),
      timeout: duration,
      retryOnFailure: fc.integer({ min: 1, max: 5 }),
      retry: retry.map(withoutExtra),
    },
  );
  // Nothing comes after a task that never succeeds, and the first one's output is read by others.
  const kinds = [...kindsWith(template), ...(next === undefined && place > 0 ? [refusal(template)] : [])];
  return fc.oneof(...kinds).chain(({ fields, branches }) =>
    fc
      .record({
        common,
        fields,
        branches: branches === undefined ? fc.constant([]) : branchesTo(branches, ids, next),
        onFailure: fc.option(fc.constantFrom(...ids.slice(place + 1), END), { nil: undefined }),
        style,
      })
      .map((drawn) => ({ ...drawn, id, fields: { ...drawn.common, ...drawn.fields } })),
  );
}

interface Kind {
  readonly fields: fc.Arbitrary<Plan["fields"]>;
  /** The branches that it may have before the default. Absent: it has none at all. */
  readonly branches?: fc.Arbitrary<readonly Omit<BranchSource, "goto">[]>;
}

/** It has no output to print. */
function refusal(template: fc.Arbitrary<string>): fc.Arbitrary<Kind> {
  const fields = { handler: fc.constant("raise_error"), promptTemplate: template, print: fc.constant("{{.input}}") };
  return fc.constant({ fields: record<Plan["fields"]>(fields, {}) });
}

function kindsWith(template: fc.Arbitrary<string>): readonly fc.Arbitrary<Kind>[] {
  const none = fc.constant([]);
  const on = (...operators: readonly BranchSource["operator"][]) => ({
    operator: fc.constantFrom(...operators),
  });
  const equals = fc
    .uniqueArray(words, { maxLength: 3 })
    .map((list) => list.map((when) => ({ operator: "equals" as const, when })));
  const numeric = fc.oneof(
    fc.record({ ...on(">", "gt", "<", "lt"), when: fc.constantFrom("5", "0", "-1.5", "1e3") }),
    fc.record({ ...on("equals"), when: fc.constantFrom("5", "0", "-3") }),
    fc.record({ ...on("in_range"), when: fc.constantFrom("1-10", "0.5-2") }),
  );
  const asks = { systemInstruction: template, executeConfig: executeConfig.map(withoutExtra) };
  const kind = (always: object, sometimes: object, branches: NonNullable<Kind["branches"]>): fc.Arbitrary<Kind> =>
    fc.constant({ fields: record<Plan["fields"]>(always, sometimes), branches });
  const named = (handler: string) => ({ handler: fc.constant(handler) });
  const hook = record<HookCall>(
    { name: word },
    {
      args: fc.dictionary(
        word,
        jsonWith(template).filter((value) => value !== null),
        { minKeys: 1, maxKeys: 3 },
      ),
    },
  );
  const schemas = fc.constantFrom({ type: "object" }, z.object({ answer: z.string().optional() }));
  const ofWords = fc.constantFrom({ enum: ["yes", "no", "later", 42, null] }, z.enum(["yes", "no", "later", "42"]));
  const ofNumbers = fc.constantFrom({ type: ["integer", "null"] }, z.number());
  return [
    kind(
      { ...named("raw_string"), promptTemplate: template },
      { ...asks, stream: fc.boolean(), restart: fc.boolean() },
      fc.oneof(
        equals,
        fc.record({ ...on("contains", "starts_with", "ends_with"), when: fc.constant("{{x") }).map((one) => [one]),
      ),
    ),
    kind({ ...named("raw_string"), promptTemplate: template, output: schemas }, asks, none),
    kind({ ...named("raw_string"), promptTemplate: template, output: ofWords }, asks, equals),
    kind(
      { ...named("raw_string"), promptTemplate: template, output: ofNumbers },
      asks,
      numeric.map((one) => [one]),
    ),
    kind(
      {
        ...named("condition_key"),
        promptTemplate: template,
        validConditions: fc.constant({ yes: true, no: false, later: false, "42": true }),
      },
      asks,
      equals,
    ),
    kind(
      { handler: fc.constantFrom("parse_number", "parse_score"), promptTemplate: template },
      asks,
      numeric.map((one) => [one]),
    ),
    kind({ ...named("parse_range"), promptTemplate: template }, asks, none),
    kind({ ...named("hook"), hook }, { output: fc.constant({}), promptTemplate: template }, none),
    kind({ ...named("hook"), hook, outputTemplate: fc.constantFrom("{{.answer}}", "{{toJson .}}") }, {}, equals),
    kind({ ...named("model_execution"), inputVar: fc.constant("talk") }, { ...asks, stream: fc.boolean() }, none),
    kind({ ...named("convert_to_openai_chat_response"), inputVar: fc.constant("talk") }, {}, none),
    kind({ ...named("embedding"), promptTemplate: template }, { executeConfig: asks.executeConfig }, none),
    kind({ handler: fc.constantFrom("parse_key_value", "parse_transition"), promptTemplate: template }, {}, none),
    kind({ ...named("noop") }, { promptTemplate: template }, none),
    kind({ ...named("my_handler"), myField: jsonWith(text).filter((value) => value !== null) }, {}, none),
  ];
}

/** The first comparisons lead anywhere, the default on to the next task: so every task is reached, and every cycle is left. */
function branchesTo(
  comparisons: NonNullable<Kind["branches"]>,
  ids: readonly string[],
  next: string | undefined,
): fc.Arbitrary<readonly BranchSource[]> {
  return comparisons.chain((list) =>
    fc
      .record({ targets: fc.tuple(...list.map(() => fc.constantFrom(...ids, END))), ends: fc.boolean() })
      .map(({ targets, ends }): readonly BranchSource[] => {
        const compared = list.map((comparison, index) => ({ ...comparison, goto: targets[index] ?? END }));
        if (next === undefined && compared.length === 0 && ends) return [];
        return [...compared, { operator: "default", goto: next ?? END }];
      }),
  );
}

function tasksById(plans: readonly Plan[]): ChainSource["tasks"] {
  return Object.fromEntries(plans.map((plan) => [plan.id, write(plan)]));
}

function writeOut({ fields, branches, onFailure }: Plan): TaskSource {
  return { ...fields, transition: { branches, ...(onFailure !== undefined && { onFailure }) } };
}

/** In short where that can say it. */
function write(plan: Plan): TaskSource {
  const { fields, branches, onFailure, style } = plan;
  const next = style.next ? shortNext(branches) : undefined;
  const failure = onFailure !== undefined && { onFailure };
  const transition = {
    ...(next === undefined && branches.length > 0 && { branches: branches.map((branch) => withNumber(branch, style)) }),
    ...(style.failureInTransition && failure),
  };
  return {
    ...fields,
    ...(Object.keys(transition).length > 0 && { transition }),
    ...(next !== undefined && { next }),
    ...(!style.failureInTransition && failure),
  };
}

/** Undefined where branches are compared otherwise, or would change their order as keys. */
function shortNext(branches: readonly BranchSource[]): TaskSource["next"] {
  const last = branches.at(-1);
  if (last?.operator !== "default") return undefined;
  const compared = branches.slice(0, -1);
  if (compared.length === 0) return last.goto;
  if (compared.some(({ operator, when }) => operator !== "equals" || /^\d+$/.test(String(when)))) return undefined;
  return { ...Object.fromEntries(compared.map(({ when, goto }) => [String(when), goto])), default: last.goto };
}

function withNumber(branch: BranchSource, { numbers }: Style): BranchSource {
  const { when } = branch;
  return numbers && when !== undefined && String(Number(when)) === when ? { ...branch, when: Number(when) } : branch;
}

/** Code cannot write fields that nobody knows. */
function withoutExtra<T>(value: T): T {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).filter(([name]) => name !== "extra");
  // Safe: only a member that every such type may lack is left out.
  return Object.fromEntries(entries.map(([name, member]) => [name, withoutExtra(member)])) as T;
}
