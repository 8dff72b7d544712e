import { defineChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { codeOf } from "./fixtures/code-of.ts";
import { triage } from "./fixtures/triage.ts";
import { simulate } from "./simulate.ts";

describe("a test that is wrong", () => {
  test("is told about an unknown task, and which there are", async () => {
    const { code, message } = await codeOf(simulate(triage, { answers: { clasify: "urgent" } }));
    expect(code).toBe("answer_unknown");
    expect(message).toContain("it has: classify, ");
  });

  test("is told that a noop takes no answer", async () => {
    const chain = defineChain({ id: "n", tasks: { a: { handler: "noop" } } });
    const { message } = await codeOf(simulate(chain, { answers: { a: "x" } }));
    expect(message).toContain("a noop asks nobody");
  });

  test("is told which task has no answer, although the chain would have caught a failure", async () => {
    const { code, message } = await codeOf(simulate(triage, { input: "x", answers: { classify: "urgent" } }));
    expect(code).toBe("answer_missing");
    expect(message).toContain('answers: { "page": … }');
  });

  test("is told for which attempt the answers ran out", async () => {
    const answers = { classify: [{ fail: "busy" }] };
    const { code, message } = await codeOf(simulate(triage, { input: "x", answers }));
    expect(code).toBe("answer_missing");
    expect(message).toContain("visit 1, attempt 2");
  });

  test("hears its own assertion", async () => {
    const answers = {
      classify: () => {
        throw new Error("expected 1 to be 2");
      },
    };
    expect((await codeOf(simulate(triage, { input: "x", answers }))).message).toBe("expected 1 to be 2");
  });

  test("is told what an answer may be", async () => {
    const { code, message } = await codeOf(simulate(triage, { input: "x", answers: { classify: { txt: "urgent" } } }));
    expect(code).toBe("answer_invalid");
    expect(message).toContain('got {"txt":"urgent"}');
  });

  test("is told about a chain that is none", async () => {
    // @ts-expect-error a definition is no chain
    expect((await codeOf(simulate({ id: "x" }))).code).toBe("settings_invalid");
  });
});
