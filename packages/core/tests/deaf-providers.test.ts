import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { LanguageModelStreamPart } from "../src/model/contract.ts";
import { chainOf } from "./fixtures/chain-of.ts";

/** A backend whose models know no signal and write for ever, a piece whenever one is asked for. */
function deafBackend() {
  const backend = scriptedBackend();
  const seen: { pulls: number; cancelled?: unknown } = { pulls: 0 };
  const { languageModel } = backend;
  backend.languageModel = (id) => {
    const model = languageModel.call(backend, id);
    model.doStream = async () => ({
      stream: new ReadableStream<LanguageModelStreamPart>({
        async pull(controller) {
          seen.pulls++;
          // A turn of the host for each piece, so that others have theirs.
          await new Promise((resolve) => setTimeout(resolve, 0));
          controller.enqueue({ type: "text-delta", id: "0", delta: "more " });
        },
        cancel(reason) {
          seen.cancelled = reason;
        },
      }),
    });
    return model;
  };
  return { backend, seen };
}

/** Whether pulling has come to its end. One piece may have been under way. */
async function isLeftAlone(seen: { readonly pulls: number }): Promise<boolean> {
  const { pulls } = seen;
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  return seen.pulls === pulls;
}

test("a cancelled run leaves the stream of a provider that ignores its signal", async () => {
  const { backend, seen } = deafBackend();
  await using runtime = createRuntime({ backends: [backend] });
  const run = runtime.start(chainOf({ handler: "raw_string" }), "Hi");
  for await (const piece of run.textStream) {
    expect(piece).toContain("more");
    break;
  }
  run.cancel("enough");
  expect((await run.result()).status).toBe("cancelled");
  expect(await isLeftAlone(seen)).toBe(true);
  expect(seen.cancelled).toMatchObject({ code: "run_cancelled" });
});

test("a task whose time is up leaves the stream of a provider that ignores its signal", async () => {
  const { backend, seen } = deafBackend();
  const clock = createVirtualClock();
  const runtime = createRuntime({ backends: [backend], clock });
  const run = runtime.start(chainOf({ handler: "raw_string", timeout: "2s" }), "Hi");
  const reader = run.textStream[Symbol.asyncIterator]();
  await reader.next();
  await clock.advance(2_000);
  expect(await run.result()).toMatchObject({ status: "failed", error: { failure: "timeout" } });
  expect(await isLeftAlone(seen)).toBe(true);
  expect(seen.cancelled).toMatchObject({ code: "task_timeout" });
});
