import { failed } from "./failed.ts";
import type { ServerState } from "./server-state.ts";

/** The refusal of a request without the server's key; undefined where it may pass. */
export function refuseKey({ apiKey }: ServerState, request: Request): Response | undefined {
  if (apiKey === undefined) return undefined;
  const given = request.headers.get("x-goog-api-key") ?? new URL(request.url).searchParams.get("key");
  if (given === apiKey) return undefined;
  if (given === null) {
    const message =
      "Method doesn't allow unregistered callers (callers without established identity). Please use API Key.";
    return failed({ status: 403, message });
  }
  // A wrong key is a bad argument to Google, not a lack of rights.
  const message = "API key not valid. Please pass a valid API key.";
  return failed({ status: 400, message, reason: "API_KEY_INVALID" });
}

export function modelMissing(model: string, method: string): Response {
  const message = `models/${model} is not found for API version v1beta, or is not supported for ${method}. Call ListModels to see the list of available models and their supported methods.`;
  return failed({ status: 404, message });
}

export function fieldMissing(message: string, field: string): Response {
  return failed({ status: 400, message: `* ${message}.${field}: ${field} is not specified\n` });
}

export function tooLong(count: number, limit: number): Response {
  const message = `The input token count (${count}) exceeds the maximum number of tokens allowed (${limit}).`;
  return failed({ status: 400, message });
}
