import { createRuntime, defineChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import type { Cassette } from "./cassette.ts";
import { recordCassette } from "./record-cassette.ts";
import { replayCassette } from "./replay-cassette.ts";

const SECRET = "hunter22";
const chain = defineChain({
  id: "greet",
  tasks: { greet: { handler: "raw_string", promptTemplate: "{{.input}}" } },
});

/** A cassette of these prompts. */
async function recorded(prompts: readonly string[], secrets: readonly string[]): Promise<Cassette> {
  const backend = recordCassette(scriptedBackend(), { secrets });
  const runtime = createRuntime({ backends: [backend] });
  for (const prompt of prompts) await runtime.run(chain, prompt);
  return backend.cassette;
}

/** What a prompt that the cassette does not have fails with. */
async function missOf(cassette: Cassette, prompt: string, secrets?: readonly string[]): Promise<string> {
  const backend = replayCassette(cassette, { ...(secrets && { secrets }), name: "greet.json" });
  const error: unknown = await createRuntime({ backends: [backend] })
    .run(chain, prompt)
    .catch((error) => error);
  expect(error).toBeInstanceOf(Error);
  return JSON.stringify(error) + String(error);
}

describe("a cassette that was recorded with secrets and is replayed without them", () => {
  test("asks for the same secrets and quotes none", async () => {
    const cassette = await recorded(["Say hello", `Say ${SECRET} twice: ${SECRET}`], [SECRET]);
    const miss = await missOf(cassette, `Say ${SECRET} twice: ${SECRET}`);
    expect(miss).toContain(
      "has no answer to this generate, which is its call number 2 if secrets stood at [scrubbed] there: give the same `secrets` as when it was recorded.",
    );
    expect(miss).not.toContain(SECRET);
    expect(miss).not.toContain("record the cassette again");
    const played = replayCassette(cassette, { secrets: [SECRET] });
    const { output } = await createRuntime({ backends: [played] }).run(chain, `Say ${SECRET} twice: ${SECRET}`);
    expect(output).toContain("echo: Say [scrubbed] twice");
  });

  test("quotes nothing of a prompt that changed, too, whichever call is the nearest", async () => {
    const cassette = await recorded(["Say it twice, please", `Say ${SECRET}`], [SECRET]);
    for (const prompt of [`${SECRET}: say it twice, please`, `Shout ${SECRET}`]) {
      const miss = await missOf(cassette, prompt);
      expect(miss).not.toContain(SECRET);
      expect(miss).toContain("is not quoted, because a secret may stand in it. If it was recorded with any, give");
      expect(miss).toContain("asked something else");
      expect(miss).toContain("record the cassette again");
    }
  });

  test("quotes nothing where other secrets are given and the nearest call has lost more", async () => {
    const cassette = await recorded([`Say ${SECRET}`], [SECRET]);
    expect(await missOf(cassette, `Say: ${SECRET}`, ["correct horse"])).not.toContain(SECRET);
  });
});

test("with its secrets, a cassette quotes what is asked without them", async () => {
  const cassette = await recorded([`Say ${SECRET}`], [SECRET]);
  const miss = await missOf(cassette, `Shout ${SECRET}`, [SECRET]);
  expect(miss).toContain("Shout [scrubbed]");
  expect(miss).not.toContain(SECRET);
});

test("a message more is no secret at the end of the one before", async () => {
  const cassette = await recorded([`Say ${SECRET}`], [SECRET]);
  const backend = replayCassette(cassette);
  const prompt = ["Say something", "more"].map((text) => ({
    role: "user" as const,
    content: [{ type: "text" as const, text }],
  }));
  await expect(backend.languageModel("scripted").doGenerate({ prompt })).rejects.toThrow("is not quoted");
});
