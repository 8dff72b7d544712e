import { createRuntime, defineChain } from "@catenary/core";
import { mock, mockBackend, PROMPT, SYSTEM } from "./mock.ts";

/** Asks the model once and gives its whole text. */
export type Caller = () => Promise<string>;

const prompt = [
  { role: "system" as const, content: SYSTEM },
  { role: "user" as const, content: [{ type: "text" as const, text: PROMPT }] },
];

const chain = defineChain({
  id: "benchmark",
  input: "string",
  tasks: { answer: { handler: "raw_string", systemInstruction: SYSTEM, promptTemplate: "{{.input}}" } },
});

export const doGenerate = (): Caller => async () => {
  const { content } = await mock.doGenerate({ prompt });
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
};

export const doStream = (): Caller => async () => {
  const { stream } = await mock.doStream({ prompt });
  let text = "";
  for await (const part of stream) if (part.type === "text-delta") text += part.delta;
  return text;
};

export const runtimePrompt = (): Caller => {
  const runtime = createRuntime({ backends: [mockBackend] });
  return async () => (await runtime.prompt(PROMPT, { system: SYSTEM })).text;
};

const routed = () => createRuntime({ backends: [mockBackend] }).model();

export const routedGenerate = (): Caller => {
  const model = routed();
  return async () => {
    const { content } = await model.doGenerate({ prompt });
    return content.map((part) => (part.type === "text" ? part.text : "")).join("");
  };
};

export const routedStream = (): Caller => {
  const model = routed();
  return async () => {
    const { stream } = await model.doStream({ prompt });
    let text = "";
    for await (const part of stream) if (part.type === "text-delta") text += part.delta;
    return text;
  };
};

export const oneTaskChain = (): Caller => {
  const runtime = createRuntime({ backends: [mockBackend] });
  return async () => (await runtime.run(chain, PROMPT)).output;
};

export const textStream = (): Caller => {
  const runtime = createRuntime({ backends: [mockBackend] });
  return async () => {
    let text = "";
    for await (const piece of runtime.start(chain, PROMPT).textStream) text += piece;
    return text;
  };
};

export const events = (): Caller => {
  const runtime = createRuntime({ backends: [mockBackend] });
  return async () => {
    let text = "";
    for await (const event of runtime.start(chain, PROMPT).events())
      if (event.kind === "step_delta") text += event.text;
    return text;
  };
};

export const generateText = async (): Promise<Caller> => {
  const ai = await import("ai");
  return async () => (await ai.generateText({ model: mock, instructions: SYSTEM, prompt: PROMPT })).text;
};

export const streamText = async (): Promise<Caller> => {
  const ai = await import("ai");
  return async () => {
    let text = "";
    for await (const piece of ai.streamText({ model: mock, instructions: SYSTEM, prompt: PROMPT }).textStream)
      text += piece;
    return text;
  };
};
