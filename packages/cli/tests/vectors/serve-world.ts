import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serve } from "@catenary/testing/node";
import { FakeHookServer } from "../../../http/tests/vectors/fake-hook-server.ts";
import { FakeModelServer } from "../../../http/tests/vectors/fake-model-server.ts";
import type { RecordedSequence } from "../../../http/tests/vectors/recorded-sequence.ts";
import type { World } from "../../../http/tests/vectors/world.ts";
import { runCommand } from "../../src/command/run-command.ts";

/** The environment of the recordings, as the original is configured. */
const ENVIRONMENT = {
  EMBED_MODEL: "nomic-embed-text:latest",
  EMBED_PROVIDER: "ollama",
  EMBED_MODEL_CONTEXT_LENGTH: "2048",
  TASK_MODEL: "phi3:3.8b",
  TASK_PROVIDER: "ollama",
  TASK_MODEL_CONTEXT_LENGTH: "2048",
  CHAT_MODEL: "phi3:3.8b",
  CHAT_PROVIDER: "ollama",
  CHAT_MODEL_CONTEXT_LENGTH: "2048",
  // Named, and not needed.
  DATABASE_URL: "postgres://nobody@127.0.0.1:9/none",
  NATS_URL: "nats://127.0.0.1:9",
};

const GROUPS = ["internal_embed_group", "internal_tasks_group", "internal_chat_group"];

/** The world of the recordings, set up over REST as its recorder did, in what `catenary serve` serves on a fresh data folder. */
export async function createServedWorld(sequence: RecordedSequence): Promise<World> {
  const [models, hooks] = [new FakeModelServer(), new FakeHookServer(sequence)];
  const servers = await Promise.all([serve(models.handle), serve(hooks.handle), serve(countWords)]);
  const [modelsServed, hooksServed, tokenizer] = servers;
  const data = mkdtempSync(join(tmpdir(), "catenary-vectors-"));
  const server = startServe(["--port", "0", "--data", data], { ...ENVIRONMENT, TOKENIZER_SERVICE_URL: tokenizer.url });
  const url = await server.url;
  await furnish(url, { modelsUrl: modelsServed.url, hooksUrl: hooksServed.url, sequence });
  models.calls.length = 0;
  return {
    url,
    settle: () => settled(url),
    models,
    hooks,
    modelsUrl: modelsServed.url,
    hooksUrl: hooksServed.url,
    async [Symbol.asyncDispose]() {
      await server.stop();
      await Promise.all(servers.map((one) => one.close()));
      rmSync(data, { recursive: true, force: true });
    },
  };
}

/** The command line in this process: a process for each sequence would take minutes. */
function startServe(args: readonly string[], environment: Readonly<Record<string, string>>) {
  const stop = new AbortController();
  const listening = Promise.withResolvers<string>();
  let said = "";
  const note = (text: string) => {
    said += text;
    const line = said.split("\n").find((one) => one.includes('"event":"listening"'));
    if (line !== undefined) listening.resolve(JSON.parse(line).url);
  };
  const ended = runCommand(["serve", ...args], {
    environment,
    folder: tmpdir(),
    stop: stop.signal,
    output: { write: note },
    errors: { write: note },
    readInput: async () => "",
  });
  void ended.then(() => listening.reject(new Error(`it ended before it listened: ${said}`)));
  return {
    url: listening.promise,
    async stop() {
      stop.abort("the test is over");
      await ended;
    },
  };
}

interface Furniture {
  readonly modelsUrl: string;
  readonly hooksUrl: string;
  readonly sequence: RecordedSequence;
}

async function furnish(url: string, { modelsUrl, hooksUrl, sequence }: Furniture): Promise<void> {
  const post = async (path: string, body?: object) => {
    const response = await fetch(`${url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`POST ${path} is answered with ${response.status}: ${JSON.stringify(answer)}`);
    return answer;
  };
  const { id } = await post("/backends", { name: "fake", baseUrl: modelsUrl, type: "ollama" });
  for (const group of GROUPS) await post(`/backend-affinity/${group}/backends/${id}`);
  await post("/models", { model: "smollm2:135m", contextLength: 2048, canChat: true, canPrompt: true });
  for (const group of GROUPS.slice(1)) await post(`/model-affinity/${group}/models/smollm2:135m`);
  for (const { name } of sequence.hooks ?? [])
    await post("/hooks/remote", {
      name,
      endpointUrl: `${hooksUrl}/hook`,
      method: "POST",
      timeoutMs: 5_000,
      protocolType: "langserve",
    });
  await settled(url);
}

/** After a change the runtime looks at its backends by itself; that it has done so is seen by nobody's being asked any more. */
async function settled(url: string): Promise<void> {
  let before = "";
  for (let same = 0; same < 3; ) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    const state = await (await fetch(`${url}/state`)).text();
    same = state === before ? same + 1 : 0;
    before = state;
  }
}

/** The tokenizer service of the recordings counted words. */
async function countWords(request: Request): Promise<Response> {
  const { prompt = "" } = await request.json();
  const tokens = String(prompt)
    .split(/\s+/)
    .filter((word) => word !== "");
  return Response.json({ tokens: tokens.map((_word, index) => index), count: tokens.length });
}
