import { ANSWER, openai } from "../transport/answers.ts";
import { CHUNKS } from "./model-server.ts";

/** What clients send to one path, and how its answer is known to be right. */
export interface Exchange {
  readonly path: string;
  readonly body: string;
  /** Whether the text of an answer is what it must be. */
  readonly isRight: (answer: string) => boolean;
}

const QUESTION = "Say something about swifts. ".repeat(8).trim();
const messages = [
  { role: "system", content: "You know everything about birds." },
  { role: "user", content: QUESTION },
];
/** The one model that all gateways know: that of the AI SDK has its name in its code. */
export const MODEL = "fake";
const chat = (stream: boolean) => JSON.stringify({ model: MODEL, stream, messages });

/** A piece of the streamed answer, as JSON has it whoever writes it. */
const LAST_PIECE = /"content":"[^"]+ "/.exec(openai.pieces[CHUNKS] ?? "")?.[0] ?? "";

export const wholeAnswer: Exchange = {
  path: "/v1/chat/completions",
  body: chat(false),
  isRight: (answer) => answer.includes(JSON.stringify(ANSWER)) && /"total_tokens":\s*57/.test(answer),
};

export const streamedAnswer: Exchange = {
  path: "/v1/chat/completions",
  body: chat(true),
  isRight: (answer) =>
    answer.includes(LAST_PIECE) && answer.split('"content":').length > CHUNKS && answer.includes("data: [DONE]"),
};

const goTo = (goto: string) => ({ branches: [{ operator: "default", goto }] });
const run = (tasks: readonly object[]) =>
  JSON.stringify({ input: QUESTION, inputType: "string", chain: { id: "measured", tasks } });
const idle = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    id: `step_${at}`,
    handler: "noop",
    transition: goTo(at === count - 1 ? "end" : `step_${at + 1}`),
  }));
const stateOf = (answer: string): number => answer.split('"taskID":').length - 1;

/** A chain that asks a model once. */
export const modelChain: Exchange = {
  path: "/tasks",
  body: run([{ id: "say", handler: "raw_string", prompt_template: "{{.input}}", transition: goTo("end") }]),
  isRight: (answer) => answer.includes(JSON.stringify(ANSWER)) && stateOf(answer) === 1,
};

/** A chain of tasks that do nothing. */
export function idleChain(count: number): Exchange {
  return {
    path: "/tasks",
    body: run(idle(count)),
    isRight: (answer) => answer.includes(JSON.stringify(QUESTION)) && stateOf(answer) === count,
  };
}
