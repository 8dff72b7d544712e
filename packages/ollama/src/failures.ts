import { CatenaryError, connectionError, isWrongAddress, type ModelError, refusalError } from "@catenary/core";
import type { Connection } from "./connection.ts";

/** What a rejected `fetch`, or a body that breaks off, becomes. */
export function connectionFailure(error: unknown, connection: Connection, model?: string): CatenaryError {
  if (CatenaryError.isInstance(error)) return error;
  const { shownRoot, backend, hide } = connection;
  return connectionError(error, {
    backend,
    model,
    hide,
    place: shownRoot.replace(/^https?:\/\//, ""),
    server: `Ollama at ${shownRoot}`,
    setting: "OLLAMA_HOST (or baseUrl)",
    whenNobody: "start Ollama with `ollama serve`, or set OLLAMA_HOST (or baseUrl) to where it runs",
  });
}

/** What an answer that is not a success becomes. */
export function refusal(response: Response, connection: Connection, model?: string): Promise<ModelError> {
  const { backend, hide } = connection;
  return refusalError(response, {
    backend,
    model,
    hide,
    explain: (words) => explain(response.status, words, connection, model),
  });
}

function explain(status: number, words: string, { shownRoot }: Connection, model: string | undefined): string {
  if (status === 404 && model !== undefined && words.includes("not found")) {
    return `Ollama at ${shownRoot} has no model "${model}": ${words}. Fetch it with \`ollama pull ${model}\``;
  }
  const hint = isWrongAddress(status) ? ". Is baseUrl the root of an Ollama server?" : "";
  return `Ollama at ${shownRoot} answered with status ${status}: ${words || "no words"}${hint}`;
}
