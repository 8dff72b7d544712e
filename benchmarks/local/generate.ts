import type { Scenario, Values } from "../measure/area.ts";
import { answer } from "./answer.ts";
import { startWriter, WRITERS } from "./contestants.ts";

const TOKENS = 64;
/** A window longer than this many answers tells nothing new. */
const MOST_ANSWERS = 4;

const prompt = (ships: number) => `Write a long story about a lighthouse and ${ships} ships.`;

async function measure(contestant: string, windowMs: number): Promise<Values> {
  const writer = await startWriter(contestant);
  try {
    // What a process waits for its first word: the library, the model, the prompt. A server has all of it already.
    const { firstMs } = await answer(writer, prompt(0), 1);
    let words = 0;
    let writingMs = 0;
    let waitingMs = 0;
    let answers = 0;
    for (; answers === 0 || (writingMs < windowMs && answers < MOST_ANSWERS); answers += 1) {
      const askedMs = performance.now();
      const next = await answer(writer, prompt(answers + 1), TOKENS);
      waitingMs += next.firstMs - askedMs;
      writingMs += next.lastMs - next.firstMs;
      words += next.written - 1;
    }
    const token = writingMs / words;
    return { token, rate: 1000 / token, first: waitingMs / answers, start: firstMs };
  } finally {
    await writer.stop();
  }
}

export const generate: Scenario = {
  name: "generate",
  title: `${TOKENS} tokens of SmolLM2-135M in four bits, the same weights in this process and under Ollama`,
  columns: [
    { key: "token", title: "wall ms/token" },
    { key: "rate", title: "tokens/s" },
    { key: "first", title: "ms to the first word" },
    { key: "start", title: "ms to the first word of a new process" },
  ],
  contestants: Object.keys(WRITERS).map((name) => ({ name })),
  floor: "Ollama",
  targets: [
    { contestant: "llamaCpp()", column: "rate", leastTimes: 0.9, unit: "tokens/s" },
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
    await answer(writer, prompt(1), 4);
    await writer.stop();
  },
  measure,
};
