import type { Backend, Chain, LanguageModelPrompt } from "@catenary/core";
import { CatenaryError, compileChain, ModelError } from "@catenary/core";
import { messageText } from "../prompt-text.ts";
import type { RecordedCall } from "../scripted/recorded-call.ts";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import type { ReplyContent } from "../scripted/scripted-reply.ts";
import { isFailAnswer, isValueAnswer, type PlainAnswer } from "./answer.ts";
import type { AnswerDesk } from "./answer-desk.ts";
import { modelAnswerProblem } from "./model-answer-problem.ts";
import type { SimulatedPrompt } from "./simulation.ts";

/** The model, and the type of backend, that tasks get which name none. */
export const SIMULATED = "simulated";

/** Serves every model under every provider that the chain names, with the answers of the task that asks. */
export function simulatedBackends(
  chain: Chain,
  requested: string | undefined,
  desk: AnswerDesk,
  prompts: SimulatedPrompt[],
): readonly Backend[] {
  return [...servedModels(chain, requested)].map(([type, models]) =>
    scriptedBackend({
      id: type,
      type,
      models: [...models].map((id) => ({ id, capabilities: { chat: true, prompt: true, embed: true, stream: true } })),
      replies: async (call) => {
        notePrompt(desk, call, prompts);
        return toReply(await desk.ask({ prompt: call.text }), { ...call, backend: type }, desk);
      },
    }),
  );
}

/** By the type of backend. A model that only the request names may be asked for under each of them. */
function servedModels(chain: Chain, requested: string | undefined): ReadonlyMap<string, ReadonlySet<string>> {
  const served = new Map<string, Set<string>>();
  for (const { executeConfig } of compileChain(chain).tasks) {
    const { model, models = [], provider, providers = [] } = executeConfig;
    const names = [...(model ? [model] : []), ...models];
    const types = [...(provider ? [provider] : []), ...providers];
    for (const type of types.length > 0 ? types : [SIMULATED]) {
      const ids = served.get(type) ?? new Set([SIMULATED, ...(requested ? [requested] : [])]);
      for (const name of names) ids.add(name);
      served.set(type, ids);
    }
  }
  return served;
}

/** A prompt that goes to several models in one attempt counts once. */
function notePrompt({ run }: AnswerDesk, call: RecordedCall, prompts: SimulatedPrompt[]): void {
  const { key, taskId, visit, attempt } = run.current();
  const system = call.kind === "embed" ? "" : systemText(call.prompt);
  const last = prompts.at(-1);
  if (last?.key === key && last.attempt === attempt && last.text === call.text) return;
  prompts.push({
    key,
    taskId,
    visit,
    attempt,
    model: call.model,
    text: call.text,
    ...(system !== "" && { system }),
    ...(call.kind !== "embed" && { messages: call.prompt }),
  });
}

function systemText(prompt: LanguageModelPrompt): string {
  return prompt
    .filter(({ role }) => role === "system")
    .map(messageText)
    .join("\n");
}

function toReply(
  answer: PlainAnswer,
  call: RecordedCall & { readonly backend: string },
  desk: AnswerDesk,
): ReplyContent {
  if (isFailAnswer(answer)) {
    const { fail, failure = "server_error", retryAfterMs } = answer;
    const { backend, model } = call;
    throw new ModelError(fail, { failure, backend, model, ...(retryAfterMs !== undefined && { retryAfterMs }) });
  }
  const said = isValueAnswer(answer) ? answer.value : answer;
  if (call.kind === "embed") {
    if (Array.isArray(said) && said.every((element) => typeof element === "number")) return { embedding: said };
    throw desk.stop(wrongAnswer(desk, "a list of numbers, as it embeds", said));
  }
  if (typeof said === "string") return said;
  if (typeof said === "number" || typeof said === "boolean") return String(said);
  // A custom handler that asks a model is answered with any JSON, of which only now is known that a model is to say it.
  if (modelAnswerProblem(said) !== undefined)
    throw desk.stop(wrongAnswer(desk, "the text that the model says, or { text, toolCalls, … }", said));
  // Safe: it has fields of a ModelAnswer and no others.
  return said as ReplyContent;
}

function wrongAnswer({ run }: AnswerDesk, expected: string, answer: PlainAnswer): CatenaryError {
  const { taskId } = run.current();
  return new CatenaryError(
    "answer_invalid",
    `the answer of task ${taskId} is to be ${expected}, or { fail: "…" }; got ${JSON.stringify(answer)}`,
    { details: { taskId } },
  );
}
