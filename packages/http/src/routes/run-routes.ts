import { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { chainOf } from "../execution/chain-of.ts";
import { ChainReader } from "../execution/chain-reader.ts";
import { placeAfter } from "../execution/place-after.ts";
import { runFrames } from "../execution/run-frames.ts";
import { runReport, runSummary, toRunReport } from "../execution/run-report.ts";
import { readChain, readRunOptions, startBody } from "../execution/start-body.ts";
import { readLimit } from "../records/page.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { pageDoc } from "./docs.ts";

const started = z.object({ runId: z.string(), chainId: z.string() });
const cancelled = z.object({ runId: z.string(), cancelled: z.boolean().describe("False where the run was over") });

const UNKNOWN = { 404: { description: "No run has this id, or it is kept no more." } };

/** Runs that nobody has to wait for. */
export function runRoutes(surface: Surface): readonly Route[] {
  return [startRoute(surface), listRoute(surface), getRoute(surface), eventsRoute(surface), cancelRoute(surface)];
}

function startRoute(surface: Surface): Route {
  const { runtime, limits } = surface;
  const chains = new ChainReader(limits.chainValues);
  return defineRoute({
    method: "POST",
    path: "/runs",
    noun: "runs",
    summary: "Starts a run, and does not wait for it",
    operation: "server",
    body: startBody,
    replies: {
      202: { description: "The run has begun.", schema: started, headers: { location: "Where the run is." } },
      400: { description: "The chain or the input is not what it must be; nothing was started." },
      404: { description: "No stored chain has this id." },
    },
    handle: async (call, body) => {
      const chain =
        body.chain && typeof body.chain === "string" ? await chainOf(surface, body.chain) : readChain(body, chains);
      const { id: runId } = runtime.start(chain, body.input, {
        ...readRunOptions(body, chain),
        // Whoever follows the run comes a moment later.
        stream: true,
      });
      call.note({ runId });
      const json: z.infer<typeof started> = { runId, chainId: chain.id };
      return { status: 202, headers: { location: `${call.mount}/runs/${encodeURIComponent(runId)}` }, json };
    },
  });
}

function listRoute({ runtime }: Surface): Route {
  return {
    method: "GET",
    path: "/runs",
    noun: "runs",
    summary: "The runs that are kept, the newest first",
    operation: "list",
    query: z.object({
      limit: z.string().optional().describe("How many at most; default 100."),
      cursor: z
        .string()
        .optional()
        .describe("Only runs that began before the one of this id: the header x-next-cursor."),
    }),
    replies: {
      200: pageDoc("A page of runs.", z.array(runSummary)),
      400: { description: "The limit is above 1,000." },
      422: { description: "The limit is none, or the cursor's run is not kept." },
    },
    handle: async (call) => {
      const limit = readLimit(call);
      const cursor = call.query.get("cursor") ?? "";
      if (cursor !== "" && (await runtime.runs.get(cursor)) === undefined) throw goneCursor();
      // One more says whether there are more.
      const found = await runtime.runs.list({ limit: limit + 1, ...(cursor !== "" && { before: cursor }) });
      const json = found.slice(0, limit).map(({ runId, chainId, status }) => ({ runId, chainId, status }));
      const last = found.length > limit ? json.at(-1) : undefined;
      return { status: 200, json, ...(last !== undefined && { headers: { "x-next-cursor": last.runId } }) };
    },
  };
}

function getRoute({ runtime }: Surface): Route {
  return {
    method: "GET",
    path: "/runs/{id}",
    noun: "runs",
    summary: "A run as it stands",
    operation: "get",
    replies: { 200: { description: "The run.", schema: runReport }, ...UNKNOWN },
    handle: async (call) => {
      const run = await runtime.runs.get(paramOf(call, "id"));
      if (run === undefined) throw unknownRun();
      return { status: 200, json: toRunReport(runtime, run) };
    },
  };
}

function eventsRoute({ runtime }: Surface): Route {
  return {
    method: "GET",
    path: "/runs/{id}/events",
    noun: "runs",
    summary: "The events of a run, those that were and those that come",
    operation: "get",
    query: z.object({
      deltas: z.enum(["true", "false"]).optional().describe("Whether pieces of text are among them. Default true"),
    }),
    headers: z.object({
      "Last-Event-ID": z
        .string()
        .optional()
        .describe("The id of the last event that the client has: those after it come."),
    }),
    replies: {
      200: {
        description:
          "Server-sent events to the run's end. Whoever sends `Last-Event-ID` gets those after it. A server that stops ends them with `server_stopping`.",
        contentType: "text/event-stream",
      },
      204: { description: "The run is over, and the client has all of it: it need not come back." },
      422: { description: "The run has no event of that id." },
      ...UNKNOWN,
    },
    handle: async (call) => {
      const id = paramOf(call, "id");
      const run = await runtime.runs.get(id);
      if (run === undefined) throw unknownRun();
      const from = await placeAfter(call.header("last-event-id"), run, runtime.runs);
      if (from === undefined) return { status: 204, text: "" };
      const deltas = call.query.get("deltas") !== "false";
      const events = runFrames(runtime, runtime.runs.events(id, { from, deltas }));
      // A run may wait for days.
      return { status: 200, events, letGo: events.letGo };
    },
  };
}

function cancelRoute({ runtime }: Surface): Route {
  return {
    method: "POST",
    path: "/runs/{id}/cancel",
    noun: "runs",
    summary: "Stops a run that is under way",
    operation: "delete",
    replies: { 200: { description: "It stops, or it was over.", schema: cancelled }, ...UNKNOWN },
    handle: async (call) => {
      const runId = paramOf(call, "id");
      const isStopped = runtime.runs.cancel(runId, "a client asked for it");
      if (!isStopped && (await runtime.runs.get(runId)) === undefined) throw unknownRun();
      return { status: 200, json: { runId, cancelled: isStopped } satisfies z.infer<typeof cancelled> };
    },
  };
}

/** An empty page would say that this is the end. */
function goneCursor(): HttpError {
  const message =
    "cursor expects the id of a run that is kept, as x-next-cursor said; this one is not: begin without it";
  return new HttpError(422, message, { param: "cursor" });
}

function unknownRun(): HttpError {
  return new HttpError(404, "there is no run of this id, or it is kept no more: GET /runs lists those that are");
}
