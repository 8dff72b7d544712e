/** How many pieces a streamed answer has. */
export const PIECES = 1000;

export const ANSWER = "Swifts sleep on the wing and may stay in the air for ten months at a time. ".repeat(3).trim();

const WORDS = ANSWER.split(" ");
const pieces = Array.from({ length: PIECES }, (_, at) => `${WORDS[at % WORDS.length]} `);

export const STREAMED = pieces.join("");

const usage = { prompt_tokens: 12, completion_tokens: 45, total_tokens: 57 };
const choice = (rest: object, finish: string | null) => [{ index: 0, ...rest, finish_reason: finish }];
const head = { id: "chatcmpl-1", created: 1_700_000_000, model: "swift" };
const event = (value: object) => `data: ${JSON.stringify({ ...head, object: "chat.completion.chunk", ...value })}\n\n`;
const line = (content: string, rest: object) =>
  `${JSON.stringify({ model: "swift", created_at: "2024-01-01T00:00:00Z", message: { role: "assistant", content }, ...rest })}\n`;
const last = { done: true, done_reason: "stop", total_duration: 9, prompt_eval_count: 12, eval_count: 45 };

/** What servers of each kind say, in the pieces in which they say it. */
export const openai = {
  whole: JSON.stringify({
    ...head,
    object: "chat.completion",
    choices: choice({ message: { role: "assistant", content: ANSWER } }, "stop"),
    usage,
  }),
  pieces: [
    event({ choices: choice({ delta: { role: "assistant", content: "" } }, null) }),
    ...pieces.map((content) => event({ choices: choice({ delta: { content } }, null) })),
    event({ choices: choice({ delta: {} }, "stop") }),
    event({ choices: [], usage }),
    "data: [DONE]\n\n",
  ],
};

export const ollama = {
  whole: line(ANSWER, last),
  pieces: [...pieces.map((content) => line(content, { done: false })), line("", last)],
};
