import type { Download } from "@catenary/core";
import { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { addressOf } from "../records/backend-body.ts";
import { jobBody, jobSchema, progressBody } from "../records/download-body.ts";
import { followDownloads } from "../records/follow-downloads.ts";
import { recordBookOf } from "../records/record-book.ts";
import { frameOf } from "../reply.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";

/** The models that backends fetch. */
export function queueRoutes(surface: Surface): readonly Route[] {
  return [...readRoutes(surface), ...cancelRoutes(surface)];
}

function readRoutes(surface: Surface): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/queue",
      noun: "queue",
      summary:
        "List the models that are being fetched, or wait for it, each under its backend's address as id; GET /downloads has ids of their own, and those that failed, too",
      operation: "list",
      replies: { 200: { description: "The downloads, the first asked for first.", schema: z.array(jobSchema) } },
      handle: async () => {
        const addresses = await addressesOf(surface);
        const jobs = underWay(surface).map((one) => jobBody(one, addresses.get(one.backend) ?? one.backend));
        return { status: 200, json: jobs };
      },
    },
    {
      method: "GET",
      path: "/queue/inProgress",
      noun: "queue",
      summary: "Follow downloads as server-sent events",
      operation: "get",
      replies: {
        200: {
          description: "A frame for each change of a download: status, model, baseUrl, and bytes where they are known.",
          contentType: "text/event-stream",
        },
      },
      handle: ({ signal }) => {
        const own = new AbortController();
        const events = framesOf(surface, AbortSignal.any([signal, own.signal]));
        return { status: 200, events, letGo: () => own.abort() };
      },
    },
  ];
}

function cancelRoutes(surface: Surface): readonly Route[] {
  return [
    {
      method: "DELETE",
      path: "/queue/cancel",
      noun: "queue",
      summary: "Stop downloads, by the address of their backend or by their model",
      operation: "delete",
      query: z.object({
        url: z.string().optional().describe("The address of a backend. Wins over model."),
        model: z.string().optional(),
      }),
      replies: {
        200: { description: "There is none any more.", schema: z.string() },
        400: { description: "Both parameters are missing." },
      },
      handle: async ({ query }) => {
        const url = query.get("url") ?? "";
        const model = query.get("model") ?? "";
        if (url === "" && model === "")
          throw new HttpError(400, "url or model is expected in the query, and both are missing");
        const addresses = await addressesOf(surface);
        cancel(surface, (one) => (url === "" ? one.model === model : addresses.get(one.backend) === url));
        return { status: 200, json: "Model download cancellation initiated" };
      },
    },
    {
      method: "DELETE",
      path: "/queue/{model}",
      noun: "queue",
      summary: "Stop the downloads of a model; it is not fetched again until somebody assigns it anew",
      operation: "delete",
      replies: { 200: { description: "There is none any more.", schema: z.string() } },
      handle: (call) => {
        const model = paramOf(call, "model");
        cancel(surface, (one) => one.model === model);
        return { status: 200, json: "Model removed from queue" };
      },
    },
  ];
}

async function* framesOf(surface: Surface, signal: AbortSignal): AsyncGenerator<string, void, void> {
  for await (const download of followDownloads(surface.runtime, signal)) {
    const addresses = await addressesOf(surface);
    yield frameOf(progressBody(download, addresses.get(download.backend) ?? download.backend));
  }
}

function underWay({ runtime }: Surface): readonly Download[] {
  return runtime.downloads.list().filter(({ state }) => state === "queued" || state === "running");
}

function cancel(surface: Surface, isMeant: (download: Download) => boolean): void {
  for (const download of underWay(surface)) if (isMeant(download)) surface.runtime.downloads.cancel(download.id);
}

async function addressesOf(surface: Surface): Promise<ReadonlyMap<string, string>> {
  const rows = await recordBookOf(surface).backends.list();
  return new Map(rows.map((row) => [row.key, addressOf(row)]));
}
