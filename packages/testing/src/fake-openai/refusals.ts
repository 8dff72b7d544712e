import { failed, type OpenAIDialect } from "./dialect.ts";
import type { ServerState } from "./server-state.ts";

export function modelMissing(dialect: OpenAIDialect, model: string): Response {
  const words = dialect === "openai" ? " or you do not have access to it" : "";
  return failed(dialect, {
    status: 404,
    message: `The model \`${model}\` does not exist${words}.`,
    code: "model_not_found",
    ...(dialect !== "openai" && { param: "model" }),
  });
}

export function parameterMissing(dialect: OpenAIDialect, param: string): Response {
  return failed(dialect, {
    status: 400,
    message: `Missing required parameter: '${param}'.`,
    param,
    code: "missing_required_parameter",
  });
}

/** The refusal of a request whose key is not the server's; undefined where it may pass. */
export function refuseKey({ dialect, apiKey }: ServerState, request: Request): Response | undefined {
  if (apiKey === undefined) return undefined;
  const given = /^Bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (given === apiKey) return undefined;
  if (dialect !== "openai") return failed(dialect, { status: 401, message: "Unauthorized" });
  const message =
    given === undefined
      ? "You didn't provide an API key. Send it in an Authorization header, as a bearer token."
      : `Incorrect API key provided: ${masked(given)}.`;
  return failed(dialect, { status: 401, message });
}

/** As OpenAI repeats a wrong key: its two ends. */
function masked(key: string): string {
  return key.length < 16 ? "*".repeat(key.length) : `${key.slice(0, 4)}${"*".repeat(key.length - 8)}${key.slice(-4)}`;
}
