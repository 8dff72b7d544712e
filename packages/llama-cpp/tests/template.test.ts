import { afterEach, expect, test, vi } from "vitest";
import { textOf } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "./fixtures/ask.ts";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";

afterEach(() => vi.restoreAllMocks());

await describeLlama("the template in a model's file", () => {
  test.each([
    ["that cannot be read", "{% if messages %}{{ messages[0].content }"],
    ["of a model that thinks and that cannot be read", "{% if messages %}<think>{{ messages[0].content }"],
  ])("one %s is replaced with a warning, and nothing on the terminal", async (_, chatTemplate) => {
    const written = (["log", "warn", "error"] as const).map((name) => vi.spyOn(console, name));
    const model = openBackend({ m: scriptedFile({ script: ["Good", " day."], chatTemplate }) }).languageModel("m");
    const answer = await model.doGenerate(ask("Hello."));
    expect(textOf(answer)).not.toBe("");
    expect(answer.warnings).toEqual([
      {
        type: "unsupported",
        feature: "chat template",
        details: expect.stringMatching(/^the template in the model's file cannot be read \(.+\): .* as ChatML does it/),
      },
    ]);
    for (const spy of written) expect(spy).not.toHaveBeenCalled();
  });

  test("one that can be read is used without a word", async () => {
    const model = openBackend({ m: scriptedFile({ script: ["Good", " day."] }) }).languageModel("m");
    expect((await model.doGenerate(ask("Hello."))).warnings).toEqual([]);
  });
});
