import { type JsonBody, readBody } from "../json-body.ts";
import { batchEmbedRoute, embedRoute } from "./embed-routes.ts";
import { failed } from "./failed.ts";
import { methodsOf } from "./fake-gemini-model.ts";
import { generateRoute } from "./generate-route.ts";
import { modelRoute, modelsRoute } from "./models-route.ts";
import { modelMissing, refuseKey } from "./refusals.ts";
import type { ServerState } from "./server-state.ts";

/** Answers one request. */
export async function route(state: ServerState, request: Request): Promise<Response> {
  const { pathname, searchParams } = new URL(request.url);
  const [, id, method] = /^\/v1beta\/models(?:\/([^:/]+)(?::(\w+))?)?$/.exec(pathname) ?? [undefined];
  const isRoute = pathname === "/v1beta/models" || id !== undefined;
  if (!isRoute || (request.method === "POST") !== (method !== undefined)) return nowhere(pathname);
  const refusal = refuseKey(state, request);
  if (refusal !== undefined) return refusal;
  if (id === undefined) return modelsRoute(state, searchParams);
  if (method === undefined) return modelRoute(state, decodeURIComponent(id));
  const body = await readBody(request);
  if (body === undefined) return failed({ status: 400, message: "Invalid JSON payload received. Unexpected token." });
  return ask(state, { id: decodeURIComponent(id), method, body, isEvents: searchParams.get("alt") === "sse" });
}

interface Asked {
  readonly id: string;
  readonly method: string;
  readonly body: JsonBody;
  readonly isEvents: boolean;
}

function ask(state: ServerState, { id, method, body, isEvents }: Asked): Response | Promise<Response> {
  const model = state.models.get(id);
  const needed = NEEDED.get(method);
  if (needed === undefined || model === undefined || !methodsOf(model).includes(needed))
    return modelMissing(id, method);
  switch (method) {
    case "embedContent":
      return embedRoute(model, body);
    case "batchEmbedContents":
      return batchEmbedRoute(model, body);
    case "streamGenerateContent":
      return generateRoute(state, model, body, isEvents ? "events" : "array");
    default:
      return generateRoute(state, model, body, "whole");
  }
}

/** What a model must list among its methods to be asked so. */
const NEEDED: ReadonlyMap<string, string> = new Map([
  ["generateContent", "generateContent"],
  ["streamGenerateContent", "generateContent"],
  ["embedContent", "embedContent"],
  ["batchEmbedContents", "embedContent"],
]);

/** Google's front answers what belongs to no API with a page. */
function nowhere(pathname: string): Response {
  const page = `<!DOCTYPE html><html lang=en><title>Error 404 (Not Found)!!1</title><p><b>404.</b> The requested URL <code>${pathname}</code> was not found on this server.`;
  return new Response(page, { status: 404, headers: { "content-type": "text/html; charset=UTF-8" } });
}
