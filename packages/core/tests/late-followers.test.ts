import { createRuntime, defineChain, type RunEvent } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";

const chain = defineChain({ id: "says", input: "string", tasks: { say: { handler: "raw_string" } } });

async function textOf(events: AsyncIterable<RunEvent>): Promise<readonly string[]> {
  const pieces: string[] = [];
  for await (const event of events) if (event.kind === "step_delta") pieces.push(event.text);
  return pieces;
}

test("who follows a run while a text is written gets what there is of it, and then the rest", async () => {
  const backend = scriptedBackend({ replies: [{ chunks: ["one ", "two ", "three"], chunkDelayMs: 40 }] });
  await using runtime = createRuntime({ backends: [backend] });
  const handle = runtime.start(chain, "x", { stream: true });
  const early = textOf(handle.events());
  const late = (async () => {
    for await (const event of handle.events()) if (event.kind === "step_delta") break;
    return textOf(handle.events());
  })();
  expect((await early).join("")).toBe("one two three");
  const pieces = await late;
  expect(pieces.join("")).toBe("one two three");
});

test("a model that streams for those who may come is asked again where it fails, as long as nobody came", async () => {
  const broken = { chunks: ["one ", "two"], error: { status: 500, afterChunks: 1 } };
  const backend = scriptedBackend({ replies: [broken, "whole"] });
  await using runtime = createRuntime({ backends: [backend] });
  const task = { handler: "raw_string", retryOnFailure: 1 } as const;
  const retried = defineChain({ id: "retried", input: "string", tasks: { say: task } });
  expect(await runtime.start(retried, "x", { stream: true }).result()).toMatchObject({ status: "ok", output: "whole" });
  expect(backend.calls).toHaveLength(2);
});
