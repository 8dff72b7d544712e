import type { RecordedCall, ScriptedReply } from "@catenary/testing";
import { createVirtualClock, scriptedBackend, type VirtualClock } from "@catenary/testing";
import { createRuntime } from "../../src/create-runtime.ts";
import { CatenaryError } from "../../src/errors/catenary-error.ts";
import { ChainInvalidError } from "../../src/errors/chain-invalid-error.ts";
import { remoteHook } from "../../src/hook/remote-hook.ts";
import { parseRunRequest } from "../../src/run/parse-run-request.ts";
import type { RuntimeOptions } from "../../src/run/runtime-options.ts";
import type { OurAnswer } from "./answer.ts";
import { countWords } from "./count-words.ts";
import { createFakeHookServer } from "./fake-hook-server.ts";
import { modelCalls } from "./model-calls.ts";
import { ended, type Outcome, refused } from "./our-outcome.ts";
import type { RecordedCase } from "./recorded-case.ts";
import { scriptedReply } from "./scripted-reply.ts";

/** When every run happens, in milliseconds since the Unix epoch: times come up inside of texts too. */
const NOW = Date.UTC(2025, 8, 5);

/** Plays a case with a runtime and a time of its own, in the world that the recordings were made in. */
export async function play(recorded: RecordedCase): Promise<OurAnswer> {
  const clock = createVirtualClock({ now: NOW });
  const replies = (recorded.replies ?? []).map(scriptedReply);
  const backend = createBackend(replies, clock);
  const server = createFakeHookServer(recorded.hookReplies ?? [], clock);
  const outcome = await outcomeOf(recorded, { backends: [backend], fetch: server.fetch, clock });
  return { ...outcome, modelCalls: modelCalls(backend.calls), hookCalls: server.calls, repliesLeft: replies.length };
}

/** Replies are given in their order, whatever kind of call asks. */
function createBackend(replies: ScriptedReply[], clock: VirtualClock) {
  const next = (call: RecordedCall) => {
    const reply = replies.shift();
    if (typeof reply === "object") return reply;
    return call.kind === "embed" ? { embedding: [0.1, 0.2, 0.3] } : `echo: ${call.text}`;
  };
  return scriptedBackend({
    id: "fake",
    type: "ollama",
    clock,
    replies: next,
    models: [
      { id: "phi3:3.8b", contextLength: 2048, capabilities: { chat: true, prompt: true, stream: true } },
      { id: "nomic-embed-text:latest", contextLength: 2048, capabilities: { embed: true } },
      { id: "smollm2:135m", contextLength: 2048, capabilities: { chat: true, prompt: true, stream: true } },
    ],
  });
}

interface World extends Pick<RuntimeOptions, "backends" | "fetch"> {
  readonly clock: VirtualClock;
}

async function outcomeOf(recorded: RecordedCase, world: World): Promise<Outcome> {
  try {
    const { chain: body, input = null, inputType: type = "string" } = recorded;
    const { chain, findings, inputType } = parseRunRequest({ chain: body, input, inputType: type });
    if (chain === undefined) return refused(recorded, findings);
    const runtime = createRuntime({
      ...world,
      hooks: hooksOf(recorded),
      defaults: {
        model: "phi3:3.8b",
        provider: "ollama",
        embedding: { model: "nomic-embed-text:latest", provider: "ollama" },
      },
      tokens: { count: countWords },
      ids: () => "<id>",
    });
    const run = runtime.start(chain, input, inputType === undefined ? {} : { inputType });
    const result = await passTime(world.clock, run.result());
    await runtime.close();
    return ended(recorded, result);
  } catch (error) {
    if (!CatenaryError.isInstance(error)) throw error;
    if (error instanceof ChainInvalidError) return refused(recorded, error.findings);
    return { status: "failed", code: error.code, message: error.message };
  }
}

/** Less than any delay in the recordings, so that what is computed in between takes no time worth counting. */
const TICK_MS = 10;

async function passTime<T>(clock: VirtualClock, result: Promise<T>): Promise<T> {
  let isOver = false;
  void result.finally(() => {
    isOver = true;
  });
  while (!isOver) await clock.advance(TICK_MS);
  return result;
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
