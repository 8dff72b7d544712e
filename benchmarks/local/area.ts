import type { LanguageModelCallOptions } from "@catenary/core";
import type { Area, Scenario, Values } from "../measure/area.ts";
import { WRITERS, type Writer } from "./contestants.ts";

const TOKENS = 64;
/** A window longer than this many answers tells nothing new. */
const MOST_ANSWERS = 4;

/** When the first word of an answer came, when its last, and how many tokens it had; milliseconds of the process's clock. */
interface Answer {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly tokens: number;
}

async function write({ model, providerOptions }: Writer, ships: number, maxOutputTokens: number): Promise<Answer> {
  const text = `Write a long story about a lighthouse and ${ships} ships.`;
  const call: LanguageModelCallOptions = {
    prompt: [{ role: "user", content: [{ type: "text", text }] }],
    temperature: 0,
    topK: 1,
    maxOutputTokens,
    providerOptions,
  };
  const { stream } = await model.doStream(call);
  let firstMs: number | undefined;
  let tokens = 0;
  for await (const part of stream) {
    if (part.type === "text-delta") firstMs ??= performance.now();
    if (part.type === "error") throw part.error;
    if (part.type === "finish") tokens = part.usage.outputTokens.total ?? 0;
  }
  if (firstMs === undefined || tokens === 0) throw new Error("expected an answer in words, and its number of tokens");
  return { firstMs, lastMs: performance.now(), tokens };
}

async function measure(contestant: string, windowMs: number): Promise<Values> {
  const writer = await start(contestant);
  try {
    // What a process waits for its first word: the library, the model, the prompt. A server has all of it already.
    const { firstMs } = await write(writer, 0, 1);
    let words = 0;
    let writingMs = 0;
    let waitingMs = 0;
    let answers = 0;
    for (; answers === 0 || (writingMs < windowMs && answers < MOST_ANSWERS); answers += 1) {
      const askedMs = performance.now();
      const answer = await write(writer, answers + 1, TOKENS);
      waitingMs += answer.firstMs - askedMs;
      writingMs += answer.lastMs - answer.firstMs;
      words += answer.tokens - 1;
    }
    const token = writingMs / words;
    return { token, rate: 1000 / token, first: waitingMs / answers, start: firstMs };
  } finally {
    await writer.stop();
  }
}

function start(contestant: string): Promise<Writer> {
  const writer = WRITERS[contestant];
  if (writer === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  return writer();
}

const generate: Scenario = {
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
    const writer = await start(contestant);
    await write(writer, 1, 4);
    await writer.stop();
  },
  measure,
};

export const local: Area = { name: "local", scenarios: [generate] };
