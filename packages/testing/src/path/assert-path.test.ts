import { createRuntime, defineChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import { simulate } from "../simulate/simulate.ts";
import { assertNotReached, assertPath, assertReached } from "./assert-path.ts";

const chain = defineChain({
  id: "triage",
  tasks: {
    classify: {
      handler: "condition_key",
      promptTemplate: "Urgent? {{.input}}",
      validConditions: { urgent: true, normal: false },
      retryOnFailure: 1,
      next: { urgent: "page", default: "reply" },
      onFailure: "reply",
    },
    page: { handler: "hook", hook: { name: "page" }, next: "reply" },
    reply: { handler: "raw_string", promptTemplate: "Answer: {{.input}}" },
  },
});

function messageOf(act: () => void): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}

describe("assertPath", () => {
  test("accepts the path, and counts a step once for all of its attempts", async () => {
    const answers = { classify: [{ fail: "busy" }, "urgent"], page: null, reply: "ok" };
    const run = await simulate(chain, { input: "x", answers });
    assertPath(run, ["classify", "page", "reply"]);
  });

  test("shows both paths and the branch at which they part", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    expect(messageOf(() => assertPath(run, ["classify", "page", "reply"]))).toBe(
      [
        "the run did not take the expected path (- expected, + taken):",
        "    classify",
        "  - page",
        "    reply",
        'classify came to "normal", and that led to reply. Its branches: equals "urgent" → page, default → reply.',
      ].join("\n"),
    );
  });

  test("says that a failure led away", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: { fail: "no power" }, reply: "ok" } });
    const message = messageOf(() => assertPath(run, ["classify", "page"]));
    expect(message).toContain("  - page\n  + reply\nclassify failed: no power, and its on_failure leads to reply.");
  });

  test("says where a run ended too early or went on too long", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    expect(messageOf(() => assertPath(run, ["classify", "reply", "page"]))).toContain(
      '  - page\nreply came to "ok", and that led to end. It has no branches.',
    );
    expect(messageOf(() => assertPath(run, ["classify"]))).toContain("  + reply\nclassify came to");
    expect(messageOf(() => assertPath(run, []))).toContain("  + classify\n  + reply");
  });

  test("says why a run failed", async () => {
    const answers = { classify: "urgent", page: { fail: "pager is off" } };
    const run = await simulate(chain, { input: "x", answers });
    expect(messageOf(() => assertPath(run, ["classify", "page", "reply"]))).toContain(
      "page failed: pager is off, and the run ended.\nThe run did not come to its end: task page failed: pager is off",
    );
  });

  test("names the step that was cut off", async () => {
    const aborter = new AbortController();
    const answers = {
      classify: () => {
        aborter.abort("stop");
        return "urgent";
      },
    };
    const run = await simulate(chain, { input: "x", signal: aborter.signal, answers });
    expect(messageOf(() => assertPath(run, ["classify", "page"]))).toContain("classify was entered and cut off");
  });

  test("works on the result of a real run, which knows no branches", async () => {
    const runtime = createRuntime({
      backends: [scriptedBackend({ replies: ["normal", "ok"] })],
      hooks: { page: () => null },
    });
    const run = await runtime.run(chain, "x");
    assertPath(run, ["classify", "reply"]);
    const message = messageOf(() => assertPath(run, ["classify", "page", "reply"]));
    expect(message.endsWith('classify came to "normal", and that led to reply.')).toBe(true);
  });
});

describe("assertReached and assertNotReached", () => {
  test("look for a task anywhere on the path", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    assertReached(run, "reply");
    assertNotReached(run, "page");
    expect(messageOf(() => assertReached(run, "page"))).toBe(
      'the run was to reach page, and went classify → reply.\nreply came to "ok", and that led to end. It has no branches.',
    );
    expect(messageOf(() => assertNotReached(run, "reply"))).toContain(
      'classify came to "normal", and that led to reply.',
    );
  });

  test("refuse a task that the chain does not have", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    expect(messageOf(() => assertNotReached(run, "pge"))).toContain("has no task");
    expect(messageOf(() => assertReached(run, "pge"))).toContain("has no task");
  });
});
