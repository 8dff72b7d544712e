import { CatenaryError } from "../../errors/catenary-error.ts";
import { ReplyError } from "../../errors/reply-error.ts";
import type { AskableRung } from "../../routing/call/answer-shape.ts";
import type { ChatMessage } from "../../value/chat-history.ts";
import type { Json, JsonObject } from "../../value/json.ts";
import type { RungRecord } from "../../value/rung.ts";
import { listProblems, type SchemaProblem } from "../../value/schema/schema-problem.ts";
import { askModel, promptMessages } from "../call-prompt.ts";
import type { HandlerContext, HandlerResult } from "../handler.ts";
import { correction, shapeInstruction } from "./instructions.ts";
import { below, leadsDown, passedOver } from "./ladder.ts";
import { type ObjectSchema, objectSchema } from "./object-schema.ts";
import { type Answer, readAnswer } from "./read-answer.ts";

/** The name of the shape, and of the tool that a model calls to answer. */
const NAME = "answer";

interface Asking {
  readonly context: HandlerContext;
  readonly messages: readonly ChatMessage[];
  readonly schema: JsonObject;
  readonly asked: ObjectSchema | undefined;
}

/**
 * Asks a model for a value that satisfies a schema, in the surest way that it can be asked in, and goes down a way where the
 * answer does not satisfy the schema. At last the model is shown what is wrong and asked once more. Every way is told in
 * the step's record. The output is the value.
 */
export async function askForValue(context: HandlerContext, schema: JsonObject): Promise<HandlerResult> {
  const asking = { context, schema, messages: promptMessages(context), asked: objectSchema(schema) };
  let rung: AskableRung | undefined = asking.asked === undefined ? "prompt" : "native";
  let last: Answer | undefined;
  while (rung !== undefined && hasTries(context, last)) {
    const { answer, next } = await climb(asking, rung);
    if (answer?.problems.length === 0) return resultOf(answer.value);
    last = answer ?? last ?? NOTHING;
    rung = next;
  }
  if (last !== undefined && hasTries(context, last)) {
    last = await askAgain(asking, last);
    if (last.problems.length === 0) return resultOf(last.value);
  }
  const problems = last?.problems ?? [];
  throw new ReplyError(
    `the model was to answer with JSON that satisfies the output schema of task ${context.task.id}, and did not: ${listProblems(problems)}`,
    { problems },
  );
}

const NOTHING: Answer = { value: null, text: "", problems: [{ path: "$", message: "the model gave no answer" }] };

/** The first call is always made. */
function hasTries({ triesLeft }: HandlerContext, last: Answer | undefined): boolean {
  return last === undefined || triesLeft > 0;
}

interface Climbed {
  /** Absent where the call failed. */
  readonly answer?: Answer;
  /** Where to go on. */
  readonly next: AskableRung | undefined;
}

/** Asks once, in the surest way from `from` down that the model which takes the call can be asked in. */
async function climb(asking: Asking, from: AskableRung): Promise<Climbed> {
  const { context } = asking;
  let taken = from;
  const onAsked = (rung: AskableRung) => {
    taken = rung;
  };
  const report = (result: RungRecord["result"], problems: readonly SchemaProblem[]) => {
    for (const rung of passedOver(from, taken)) context.reportRung({ rung, result: "unavailable", problems: [] });
    context.reportRung({ rung: taken, result, problems });
  };
  try {
    const answer = await ask(asking, asking.messages, from, onAsked);
    report(answer.problems.length === 0 ? "accepted" : "refused", answer.problems);
    return { answer, next: below(taken) };
  } catch (error) {
    if (!CatenaryError.isInstance(error)) throw error;
    report("failed", [{ path: "$", message: error.message }]);
    if (!leadsDown(taken, error.failure) || error.details.finishReason === "length") throw error;
    return { next: below(taken) };
  }
}

async function ask(
  { context, schema, asked }: Asking,
  messages: readonly ChatMessage[],
  from: AskableRung,
  onAsked: (rung: AskableRung) => void,
): Promise<Answer> {
  const instruction = shapeInstruction(schema);
  const reply = await askModel(context, messages, {
    answer: { name: NAME, instruction, from, onAsked, ...(asked !== undefined && { schema: asked.schema }) },
  });
  return readAnswer(reply, NAME, schema, asked);
}

/** As much of an answer as a model needs to see again. */
const LONGEST_ANSWER = 8000;

async function askAgain(asking: Asking, last: Answer): Promise<Answer> {
  const { context, messages } = asking;
  const timestamp = new Date(context.startedAt).toISOString();
  const text = last.text.slice(0, LONGEST_ANSWER);
  const shown: readonly ChatMessage[] = text === "" ? [] : [{ role: "assistant", content: text, timestamp }];
  const again = { role: "user", content: correction(last.problems), timestamp };
  try {
    const answer = await ask(asking, [...messages, ...shown, again], "prompt", () => {});
    const result = answer.problems.length === 0 ? "accepted" : "refused";
    context.reportRung({ rung: "re-ask", result, problems: answer.problems });
    return answer;
  } catch (error) {
    if (CatenaryError.isInstance(error))
      context.reportRung({ rung: "re-ask", result: "failed", problems: [{ path: "$", message: error.message }] });
    throw error;
  }
}

/** A text, a number or a boolean is its own outcome. */
function resultOf(value: Json): HandlerResult {
  return { output: { type: "json", value }, outcome: typeof value === "object" ? "ok" : String(value) };
}
