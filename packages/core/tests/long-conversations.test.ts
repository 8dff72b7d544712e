import { createRuntime } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { chainOf } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const LONG = "word ".repeat(20_000);

const served = (contextLength: number) =>
  scriptedBackend({ id: String(contextLength), models: [{ id: "m", contextLength }], replies: () => "yes" });

function setUp(...lengths: readonly number[]) {
  return createRuntime({ backends: lengths.map(served), defaults: { policy: "ordered" } });
}

type Setup = ReturnType<typeof setUp>;

const task = { handler: "raw_string", prompt_template: "{{.input}}" };

const CALLS: readonly (readonly [string, (runtime: Setup, text: string) => Promise<string | undefined>])[] = [
  ["a prompt", async (runtime, text) => (await runtime.prompt(text)).backend],
  ["a prompt's instruction", async (runtime, text) => (await runtime.prompt("hi", { system: text })).backend],
  ["a conversation", async (runtime, text) => (await runtime.chat([{ role: "user", content: text }])).backend],
  ["a task's prompt", async (runtime, text) => (await runtime.run(chainOf(task), text)).steps[0]?.backend],
];

test.each(CALLS)("%s goes to a model whose context holds it", async (_what, call) => {
  await using runtime = setUp(1_000, 100_000);
  expect(await call(runtime, LONG)).toBe("100000");
  expect(await call(runtime, "hi")).toBe("1000");
});

test("a prompt with an answer that may be long goes to a model whose context holds both", async () => {
  await using runtime = setUp(1_000, 100_000);
  expect((await runtime.prompt("hi", { maxTokens: 2_000 })).backend).toBe("100000");
});

test("a prompt that nobody's context holds says so before anybody is asked", async () => {
  await using runtime = setUp(1_000);
  const error = await errorOf(runtime.prompt(LONG));
  expect(error).toMatchObject({ code: "no_candidate", details: { reason: "context_length" } });
  expect(error.message).toContain(
    "the call needs 25,000 tokens (estimated); the largest context is m on 1000 with 1,000",
  );
});

describe("what is counted exactly", () => {
  /** One token a word, however long it is: 1,500 where the estimate says 5,625. */
  const LONG_WORDS = "responsibility ".repeat(1_500);
  /** One token a character: 3,000 where the estimate says 750. */
  const DENSE = "x".repeat(3_000);

  function counting(count: (text: string) => number | Promise<number>) {
    const asked: string[] = [];
    const tokens = {
      count(text: string, model: string) {
        asked.push(model);
        return count(text);
      },
    };
    return { asked, tokens };
  }
  const words = (text: string) => text.split(" ").length - 1;
  const characters = (text: string) => text.length;

  test.each(CALLS)("%s goes by the runtime's counter where an estimate is near a context", async (_what, call) => {
    const { tokens, asked } = counting(words);
    await using runtime = createRuntime({
      backends: [served(4_096), served(100_000)],
      tokens,
      defaults: { policy: "ordered" },
    });
    expect(await call(runtime, LONG_WORDS)).toBe("4096");
    expect(asked).toEqual(["m"]);
    expect(await call(runtime, "hi")).toBe("4096");
    expect(asked).toEqual(["m"]);
  });

  test("takes a model out that an estimate would have let in, and its record has the count", async () => {
    const { tokens } = counting(characters);
    await using runtime = createRuntime({
      backends: [served(1_024), served(100_000)],
      tokens,
      defaults: { policy: "ordered" },
    });
    const { backend, route } = await runtime.prompt(DENSE);
    expect(backend).toBe("100000");
    expect(route.dropped).toMatchObject([{ why: "its context holds 1024 tokens, and the conversation has 3000" }]);
  });

  test("is counted by the backend itself where the runtime has no counter", async () => {
    const { tokens, asked } = counting(words);
    await using runtime = createRuntime({ backends: [{ ...served(4_096), tokens }] });
    expect((await runtime.prompt(LONG_WORDS)).backend).toBe("4096");
    expect(asked).toEqual(["m"]);
  });

  test("is never refused on an estimate alone, however far beyond the context that is", async () => {
    const { tokens } = counting(words);
    await using runtime = createRuntime({ backends: [served(2_000)], tokens });
    expect((await runtime.prompt(LONG_WORDS)).backend).toBe("2000");
    const error = await errorOf(runtime.prompt(LONG_WORDS, { maxTokens: 501 }));
    expect(error.message).toContain("the call needs 2,001 tokens (1,500 asked, 501 for the answer); the largest");
  });

  test("goes through the router as a model of the AI SDK", async () => {
    const { tokens } = counting(words);
    await using runtime = createRuntime({ backends: [served(4_096)], tokens });
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: LONG_WORDS }] }];
    await expect(runtime.model("m").doGenerate({ prompt })).resolves.toMatchObject({ response: { modelId: "m" } });
  });

  test("stays an estimate, and is told as one, where the counter fails", async () => {
    const { tokens } = counting(() => Promise.reject(new Error("no tokenizer")));
    await using runtime = createRuntime({ backends: [served(4_096)], tokens });
    const error = await errorOf(runtime.prompt(LONG_WORDS, { maxTokens: 5 }));
    expect(error.message).toContain("the call needs 5,630 tokens (estimated: 5,625 asked, 5 for the answer)");
  });

  test("is not waited for by a call that nobody wants any more", async () => {
    const stop = new AbortController();
    const { tokens } = counting(() => {
      stop.abort(new Error("no longer wanted"));
      return new Promise(() => {});
    });
    await using runtime = createRuntime({ backends: [served(4_096)], tokens });
    await expect(runtime.prompt(LONG_WORDS, { signal: stop.signal })).rejects.toThrow("no longer wanted");
  });
});

test.each([
  [{}, "chosen"],
  [{ execute_config: { models: ["m", "other"] } }, "m"],
  [{ execute_config: { model: "m" } }, "m"],
])("the tokens of a conversation are counted by the model that is to answer: %j", async (more, expected) => {
  const asked: string[] = [];
  const tokens = { count: (_text: string, model: string) => asked.push(model) };
  const backend = scriptedBackend({ models: ["m", "chosen"], replies: () => "yes" });
  await using runtime = createRuntime({ backends: [backend], tokens, defaults: { model: "chosen" } });
  const chain = chainOf({ handler: "model_execution", ...more });
  await runtime.run(chain, { messages: [{ role: "user", content: "hi" }] }, { inputType: "chat_history" });
  expect(asked).toEqual([expected, expected]);
});
