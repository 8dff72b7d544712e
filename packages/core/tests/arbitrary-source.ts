import fc from "fast-check";
import { z } from "zod";
import { COMPOSE_STRATEGIES, type Compose, END } from "../src/chain/chain.ts";
import type { BranchSource, ChainSource, TaskSource } from "../src/chain/source/chain-source.ts";
import { duration, executeConfig, record, retry, text, word } from "./arbitrary-chain.ts";
import { type Kind, kindsWith, refusal } from "./arbitrary-kind.ts";
import { type Plan, type Style, tasksById, write, writeOut } from "./source-plan.ts";
import { withoutExtra } from "./without-extra.ts";

/** A chain as code may write it, and the same written out: a list of tasks, every branch in `transition`, every `when` a text. */
export interface WrittenChain {
  readonly source: ChainSource;
  readonly longhand: ChainSource;
}

const RESERVED = new Set([END, "input", "previous_output", "error", "failed_task", "user", "limits", "talk"]);
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
      // A list of no kinds is warned of, and so refused in code.
      retry: retry.filter(({ on }) => on?.length !== 0).map(withoutExtra),
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
