import fc from "fast-check";
import { z } from "zod";
import type { HookCall } from "../src/chain/chain.ts";
import type { BranchSource } from "../src/chain/source/chain-source.ts";
import { executeConfig, jsonWith, record, text, word } from "./arbitrary-chain.ts";
import type { Plan } from "./source-plan.ts";
import { withoutExtra } from "./without-extra.ts";

const words = fc.constantFrom("yes", "no", "later", "42");

/** What a task of one handler may say of itself. */
export interface Kind {
  readonly fields: fc.Arbitrary<Plan["fields"]>;
  /** The branches that it may have before the default. Absent: it has none at all. */
  readonly branches?: fc.Arbitrary<readonly Omit<BranchSource, "goto">[]>;
}

/** A task that never succeeds. It has no output to print. */
export function refusal(template: fc.Arbitrary<string>): fc.Arbitrary<Kind> {
  const fields = { handler: fc.constant("raise_error"), promptTemplate: template, print: fc.constant("{{.input}}") };
  return fc.constant({ fields: record<Plan["fields"]>(fields, {}) });
}

/** The tasks that a chain may go on from, with templates of this kind. */
export function kindsWith(template: fc.Arbitrary<string>): readonly fc.Arbitrary<Kind>[] {
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
