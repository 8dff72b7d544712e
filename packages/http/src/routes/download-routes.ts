import type { Download, DownloadState } from "@catenary/core";
import { z } from "zod";
import { type Call, paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { outward } from "../errors/outward.ts";
import { nameOf } from "../records/backend-body.ts";
import { type DownloadBody, downloadBody, downloadBodySchema, downloadState } from "../records/download-body.ts";
import { recordBookOf } from "../records/record-book.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { refusedDoc } from "./docs.ts";

const place = z.object({
  backend: z.string().describe("Its id, or its name"),
  model: z.string().describe("As the backend names it"),
});
const cancelled = z.object({ id: z.string(), cancelled: z.boolean().describe("False where it had ended") });
const query = z.object({ state: downloadState.optional().describe("Only those in this state.") });

const ONE = { description: "The download.", schema: downloadBodySchema };
const BEGUN = {
  description: "It is fetched, or waits for it. So it is where it was under way.",
  schema: downloadBodySchema,
};
const UNKNOWN = { 404: { description: "No download has this id, or it is remembered no more." } };

/** What became of the models that backends were to fetch. The original's queue has only those that are still to come. */
export function downloadRoutes(surface: Surface): readonly Route[] {
  return [listRoute(surface), beginRoute(surface), getRoute(surface), retryRoute(surface), cancelRoute(surface)];
}

function listRoute(surface: Surface): Route {
  return {
    method: "GET",
    path: "/downloads",
    noun: "downloads",
    summary: "List the downloads that are under way, and the last hundred that have ended, failed ones among them",
    operation: "list",
    query,
    replies: { 200: { description: "The first asked for first.", schema: z.array(downloadBodySchema) } },
    handle: async (call) => {
      const state = stateIn(call);
      const found = surface.runtime.downloads.list().filter((one) => state === undefined || one.state === state);
      return { status: 200, json: await bodiesOf(surface, found) };
    },
  };
}

function beginRoute(surface: Surface): Route {
  const { runtime } = surface;
  return defineRoute({
    method: "POST",
    path: "/downloads",
    noun: "downloads",
    summary: "Have a backend fetch a model, or begin again with one that failed or was cancelled",
    operation: "create",
    body: place,
    replies: {
      202: BEGUN,
      404: { description: "No backend has this id or name." },
      422: { ...refusedDoc, description: "The body is not what is expected, or the backend cannot fetch models." },
    },
    handle: async (_call, { backend, model }) => {
      if (model === "") throw new HttpError(422, "invalid download: model expects a name", { param: "model" });
      const { backends } = recordBookOf(surface);
      const named = (await backends.list()).find((row) => row.id === backend || nameOf(row) === backend);
      const { key } = named ?? (await backends.require(backend));
      return begun(surface, runtime.downloads.create({ backend: key, model }));
    },
  });
}

function getRoute(surface: Surface): Route {
  return {
    method: "GET",
    path: "/downloads/{id}",
    noun: "downloads",
    summary: "Get a download; its id, which has a slash, is percent-encoded",
    operation: "get",
    replies: { 200: ONE, ...UNKNOWN },
    handle: async (call) => ({ status: 200, json: await bodyOf(surface, downloadOf(surface, call)) }),
  };
}

function retryRoute(surface: Surface): Route {
  return {
    method: "POST",
    path: "/downloads/{id}/retry",
    noun: "downloads",
    summary: "Begin again with a download that failed or was cancelled",
    operation: "create",
    replies: { 202: BEGUN, ...UNKNOWN, 422: { description: "Its backend cannot fetch models any more." } },
    handle: (call) => begun(surface, surface.runtime.downloads.retry(downloadOf(surface, call).id)),
  };
}

function cancelRoute(surface: Surface): Route {
  return {
    method: "POST",
    path: "/downloads/{id}/cancel",
    noun: "downloads",
    summary: "Stop a download; it is not begun again until somebody asks for it",
    operation: "delete",
    replies: { 200: { description: "It stops, or it had ended.", schema: cancelled }, ...UNKNOWN },
    handle: (call) => {
      const { id } = downloadOf(surface, call);
      const json: z.infer<typeof cancelled> = { id, cancelled: surface.runtime.downloads.cancel(id) };
      return { status: 200, json };
    },
  };
}

function stateIn({ query }: Call): DownloadState | undefined {
  return downloadState.safeParse(query.get("state")).data;
}

function downloadOf({ runtime }: Surface, call: Call): Download {
  const found = runtime.downloads.get(paramOf(call, "id"));
  if (found !== undefined) return found;
  throw new HttpError(
    404,
    "not found: there is no download of this id, or it is remembered no more. GET /downloads lists those that are",
  );
}

async function begun(surface: Surface, download: Download) {
  return { status: 202, json: await bodyOf(surface, download) };
}

async function bodyOf(surface: Surface, download: Download): Promise<DownloadBody | undefined> {
  const [body] = await bodiesOf(surface, [download]);
  return body;
}

async function bodiesOf(surface: Surface, downloads: readonly Download[]): Promise<readonly DownloadBody[]> {
  const rows = await recordBookOf(surface).backends.list();
  const told = (message: string) => outward(surface, message);
  return downloads.map((one) =>
    downloadBody(
      one,
      rows.find(({ key }) => key === one.backend),
      told,
    ),
  );
}
