import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { expect, test } from "vitest";
import { runStory } from "./run-story.ts";
import { type Environment, openSite } from "./site.ts";
import { TICKETS } from "./tickets.ts";

/** The story in its parts: what is told before the first one, then each with its headline. */
async function story(environment: Environment): Promise<readonly string[]> {
  const site = await openSite(environment);
  let text = "";
  try {
    await runStory(site, (line) => {
      text += `${line}\n`;
    });
  } finally {
    await site.close();
  }
  return text.split("\n\n");
}

async function nowhere(): Promise<string> {
  const gone = await serve(createFakeOllama());
  await gone.close();
  return gone.url;
}

const lines = (part: string | undefined, pattern: RegExp) =>
  (part ?? "").split("\n").filter((line) => pattern.test(line));

test("every ticket is answered, whoever is taken down, and no sorting is done outside of the house", async () => {
  const [note, both, oneLess, none, ...more] = await story({ OLLAMA_HOST: await nowhere() });
  expect(more).toEqual([]);
  expect(note).toContain("two fake Ollama servers (their answers are made up)");
  expect(note).toContain("a fake of OpenAI (its answers are made up)");

  expect(both).toContain("Both hosts are there.");
  expect(lines(both, /^ {2}sort {3}gpu-[12] /)).toHaveLength(4);
  expect(lines(both, /^ {2}reply {2}gpu-[12] /)).toHaveLength(4);
  expect(both).not.toContain("failed");

  expect(oneLess).toContain("gpu-1 is taken down while it answers.");
  expect(lines(oneLess, /^ {2}reply {2}(gpu-[12]|hosted) /)).toHaveLength(4);
  expect(oneLess).toContain("gpu-1 failed (network)");

  expect(none).toContain("gpu-2 is taken down, too.");
  expect(lines(none, /^ {2}sort {3}nobody /)).toHaveLength(2);
  expect(lines(none, /^ {2}reply {2}hosted /)).toHaveLength(2);
});

test("where an Ollama answers it is asked, through two doors that can be closed, and is left as it was", async () => {
  const fake = createFakeOllama({ models: [{ name: "all-minilm", capabilities: ["embedding"] }, "tiny:1b"] });
  await using server = await serve(fake);
  const [note, ...parts] = await story({ OLLAMA_HOST: server.url.replace("http://", "") });
  expect(note).toContain(`two doors to the Ollama on ${server.url}`);
  expect(parts).toHaveLength(3);
  const asked = fake.requests.filter(({ path }) => path === "/api/chat");
  expect(asked.length).toBeGreaterThanOrEqual(TICKETS.length);
  expect(JSON.stringify(asked.at(-1))).toContain("tiny:1b");
  expect((await fetch(`${server.url}/api/version`)).status).toBe(200);
});

test("a key of OpenAI is used for OpenAI, and nothing is sent before the first call", async () => {
  const site = await openSite({ OLLAMA_HOST: await nowhere(), OPENAI_API_KEY: "sk-of-a-test" });
  expect(site.hosted).toEqual({ model: "gpt-4o-mini", apiKey: "sk-of-a-test" });
  expect(site.note).toContain("hosted is OpenAI.");
  await site.close();
});
