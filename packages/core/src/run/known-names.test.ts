import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { validateChain } from "../chain/validate-chain.ts";
import { createRuntime } from "../create-runtime.ts";

const chain = {
  id: "c",
  tasks: [
    {
      id: "a",
      handler: "shout",
      execute_config: { routing: { policy: "ordred" } },
      transition: { branches: [{ operator: "default", goto: "b" }] },
    },
    {
      id: "b",
      handler: "hook",
      hook: { name: "find" },
      transition: { branches: [{ operator: "default", goto: "c" }] },
    },
    { id: "c", handler: "raw_string", execute_config: { model: "smolm2:135m" } },
  ],
};

const runtime = () =>
  createRuntime({
    backends: [scriptedBackend({ models: ["smollm2:135m"] })],
    hooks: { finds: () => null },
    handlers: { shout: { execute: ({ input }) => ({ output: input, outcome: "ok" }) } },
  });

const codesOf = (findings: ReturnType<typeof validateChain>) =>
  findings.map(({ code, suggestion }) => `${code} ${suggestion ?? ""}`.trim());

test("a chain is checked against what a runtime has", () => {
  const findings = codesOf(validateChain(chain, { runtime: runtime() }));
  expect(findings).toContain("unknown_hook finds");
  expect(findings).toContain("unknown_policy ordered");
  expect(findings.join()).not.toContain("unknown_handler");
  expect(findings.join()).not.toContain("unknown_model");
});

test("models are checked once the backends were asked", async () => {
  const asked = runtime();
  await asked.sync();
  expect(codesOf(validateChain(chain, { runtime: asked }))).toContain("unknown_model smollm2:135m");
});

test("names given beside a runtime go before its own", () => {
  const findings = codesOf(validateChain(chain, { runtime: runtime(), hooks: ["find"] }));
  expect(findings.join()).not.toContain("unknown_hook");
});

test("what is no runtime is refused in words", () => {
  const noRuntime = {} as unknown as ReturnType<typeof createRuntime>;
  expect(() => validateChain(chain, { runtime: noRuntime })).toThrow(/expected `runtime` to be made by createRuntime/);
});

test("groups and purposes are known as soon as they are registered", async () => {
  const held = (routing: object) => ({
    id: "c",
    execute_config: { routing },
    tasks: [{ id: "a", handler: "raw_string" }],
  });
  const made = createRuntime({ groups: [{ id: "legal", name: "Legal", purpose: "contracts", backends: [] }] });
  const codes = (routing: object) => codesOf(validateChain(held(routing), { runtime: made }));
  expect(codes({ group: "leagl" })).toEqual(["unknown_group legal"]);
  expect(codes({ purpose: "contract" })).toEqual(["unknown_group contracts"]);
  for (const routing of [
    { group: "legal" },
    { group: "Legal" },
    { purpose: "contracts" },
    { purpose: "Internal Chat" },
  ])
    expect(codes(routing)).toEqual([]);
  await made.groups.create({ id: "leagl", backends: [] });
  expect(codes({ group: "leagl" })).toEqual([]);
});
