import { createRuntime, defineChain, parseChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import { createCoverage } from "../transition-coverage/create-coverage.ts";
import { codeOf } from "./fixtures/code-of.ts";
import { triage } from "./fixtures/triage.ts";
import { simulate } from "./simulate.ts";

describe("a simulation", () => {
  test("gives the answers of a model to the real parser of the task", async () => {
    const run = await simulate(triage, {
      input: "The site is down!",
      answers: { classify: '**"Urgent".**', page: { paged: true } },
    });
    expect(run).toMatchObject({
      status: "ok",
      output: { paged: true },
      outputType: "json",
      path: ["classify", "page"],
    });
    expect(run.steps.map(({ outcome, transition }) => [outcome, transition])).toEqual([
      ["urgent", "true"],
      ["ok", "ok"],
    ]);
  });

  test("tells what every model was asked", async () => {
    const { prompts } = await simulate(triage, { input: "hi", answers: { classify: "normal", reply: "Hello!" } });
    expect(prompts).toMatchObject([
      { taskId: "classify", text: "Is this urgent? hi", system: "You sort tickets.", model: "simulated", attempt: 1 },
      { taskId: "reply", text: "Answer: hi", visit: 1 },
    ]);
  });

  test("takes the same way and has the same events as a run with a model", async () => {
    const simulated = await simulate(triage, { input: "hi", answers: { classify: "normal", reply: "Hello!" } });
    const backend = scriptedBackend({ replies: ["normal", "Hello!"] });
    const runtime = createRuntime({ backends: [backend], hooks: { page_on_call: () => null } });
    const handle = runtime.start(triage, "hi");
    const kinds: string[] = [];
    for await (const event of handle.events({ deltas: false })) kinds.push(event.kind);
    expect(simulated.events.map(({ kind }) => kind)).toEqual(kinds);
    const { steps } = await handle.result();
    const shape = (list: typeof steps) =>
      list.map(({ key, outcome, transition, inputType, outputType }) => [
        key,
        outcome,
        transition,
        inputType,
        outputType,
      ]);
    expect(shape(simulated.steps)).toEqual(shape(steps));
  });

  test("tries again without waiting, and the clock of the run shows the pauses", async () => {
    const run = await simulate(triage, {
      input: "hi",
      now: 1_000,
      answers: { classify: [{ fail: "busy", failure: "rate_limit" }, "what?", "normal"], reply: "Hello!" },
    });
    expect(run.steps.map(({ attempt, error }) => [attempt, error?.failure])).toEqual([
      [1, "rate_limit"],
      [2, "reply"],
      [3, undefined],
      [1, undefined],
    ]);
    expect(run.events.map(({ at }) => at)).toEqual([1_000, 1_000, 1_000, 11_000, 31_000, 31_000, 31_000, 31_000]);
    expect(run.path).toEqual(["classify", "reply"]);
  });

  test("waits as long as the server asks to", async () => {
    const busy = { fail: "busy", failure: "rate_limit", retryAfterMs: 45_000 } as const;
    const run = await simulate(triage, { answers: { classify: [busy, "normal"], reply: "ok" }, input: "x" });
    expect(run.events.at(-1)?.at).toBe(45_000);
  });

  test("does not try again what the chain says is not", async () => {
    const answers = { classify: { fail: "who are you?", failure: "auth" } } as const;
    const run = await simulate(triage, { input: "x", answers });
    expect(run.status).toBe("failed");
    expect(run.output).toBeUndefined();
    expect(run.error?.message).toBe("task classify failed: who are you?");
    expect(run.steps).toHaveLength(1);
  });

  test("follows on_failure after a failed hook", async () => {
    const answers = { classify: "urgent", page: { fail: "pager is off" }, reply: "Sorry." };
    const run = await simulate(triage, { input: "x", answers });
    expect(run.path).toEqual(["classify", "page", "reply"]);
    expect(run.output).toBe("Sorry.");
    expect(run.steps[1]?.error?.message).toBe("pager is off");
  });

  test("shows a function the attempt it answers", async () => {
    const seen: unknown[] = [];
    await simulate(triage, {
      input: "down",
      answers: {
        classify: ({ prompt, attempt, visit, input }) => {
          seen.push([prompt, attempt, visit, input.value]);
          return attempt === 1 ? { fail: "busy" } : "urgent";
        },
        page: async ({ args, variables }) => {
          seen.push([args, variables.classify]);
          return null;
        },
      },
    });
    expect(seen).toEqual([
      ["Is this urgent? down", 1, 1, "Is this urgent? down"],
      ["Is this urgent? down", 2, 1, "Is this urgent? down"],
      [{ text: "down" }, true],
    ]);
  });

  test("runs what asks nobody as it is", async () => {
    const chain = defineChain({
      id: "plain",
      tasks: {
        command: { handler: "parse_transition", next: { help: "tidy", default: "refuse" } },
        tidy: { handler: "noop", promptTemplate: "{{upper .input}}" },
        refuse: { handler: "raise_error", promptTemplate: "no" },
      },
    });
    expect((await simulate(chain, { input: "/help me" })).output).toBe("/HELP ME");
    expect((await simulate(chain, { input: "me" })).error?.message).toBe("task refuse failed: no");
  });

  test("ends a cycle by the budget of steps", async () => {
    const cycle = defineChain({
      id: "cycle",
      tasks: {
        ask: { handler: "raw_string", promptTemplate: "again?", next: { no: "done", default: "ask" } },
        done: { handler: "noop" },
      },
    });
    const endless = await simulate(cycle, { answers: { ask: "yes" }, stepBudget: 7 });
    expect(endless.error?.code).toBe("step_budget_exceeded");
    expect(endless.path).toHaveLength(7);
    const ended = await simulate(cycle, { answers: { ask: ["yes", "yes", "no"] } });
    expect(ended.path).toEqual(["ask", "ask", "ask", "done"]);
  });

  test("is cancelled by its signal, even while a function thinks", async () => {
    const aborter = new AbortController();
    const run = await simulate(triage, {
      input: "x",
      signal: aborter.signal,
      answers: {
        classify: () => {
          aborter.abort(new Error("enough"));
          return new Promise<string>(() => {});
        },
      },
    });
    expect(run.status).toBe("cancelled");
    expect(run.path).toEqual(["classify"]);
  });

  test("takes numbers, vectors and tool calls for tasks that ask for them", async () => {
    const chain = defineChain({
      id: "kinds",
      input: "chat_history",
      tasks: {
        chat: { handler: "model_execution", next: "embed" },
        embed: { handler: "embedding", promptTemplate: "text", next: "score" },
        score: { handler: "parse_score", promptTemplate: "grade", next: "end" },
      },
    });
    const run = await simulate(chain, {
      input: { messages: [{ role: "user", content: "Weather?" }] },
      answers: {
        chat: { toolCalls: [{ name: "weather", args: { city: "Oslo" } }] },
        embed: [0.25, 0.5],
        score: 7.125,
      },
    });
    expect(run.output).toBe(7.125);
    expect(run.prompts.map(({ text }) => text)).toEqual(["Weather?", "text", "grade"]);
  });

  test("serves whatever models, providers and policies a chain names, and fails once for all of them", async () => {
    const chain = defineChain({
      id: "routed",
      tasks: {
        a: {
          handler: "raw_string",
          promptTemplate: "a",
          executeConfig: { models: ["x", "y"], provider: "openai", routing: { policy: "cheapest" } },
          onFailure: "b",
        },
        b: {
          handler: "raw_string",
          promptTemplate: "b",
          executeConfig: { model: "z", providers: ["ollama", "gemini"], routing: { group: "local" } },
          next: "c",
        },
        c: {
          handler: "raw_string",
          promptTemplate: "c",
          executeConfig: { routing: { purpose: "prose", policy: "round-robin" } },
        },
      },
    });
    const run = await simulate(chain, { answers: { a: [{ fail: "down" }], b: "fine", c: "prose" } });
    expect(run.output).toBe("prose");
    expect(run.steps[1]).toMatchObject({ model: "z", provider: "ollama", route: { group: "local" } });
    expect(run.steps[2]).toMatchObject({ route: { policy: "round-robin" } });
  });

  test("lets a request in OpenAI's shape name its model", async () => {
    const chain = defineChain({ id: "chat", input: "openai_chat", tasks: { chat: { handler: "model_execution" } } });
    const input = { model: "gpt-x", messages: [{ role: "user", content: "hi" }] };
    const run = await simulate(chain, { input, answers: { chat: "hello" } });
    expect(run.prompts[0]).toMatchObject({ model: "gpt-x", text: "hi" });
  });

  test("refuses the input that the runtime refuses, and takes none for the empty one", async () => {
    const chain = defineChain({ id: "n", input: "int", tasks: { a: { handler: "noop" } } });
    // @ts-expect-error The chain takes a number.
    expect((await codeOf(simulate(chain, { input: "many" }))).code).toBe("input_invalid");
    expect((await simulate(chain)).output).toBe(0);
  });

  test("is given what the chain declares: anything else does not compile", async () => {
    const count = defineChain({ id: "n", input: "int", tasks: { a: { handler: "noop" } } });
    expect((await simulate(count, { input: 7 })).output).toBe(7);
    // @ts-expect-error The chain takes a number, and says no other type here.
    expect((await codeOf(simulate(count, { input: [7] }))).code).toBe("input_invalid");
    // @ts-expect-error A chain that declares nothing takes a text.
    expect((await simulate(triage, { input: 7, answers: { classify: "normal", reply: "ok" } })).output).toBe("ok");
    // @ts-expect-error So does its coverage.
    await createCoverage(triage).simulate({ input: 7, answers: { classify: "normal", reply: "ok" } });
    // With a type of its own, or for a chain that was parsed, only the run can tell.
    expect((await simulate(count, { input: "7", inputType: "int" })).output).toBe(7);
    const { chain } = parseChain(count.toJSON());
    if (chain === undefined) throw new Error("it is a sound chain");
    expect((await simulate(chain, { input: "7" })).output).toBe(7);
  });
});

describe("hooks in a simulation", () => {
  test("are called where they are given and their task has no answers", async () => {
    const hooks = { page_on_call: ({ args }: { args: unknown }) => ({ args }) };
    const given = await simulate(triage, { input: "x", hooks, answers: { classify: "urgent" } });
    expect(given.output).toEqual({ args: { text: "x" } });
    const answered = await simulate(triage, { input: "x", hooks, answers: { classify: "urgent", page: 1 } });
    expect(answered.output).toBe(1);
  });
});
