import { readBody } from "../json-body.ts";
import { chatRoute } from "./chat-route.ts";
import { failed, json } from "./dialect.ts";
import { embeddingsRoute } from "./embeddings-route.ts";
import { modelRoute, modelsRoute } from "./models-route.ts";
import { refuseKey } from "./refusals.ts";
import type { ServerState } from "./server-state.ts";

/** Answers one request. */
export async function route(state: ServerState, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const refusal = refuseKey(state, request);
  if (refusal !== undefined) return refusal;
  if (request.method === "GET" && pathname === "/v1/models") return modelsRoute(state);
  if (request.method === "GET" && pathname.startsWith("/v1/models/")) {
    return modelRoute(state, decodeURIComponent(pathname.slice("/v1/models/".length)));
  }
  const handle = { "/v1/chat/completions": chatRoute, "/v1/embeddings": embeddingsRoute }[pathname];
  if (request.method !== "POST" || handle === undefined) return routeMissing(state, request.method, pathname);
  const body = await readBody(request);
  if (body === undefined) {
    return failed(state.dialect, {
      status: 400,
      message: "The body of your request could not be read as a JSON object.",
    });
  }
  return handle(state, body);
}

function routeMissing({ dialect }: ServerState, method: string, pathname: string): Response {
  if (dialect !== "openai") return json({ detail: "Not Found" }, 404);
  const error = {
    message: `Invalid URL (${method} ${pathname})`,
    type: "invalid_request_error",
    param: null,
    code: null,
  };
  return json({ error }, 404);
}
