import { type ChatHistoryInput, defineChain, type Runtime } from "@catenary/core";

/** Whom the model talks to. */
export interface Terminal {
  /** The next line; undefined where there will be none. */
  read(): Promise<string | undefined>;
  write(text: string): unknown;
  /** Calls whenever somebody wants what is under way to stop. Returns what ends that. */
  onStop(listener: () => void): () => void;
}

/** A very small model does not find the end of a long answer. */
const MOST_TOKENS = 200;
/** Without these it says one sentence again and again. A chain that decides is better without: its words are few. */
const NO_LOOPS = { frequencyPenalty: 0.5, presencePenalty: 0.3 };

const conversation = defineChain({
  id: "conversation",
  input: "chat_history",
  tasks: {
    answer: {
      handler: "model_execution",
      systemInstruction: "You are a friendly assistant. Answer in a few short sentences.",
      executeConfig: { maxTokens: MOST_TOKENS, temperature: 0.3, ...NO_LOOPS },
    },
  },
});

type Message = ChatHistoryInput["messages"][number];

/** What came before these is forgotten, so that a small model's context is enough. */
const MOST_MESSAGES = 12;

/** Talks until nobody says anything more. Each answer is written as it comes, and one that is stopped stays as far as it came. */
export async function runChat(runtime: Runtime, terminal: Terminal): Promise<void> {
  let messages: readonly Message[] = [];
  for (;;) {
    const said = await terminal.read();
    if (said === undefined) return;
    if (said.trim() === "") continue;
    if (said.trim() === "/new") {
      messages = [];
      terminal.write("A new conversation.\n");
      continue;
    }
    const asked = remembered(messages, { role: "user", content: said });
    const answer = await writeAnswer(runtime, asked, terminal);
    if (answer !== "") messages = [...asked, { role: "assistant", content: answer }];
  }
}

function remembered(messages: readonly Message[], next: Message): readonly Message[] {
  return [...messages, next].slice(-MOST_MESSAGES);
}

async function writeAnswer(runtime: Runtime, messages: readonly Message[], terminal: Terminal): Promise<string> {
  const run = runtime.start(conversation, { messages });
  const stopListening = terminal.onStop(() => run.cancel("stopped from the keyboard"));
  let answer = "";
  try {
    for await (const piece of run.textStream) {
      answer += piece;
      terminal.write(piece);
    }
  } catch {
    // The result says why.
  } finally {
    stopListening();
  }
  const result = await run.result();
  if (result.status === "cancelled") terminal.write(" … (stopped)");
  if (result.status === "failed")
    terminal.write(`There is no answer: ${result.error.message}\n/new begins a new conversation.`);
  terminal.write("\n");
  return answer;
}
