import type { RecordedCall, ScriptedReply } from "@catenary/testing";
import { scriptedBackend } from "@catenary/testing";
import type { Finding } from "../../src/chain/finding.ts";
import { parseChain } from "../../src/chain/parse-chain.ts";
import { createRuntime } from "../../src/create-runtime.ts";
import { CatenaryError, toErrorData } from "../../src/errors/catenary-error.ts";
import { ChainInvalidError } from "../../src/errors/chain-invalid-error.ts";
import type { ErrorData } from "../../src/errors/error-data.ts";
import { remoteHook } from "../../src/hook/remote-hook.ts";
import type { RunResult } from "../../src/run/run-result.ts";
import { systemClock } from "../../src/surroundings/clock.ts";
import { isJsonObject, type Json } from "../../src/value/json.ts";
import type { OurAnswer } from "./answer.ts";
import { countWords } from "./count-words.ts";
import { createFakeHookServer } from "./fake-hook-server.ts";
import { modelCalls } from "./model-calls.ts";
import { normalise } from "./normalise.ts";
import type { RecordedCase } from "./recorded-case.ts";
import { scriptedReply } from "./scripted-reply.ts";
import { withReadArguments } from "./their-answer.ts";
import { wireRecord } from "./wire-record.ts";

/** When every run happens, in milliseconds since the Unix epoch: times come up inside of texts too. */
const NOW = Date.UTC(2025, 8, 5);

type Outcome = Pick<OurAnswer, "status" | "failedTask" | "output" | "outputType" | "state" | "code" | "message">;

/** Plays a case with a runtime of its own, in the world that the recordings were made in. */
export async function play(recorded: RecordedCase): Promise<OurAnswer> {
  const replies = (recorded.replies ?? []).map(scriptedReply);
  const backend = createBackend(replies);
  const server = createFakeHookServer(recorded.hookReplies ?? []);
  const outcome = await outcomeOf(recorded, backend, server.fetch);
  return {
    ...outcome,
    modelCalls: modelCalls(backend.calls),
    hookCalls: server.calls,
    repliesLeft: replies.length,
  };
}

/** Replies are given in their order, whatever kind of call asks. */
function createBackend(replies: ScriptedReply[]) {
  const next = (call: RecordedCall) => {
    const reply = replies.shift();
    if (typeof reply === "object") return reply;
    return call.kind === "embed" ? { embedding: [0.1, 0.2, 0.3] } : `echo: ${call.text}`;
  };
  return scriptedBackend({
    id: "fake",
    type: "ollama",
    replies: next,
    models: [
      { id: "phi3:3.8b", contextLength: 2048, capabilities: { chat: true, prompt: true, stream: true } },
      { id: "nomic-embed-text:latest", contextLength: 2048, capabilities: { embed: true } },
      { id: "smollm2:135m", contextLength: 2048, capabilities: { chat: true, prompt: true, stream: true } },
    ],
  });
}

async function outcomeOf(
  recorded: RecordedCase,
  backend: ReturnType<typeof createBackend>,
  fetch: ReturnType<typeof createFakeHookServer>["fetch"],
): Promise<Outcome> {
  try {
    const { chain, findings } = parseChain(recorded.chain);
    if (chain === undefined) return refused(recorded, findings);
    const runtime = createRuntime({
      backends: [backend],
      fetch,
      hooks: hooksOf(recorded),
      defaults: {
        model: "phi3:3.8b",
        provider: "ollama",
        embedding: { model: "nomic-embed-text:latest", provider: "ollama" },
      },
      tokens: { count: countWords },
      clock: { now: () => NOW, setTimer: systemClock.setTimer },
      ids: () => "<id>",
    });
    // Safe: an unknown type is one of the cases; the runtime is to refuse it.
    const inputType = (recorded.inputType ?? "string").toLowerCase() as "string";
    const result = await runtime.start(chain, recorded.input ?? null, { inputType }).result();
    await runtime.close();
    return ended(recorded, result);
  } catch (error) {
    if (!CatenaryError.isInstance(error)) throw error;
    if (error instanceof ChainInvalidError) return refused(recorded, error.findings);
    return { status: "failed", code: error.code, message: error.message };
  }
}

function hooksOf({ hooks = [] }: RecordedCase) {
  return Object.fromEntries(
    hooks.map(({ name, protocolType, path = "/hook", endpointUrl, ...settings }) => {
      const url = endpointUrl ?? `http://hooks.test${path}`;
      // Safe: an unknown protocol is one of the cases; remoteHook is to refuse it.
      const protocol = (protocolType ?? "langserve") as "langserve";
      return [name, remoteHook({ ...settings, protocol, url })];
    }),
  );
}

/** A chain that has errors runs nothing. The first of them stands for all. */
function refused(
  { chain }: RecordedCase,
  findings: readonly Pick<Finding, "severity" | "path" | "message">[],
): Outcome {
  const error = findings.find(({ severity }) => severity === "error");
  const place = /^\$\.tasks\[(\d+)\]/.exec(error?.path ?? "")?.[1];
  // Safe: what is no list has no such path.
  const task = place === undefined ? undefined : (chain.tasks as readonly Json[])[Number(place)];
  return {
    status: "failed",
    code: String(error && "code" in error ? error.code : "none"),
    message: `${error?.path}: ${error?.message}`,
    ...(isJsonObject(task) && typeof task.id === "string" && { failedTask: task.id }),
  };
}

function ended({ chain }: RecordedCase, result: RunResult): Outcome {
  if (result.status !== "ok") {
    const error = toErrorData("error" in result ? result.error : result.status);
    const { taskId } = error.details ?? {};
    return {
      status: "failed",
      code: innermost(error).code,
      message: innermost(error).message,
      ...(typeof taskId === "string" && { failedTask: taskId }),
    };
  }
  return {
    status: "ok",
    output: withReadArguments(normalise(result.output)),
    outputType: result.outputType,
    state: result.steps.map((step) => wireRecord(step, chain.debug === true)),
  };
}

function innermost(error: ErrorData): ErrorData {
  return error.code === "task_failed" && error.cause !== undefined ? error.cause : error;
}
