import type { LanguageModelCallOptions, LanguageModelTool } from "@catenary/core";
import { expect, test } from "vitest";
import { planCall } from "./plan-call.ts";

const origin = { backend: "llama-cpp", model: "m" };
const prompt: LanguageModelCallOptions["prompt"] = [{ role: "user", content: [{ type: "text", text: "Open it." }] }];
const open: LanguageModelTool = { type: "function", name: "open", inputSchema: { type: "object", properties: {} } };
const json = { type: "json" as const, schema: { type: "boolean" as const } };

test("a call that asks for nothing special has no grammar, no functions, and does not think", () => {
  expect(planCall({ prompt }, origin)).toMatchObject({
    tools: { kind: "none" },
    functions: undefined,
    grammar: undefined,
    stop: [],
    thoughtTokens: 0,
    warnings: [],
  });
});

test("who asks for thoughts gets as many as the model likes, but none where a grammar holds the answer", () => {
  expect(planCall({ prompt, reasoning: "high" }, origin).thoughtTokens).toBeUndefined();
  expect(planCall({ prompt, reasoning: "high", responseFormat: json }, origin).thoughtTokens).toBe(0);
});

test("tools that are offered are told to the library, and an answer is then held to no schema", () => {
  const plan = planCall({ prompt, tools: [open], responseFormat: json }, origin);
  expect(plan).toMatchObject({ functions: { open: {} }, grammar: undefined });
  expect(plan.warnings).toMatchObject([{ type: "unsupported", feature: "responseFormat" }]);
});

test("what a call of an offered tool is not held to comes as a warning", () => {
  const inputSchema = { type: "object" as const, properties: { size: { type: "integer" as const, minimum: 1 } } };
  expect(planCall({ prompt, tools: [{ ...open, inputSchema }] }, origin).warnings).toEqual([
    { type: "unsupported", feature: "tools", details: "a call is not held to: /tools/open/properties/size: minimum" },
  ]);
});

test("tools that nobody may call are left out, and a schema then holds", () => {
  const plan = planCall({ prompt, tools: [open], toolChoice: { type: "none" }, responseFormat: json }, origin);
  expect(plan).toMatchObject({
    functions: undefined,
    grammar: { start: "", grammar: expect.stringMatching(/^root ::= r\d/) },
    warnings: [],
  });
});

test("a tool that has to be called is told in what the user said last, or after a result as something new", () => {
  const call = { tools: [open], toolChoice: { type: "required" as const } };
  const [asked] = planCall({ prompt, ...call }, origin).history;
  expect(asked).toMatchObject({
    type: "user",
    text: expect.stringMatching(/^Open it\.\n\nCall this function:\n\{"name":"open"/),
  });
  const answered: typeof prompt = [
    ...prompt,
    { role: "assistant", content: [{ type: "tool-call", toolCallId: "1", toolName: "open", input: {} }] },
  ];
  expect(planCall({ prompt: answered, ...call }, origin).history.map(({ type }) => type)).toEqual([
    "user",
    "model",
    "user",
    "model",
  ]);
});

test("a tool that only a provider knows is left out with a warning", () => {
  const search = { type: "provider" as const, id: "some.search" as const, name: "search", args: {} };
  const { tools, warnings } = planCall({ prompt, tools: [search] }, origin);
  expect(tools.kind).toBe("none");
  expect(warnings).toMatchObject([{ type: "unsupported", feature: "tool search" }]);
});

test.each([
  ["offered", undefined],
  ["required", { type: "required" as const }],
])("a schema of a tool that refers to what is not there is refused: %s", (_, toolChoice) => {
  const door: LanguageModelTool = {
    ...open,
    inputSchema: { type: "object", properties: { door: { $ref: "#/$defs/door" } } },
  };
  const refused = expect.objectContaining({ failure: "bad_request", status: 400 });
  const plan = () => planCall({ prompt, tools: [door], ...(toolChoice && { toolChoice }) }, origin);
  expect(plan).toThrow(refused);
  expect(plan).toThrow(/refers to #\/.*\$defs\/door, which is not there/);
});

test("a call of a tool that nobody offers is refused, with the names of those that are there", () => {
  const toolChoice = { type: "tool" as const, toolName: "shut" };
  for (const [tools, told] of [
    [[open], /asks for a call of "shut", and the tools here are: open/],
    [[], /the tools here are: none/],
  ] as const) {
    const plan = () => planCall({ prompt, tools: [...tools], toolChoice }, origin);
    expect(plan).toThrow(expect.objectContaining({ failure: "bad_request", status: 400 }));
    expect(plan).toThrow(told);
  }
});

test("an empty stop sequence is left out with a warning: it would end every answer", () => {
  const { stop, warnings } = planCall({ prompt, stopSequences: ["", "END"] }, origin);
  expect(stop).toEqual(["END"]);
  expect(warnings).toMatchObject([{ type: "unsupported", feature: "stopSequences" }]);
});

test.each([0, -1, 0.5, Number.NaN])("an answer of %d tokens is refused", (maxOutputTokens) => {
  const refused = expect.objectContaining({ failure: "bad_request", status: 400 });
  expect(() => planCall({ prompt, maxOutputTokens }, origin)).toThrow(refused);
});

test("of a length that is no whole number the whole tokens are taken, with a warning", () => {
  const { maxTokens, warnings } = planCall({ prompt, maxOutputTokens: 2.5 }, origin);
  expect(maxTokens).toBe(2);
  expect(warnings).toMatchObject([
    { feature: "maxOutputTokens", details: expect.stringMatching(/got 2\.5: taken as 2/) },
  ]);
});
