import type { Backend, BackendModel } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { standIn } from "@catenary/testing";

/** Variables as the process has them: `OLLAMA_HOST` is read. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface ChosenBackends {
  /** In order: a host that is down, and one that answers. */
  readonly backends: readonly Backend[];
  /** Which one answers, for the person at the terminal. */
  readonly note: string;
}

const OLLAMA_HOST = "http://127.0.0.1:11434";
/** Nobody listens there: the discard port of old. */
const NOBODY = "http://127.0.0.1:9";
const MODEL = "llama3.2:3b";
/** How long a server may take to say what it has. */
const ANSWER_WITHIN_MS = 2_000;

/** A host that is down, and behind it an Ollama that has a model which takes tools, else the offline stand-in. */
export async function chooseBackends(environment: Environment): Promise<ChosenBackends> {
  const url = environment.OLLAMA_HOST || OLLAMA_HOST;
  const server = ollama({ baseUrl: url });
  const models = await server.listModels({ signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => []);
  const model = models.find(takesTools);
  const answering = model === undefined ? standIn() : server;
  const note =
    model === undefined
      ? `no Ollama with a model that takes tools answers on ${url}, so the offline stand-in answers. It is no language model`
      : `the Ollama on ${url} answers with ${model.id}`;
  return { backends: [hostThatIsDown(), answering], note };
}

function takesTools({ capabilities }: BackendModel): boolean {
  return capabilities?.tools === true;
}

/** It still says what it serves, as a load balancer before dead machines does; whoever asks it meets a refused connection. */
function hostThatIsDown(): Backend {
  const capabilities = { chat: true, prompt: true, stream: true, tools: true, structuredOutput: true };
  return {
    ...ollama({ id: "down", baseUrl: NOBODY }),
    listModels: async () => [{ id: MODEL, capabilities }],
  };
}
