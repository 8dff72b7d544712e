import type { Scenario, Values } from "../measure/area.ts";
import { answer } from "./answer.ts";
import { startWriter, WRITERS } from "./contestants.ts";

const SENTENCE = "The keeper of the lighthouse wrote down what the sea brought him. ";
/** With what the template adds these are a thousand tokens. */
const SENTENCES = 75;
/** A window longer than this many prompts tells nothing new. */
const MOST_PROMPTS = 4;

/** No two begin alike, so that each is read from its beginning. */
const prompt = (number: number) => `${number} ships. ${SENTENCE.repeat(SENTENCES)}What is the story about?`;

async function measure(contestant: string, windowMs: number): Promise<Values> {
  const writer = await startWriter(contestant);
  try {
    // Loads the model, which is not what is measured.
    await answer(writer, "Hello.", 1);
    let readingMs = 0;
    let tokens = 0;
    let prompts = 0;
    for (; prompts === 0 || (readingMs < windowMs && prompts < MOST_PROMPTS); prompts += 1) {
      const askedMs = performance.now();
      const { firstMs, read } = await answer(writer, prompt(prompts + 1), 1);
      if (read < 900 || read > 1100) throw new Error(`expected about 1000 tokens to be read, got ${read}`);
      readingMs += firstMs - askedMs;
      tokens += read;
    }
    return { token: readingMs / tokens, rate: (1000 * tokens) / readingMs, first: readingMs / prompts };
  } finally {
    await writer.stop();
  }
}

export const read: Scenario = {
  name: "read",
  title: "A prompt of 1000 tokens read by SmolLM2-135M in four bits",
  columns: [
    { key: "token", title: "wall ms/token" },
    { key: "rate", title: "tokens/s" },
    { key: "first", title: "ms to the first word" },
  ],
  contestants: Object.keys(WRITERS).map((name) => ({ name })),
  floor: "Ollama",
  targets: [
    {
      contestant: "llamaCpp(), one thread",
      column: "rate",
      leastTimes: 0.9,
      of: "Ollama, one thread",
      unit: "tokens/s",
    },
  ],
  check: async (contestant) => {
    const writer = await startWriter(contestant);
    await answer(writer, "Hello.", 1);
    await writer.stop();
  },
  measure,
};
