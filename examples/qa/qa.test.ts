import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { runFile } from "./run-file.ts";

const ours = fileURLToPath(new URL("qa.json", import.meta.url));
/** The example of contenox/runtime's own README, byte for byte; it lies beside a checkout, not in it. */
const original = fileURLToPath(new URL("../../../shared/spec/original/qa.json", import.meta.url));

test("a chain file runs, and its systemInstruction reaches the model as system text", async () => {
  const backend = scriptedBackend({ replies: [{ text: "Look at the query plan." }] });
  const { output, outputType } = await runFile(ours, backend);
  expect([output, outputType]).toEqual(["Look at the query plan.", "string"]);
  expect(backend.calls).toMatchObject([
    {
      prompt: [
        { role: "system", content: "You are an experienced database engineer. Answer in at most three sentences." },
        { role: "user" },
      ],
    },
  ]);
});

test.skipIf(!existsSync(original))(
  `the original's own example runs unchanged, with its systemInstruction${existsSync(original) ? "" : " (not run: the original's example is not beside this checkout)"}`,
  async () => {
    const backend = scriptedBackend({ replies: [{ text: "Add an index." }] });
    const { output, steps } = await runFile(original, backend);
    expect(output).toBe("Add an index.");
    expect(steps.map(({ taskId }) => taskId)).toEqual(["generate_response"]);
    expect(backend.calls).toMatchObject([
      {
        prompt: [
          {
            role: "system",
            content: "You're a senior engineer. Provide concise, professional answers to technical questions.",
          },
          { role: "user", content: [{ type: "text", text: "What's the best way to optimize database queries?" }] },
        ],
      },
    ]);
  },
);
