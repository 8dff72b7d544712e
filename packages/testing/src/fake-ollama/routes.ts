import type { JsonBody } from "../json-body.ts";
import { answerRoute } from "./answer-routes.ts";
import { json, plain } from "./answers.ts";
import { embeddingsRoute, embedRoute } from "./embed-routes.ts";
import { copyRoute, deleteRoute, psRoute, showRoute, tagsRoute } from "./model-routes.ts";
import { completionsRoute, listRoute, vectorsRoute } from "./openai-routes.ts";
import { pullRoute } from "./pull-route.ts";
import { readBody } from "./read-body.ts";
import type { ServerState } from "./server-state.ts";

type Answer = Response | Promise<Response>;

const reads: Readonly<Record<string, (state: ServerState) => Answer>> = {
  "/": () => new Response("Ollama is running", { headers: { "content-type": "text/plain; charset=utf-8" } }),
  "/api/version": ({ version }) => json({ version }),
  "/api/tags": tagsRoute,
  "/api/ps": psRoute,
  "/v1/models": listRoute,
};

const writes: Readonly<Record<string, (state: ServerState, body: JsonBody) => Answer>> = {
  "/api/show": showRoute,
  "/api/copy": copyRoute,
  "/api/pull": pullRoute,
  "/api/chat": (state, body) => answerRoute(state, "chat", body),
  "/api/generate": (state, body) => answerRoute(state, "generate", body),
  "/api/embed": embedRoute,
  "/api/embeddings": embeddingsRoute,
  "/v1/chat/completions": completionsRoute,
  "/v1/embeddings": vectorsRoute,
};

/** Finds the route of a request, as the real server does: an unknown path is 404, a wrong method 405. */
export async function route(state: ServerState, request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  const read = reads[pathname];
  const write = pathname === "/api/delete" ? deleteRoute : writes[pathname];
  const allowed = read ? "GET" : pathname === "/api/delete" ? "DELETE" : "POST";
  if (read === undefined && write === undefined) return plain(404, "404 page not found");
  if (read !== undefined && request.method === "HEAD") return withoutBody(await read(state));
  if (request.method !== allowed) return plain(405, "405 method not allowed", { allow: allowed });
  if (read !== undefined) return read(state);
  const body = await readBody(request);
  if (body instanceof Response) return body;
  return write?.(state, body) ?? plain(404, "404 page not found");
}

function withoutBody(response: Response): Response {
  return new Response(null, response);
}
