import { errorBodyOf, ModelError, type PullProgress } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { connectionFailure } from "./failures.ts";
import { LineSplitter, parseLine } from "./line-splitter.ts";
import { call } from "./send.ts";

export interface PullOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
  /** Default false. */
  readonly insecure?: boolean;
}

/**
 * Has the server fetch a model. Resolves when the model can be used.
 *
 * @throws ModelError With the server's words where it fails.
 */
export async function pullModel(connection: Connection, model: string, options: PullOptions): Promise<void> {
  const { signal, onProgress, insecure = false } = options;
  const body = { model, stream: true, ...(insecure && { insecure }) };
  const response = await call(connection, "POST", "/api/pull", { body, signal });
  let last = "";
  for await (const line of lines(response, connection, model, signal)) {
    const read = parseLine(line);
    const { error, status, digest, total, completed } = read;
    if (error !== undefined) throw failed(connection.hide(errorBodyOf(read).words), connection, model);
    last = String(status ?? "");
    onProgress?.({
      status: last,
      ...(typeof digest === "string" && { digest }),
      ...(typeof total === "number" && { total }),
      ...(typeof completed === "number" && { completed }),
    });
  }
  if (last === "success") return;
  const message = `the pull of "${model}" broke off after "${last}"; pull it again, what is there already is kept`;
  throw new ModelError(message, { failure: "network", backend: connection.backend, model });
}

async function* lines(
  { body }: Response,
  connection: Connection,
  model: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<string> {
  const reader = body?.getReader();
  const splitter = new LineSplitter();
  try {
    for (let done = reader === undefined; !done; ) {
      const read = await reader?.read();
      done = read?.done !== false;
      yield* splitter.lines(read?.value);
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw connectionFailure(error, connection, model);
  } finally {
    // Without a reader the server would go on with a pull that nobody wants.
    await reader?.cancel().catch(() => {});
  }
}

function failed(words: string, { shownRoot, backend }: Connection, model: string): ModelError {
  const unknown = /file does not exist|not found|invalid model/i.test(words);
  const hint = unknown ? `. Is "${model}" the right name?` : "";
  return new ModelError(`Ollama at ${shownRoot} could not pull "${model}": ${words}${hint}`, {
    failure: unknown ? "bad_request" : "server_error",
    backend,
    model,
  });
}
