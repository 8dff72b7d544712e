import { CatenaryError, createRuntime, defineChain } from "@catenary/core";
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

  test("refuse a task that the chain does not have, and say which one was meant", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    for (const act of [
      () => assertNotReached(run, "pge"),
      () => assertReached(run, "pge"),
      () => assertPath(run, ["classify", "pge"]),
    ]) {
      expect(messageOf(act)).toBe(
        'the chain triage has no task "pge"; it has: classify, page, reply. Did you mean "page"?',
      );
    }
    expect(messageOf(() => assertReached(run, "zebra"))).toMatch(/it has: classify, page, reply$/);
  });
});

describe("a real run, which does not know its chain", () => {
  const real = () =>
    createRuntime({ backends: [scriptedBackend({ replies: ["normal", "ok"] })], hooks: { page: () => null } }).run(
      chain,
      "x",
    );

  test("is told it, so that a misspelt task is not taken for one that was avoided", async () => {
    const run = await real();
    assertNotReached(run, "page", chain);
    expect(messageOf(() => assertNotReached(run, "pgae", chain))).toContain('Did you mean "page"?');
    expect(messageOf(() => assertNotReached(run, "reply", chain))).toContain("Its branches: equals");
    expect(messageOf(() => assertReached(run, "replly", chain))).toContain('Did you mean "reply"?');
    expect(messageOf(() => assertPath(run, ["classify", "replly"], chain))).toContain('Did you mean "reply"?');
  });

  test("is refused without it where only the chain can tell a task that was avoided", async () => {
    const run = await real();
    // @ts-expect-error The chain is missing.
    expect(messageOf(() => assertNotReached(run, "page"))).toContain("assertNotReached(run, id, chain)");
    assertReached(run, "reply");
    assertPath(run, ["classify", "reply"]);
  });

  test("is refused with the chain of another run", async () => {
    const other = defineChain({ id: "other", tasks: { page: { handler: "noop" } } });
    const run = await real();
    expect(messageOf(() => assertNotReached(run, "page", other))).toBe(
      'expected the chain of the run, which is "triage"; got "other"',
    );
  });
});

describe("what is no run, or no ids", () => {
  const codeAndMessage = (act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!CatenaryError.isInstance(error)) throw error;
      return [error.code, error.message];
    }
    return undefined;
  };

  test("is refused, and a promise is told to be awaited", () => {
    const promise = simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    for (const act of [
      // @ts-expect-error A program in JavaScript may forget to wait.
      () => assertPath(promise, ["classify"]),
      // @ts-expect-error As above.
      () => assertReached(promise, "classify"),
      // @ts-expect-error As above.
      () => assertNotReached(promise, "classify", chain),
    ]) {
      expect(codeAndMessage(act)).toEqual([
        "run_invalid",
        expect.stringMatching(/\(\) expects a run: what .*; got a promise: await it$/),
      ]);
    }
    // @ts-expect-error As above.
    expect(codeAndMessage(() => assertPath(undefined, []))).toEqual([
      "run_invalid",
      expect.stringContaining("got nothing"),
    ]);
    // @ts-expect-error As above.
    expect(codeAndMessage(() => assertPath({ steps: [1] }, []))).toEqual([
      "run_invalid",
      expect.stringContaining("got steps that are none"),
    ]);
  });

  test("is refused where a path is no list, and where a task is no text", async () => {
    const run = await simulate(chain, { input: "x", answers: { classify: "normal", reply: "ok" } });
    for (const [act, message] of [
      // @ts-expect-error A program in JavaScript may give it.
      [() => assertPath(run, "classify"), 'assertPath(run, ["classify", "reply"]); got "classify"'],
      // @ts-expect-error As above.
      [() => assertPath(run, [1]), "expects a list of tasks' ids"],
      // @ts-expect-error As above.
      [() => assertReached(run, ["reply"]), 'assertReached(run, "reply"); got a list'],
      // @ts-expect-error As above.
      [() => assertNotReached(run, undefined), 'assertNotReached(run, "reply"); got nothing'],
      // @ts-expect-error As above.
      [() => assertPath(run, ["classify", "reply"], "triage"), "give the chain itself, not its id"],
    ] as const) {
      expect(codeAndMessage(act)).toEqual(["settings_invalid", expect.stringContaining(message)]);
    }
  });
});
