import { describe, expect, test, vi } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";
import type { LocalHook } from "../hook/hook.ts";
import { parseTemplate } from "../template/parse-template.ts";

vi.mock("../template/parse-template.ts", { spy: true });

const call = (hook: LocalHook, task: Readonly<Record<string, unknown>> = {}, input: unknown = "Ann", more = {}) =>
  runTask({ handler: "hook", hook: { name: "act" }, ...task }, input, { runtime: { hooks: { act: hook } }, ...more });

test("gives what the hook answers as json; the outcome is ok", async () => {
  for (const answer of [{ a: 1 }, [1], "text", 5, null]) {
    const { output, outputType, step } = await call(() => answer);
    expect([output, outputType, step?.outcome]).toEqual([answer, "json", "ok"]);
  }
});

test("renders every string in the arguments, at any depth, and leaves the rest alone", async () => {
  const hook = vi.fn<LocalHook>(() => "ok");
  const args = { who: "{{.input}}", deep: { list: ["{{.input}}!", 5, null, true] }, plain: "a { b", "{{k}}": "v" };
  await call(hook, { hook: { name: "act", args } });
  expect(hook.mock.calls[0]?.[0].args).toEqual({
    who: "Ann",
    deep: { list: ["Ann!", 5, null, true] },
    plain: "a { b",
    "{{k}}": "v",
  });
});

test("tells the hook the task's input, the run and the attempt", async () => {
  const hook = vi.fn<LocalHook>(() => "ok");
  await call(hook, {}, { a: 1 }, { inputType: "json" });
  expect(hook.mock.calls[0]?.[0]).toMatchObject({
    name: "act",
    args: {},
    input: { type: "json", value: { a: 1 } },
    runId: "id-1",
    idempotencyKey: "id-1/task#1",
    attempt: 1,
  });
});

test("reads its templates with the chain, and not again for each attempt", async () => {
  let calls = 0;
  const busy: LocalHook = () => {
    calls++;
    if (calls === 1) vi.mocked(parseTemplate).mockClear();
    if (calls < 3) throw new Error("busy");
    return { n: calls };
  };
  const task = {
    hook: { name: "act", args: { a: "once {{.input}}" } },
    output_template: "{{.n}}",
    retry_on_failure: 2,
  };
  expect((await call(busy, task)).output).toBe("3");
  expect(parseTemplate).not.toHaveBeenCalled();
});

describe("output_template", () => {
  test("is rendered over the answer, and is the output and the outcome", async () => {
    const { output, outputType, step } = await call(() => ({ n: 5 }), { output_template: "{{.n}} found " });
    expect([output, outputType, step?.outcome]).toEqual(["5 found ", "string", "5 found "]);
  });

  test("that cannot be rendered fails the task", async () => {
    const { error } = await call(() => ({ n: 5 }), {
      output_template: "{{range .n.x.y}}{{.z.q}}{{end}}{{index .n 3}}",
    });
    expect(error).toMatchObject({ code: "template_failed", failure: "chain" });
  });
});

describe("a hook that fails", () => {
  const failing: LocalHook = () => {
    throw new RangeError("no page");
  };

  test("fails the task, whose transition is `failed`", async () => {
    const { error, step } = await call(failing);
    expect(error).toMatchObject({ code: "hook_failed", failure: "code", message: 'Hook "act" threw: no page' });
    expect(step).toMatchObject({ outcome: "", transition: "failed" });
  });

  test("is called again under the same key where the task says so", async () => {
    const hook = vi.fn<LocalHook>(failing);
    await call(hook, { retry_on_failure: 2 });
    expect(hook.mock.calls.map(([one]) => [one.attempt, one.idempotencyKey])).toEqual([
      [1, "id-1/task#1"],
      [2, "id-1/task#1"],
      [3, "id-1/task#1"],
    ]);
  });
});

test("a hook that nobody registered is found before the run begins", async () => {
  await expect(call(() => "ok", { hook: { name: "akt" } })).rejects.toMatchObject({
    code: "chain_invalid",
    message: expect.stringContaining("calls the hook `akt`, which is not registered (did you mean `act`?)"),
  });
});
