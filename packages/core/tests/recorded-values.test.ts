import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { CatenaryError } from "../src/errors/catenary-error.ts";
import { parseTemplate } from "../src/template/parse-template.ts";
import { convertInput } from "../src/value/convert-input.ts";
import { isDataType } from "../src/value/data-type.ts";
import type { Json } from "../src/value/json.ts";
import { type Answer, differenceOf } from "./recorded-differences.ts";
import { renderWith } from "./render-template.ts";

/** What contenox/runtime answered. The recordings lie beside the repository and are no part of it. */
const recordings = new URL("../../../../shared/vectors/engine.json", import.meta.url);

interface RecordedTask {
  readonly id: string;
  readonly handler: string;
  readonly prompt_template?: string;
  readonly output_template?: string;
  readonly transition: { readonly branches: readonly { readonly operator: string }[] | null };
}

interface RecordedCase {
  readonly name: string;
  readonly chain?: { readonly tasks: readonly RecordedTask[] };
  readonly input?: Json;
  readonly inputType?: string;
  readonly hookReplies?: readonly { readonly body?: { readonly output?: Json } }[];
  readonly recorded: { readonly status: number; readonly body: { readonly output: Json } };
}

/** The cases that these rooms decide alone: templates and conversions, in chains of noop and of hooks, one task after the other. */
function decidableCases(): RecordedCase[] {
  // Safe: the recordings' own README fixes their shape.
  const all = JSON.parse(readFileSync(recordings, "utf8")) as RecordedCase[];
  return all.filter(({ name, chain }) => /^(template|convert)-/.test(name) && chain?.tasks.every(isDecidable) === true);
}

function isDecidable({ handler, transition }: RecordedTask): boolean {
  const handled = handler === "noop" || handler === "hook";
  return handled && (transition.branches ?? []).every(({ operator }) => operator === "default");
}

function answerOf({ chain, input, inputType = "string", hookReplies }: RecordedCase): Answer {
  const type = inputType.toLowerCase();
  if (!isDataType(type)) return "refused";
  try {
    let output = convertInput(input, type).value;
    const variables: { [name: string]: Json } = { input: output };
    for (const { id, handler, prompt_template, output_template } of chain?.tasks ?? []) {
      if (prompt_template) output = renderWith(prompt_template, variables);
      if (handler === "hook") output = hookOutput(hookReplies?.[0]?.body ?? null, output_template);
      variables[id] = output;
    }
    return { value: output };
  } catch (error) {
    if (CatenaryError.isInstance(error)) return "refused";
    throw error;
  }
}

function hookOutput(body: Json | { readonly output?: Json }, template: string | undefined): Json {
  const wrapped = typeof body === "object" && body !== null && "output" in body ? body.output : undefined;
  // Safe: a reply without `output` is JSON as a whole.
  const value = wrapped ?? (body as Json);
  return template === undefined ? value : parseTemplate(template).renderValue(value);
}

/** Times were replaced by `<time>` in the recordings. An empty body has no output at all. */
function withoutTimes(answer: Answer): unknown {
  if (answer === "refused") return answer;
  return JSON.parse(JSON.stringify(answer, (key, item: unknown) => (key === "timestamp" ? "<time>" : item)));
}

if (!existsSync(recordings))
  console.info("recorded-values: skipped, because the recordings are not beside the repository");

describe.skipIf(!existsSync(recordings))("as contenox/runtime answered", () => {
  const cases = existsSync(recordings) ? decidableCases() : [];

  it.each(cases.map((recorded) => [recorded.name, recorded] as const))("%s", (name, recorded) => {
    const { status, body } = recorded.recorded;
    const theirs = withoutTimes(status === 200 ? { value: body.output } : "refused");
    const ours = withoutTimes(answerOf(recorded));
    const difference = differenceOf(name);
    expect(ours).toEqual(difference === undefined ? theirs : withoutTimes(difference));
    if (difference !== undefined) expect(ours).not.toEqual(theirs);
  });

  it("plays enough cases to mean something", () => {
    expect(cases.length).toBeGreaterThan(200);
  });
});
