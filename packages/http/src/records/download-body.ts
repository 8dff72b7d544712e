import type { Backend, Download } from "@catenary/core";
import { z } from "zod";
import { addressOf, nameOf } from "./backend-body.ts";
import { toRfc3339 } from "./rfc3339.ts";
import type { Row } from "./rows.ts";

export const jobSchema = z.object({
  id: z.string().describe("The backend's address, as in contenox/runtime: the same for all that it fetches."),
  taskType: z.literal("model_download"),
  modelJob: z.object({ url: z.string(), model: z.string() }),
  scheduledFor: z.number(),
  validUntil: z.number(),
  createdAt: z.string(),
  state: z.enum(["queued", "running"]),
});

/** @param url Where the backend is. */
export function jobBody({ model, queuedAt, state }: Download, url: string): z.infer<typeof jobSchema> {
  return {
    id: url,
    taskType: "model_download",
    modelJob: { url, model },
    scheduledFor: 0,
    validUntil: 0,
    createdAt: timeOf(queuedAt),
    state: state === "running" ? "running" : "queued",
  };
}

/** What becomes of a download, as its listeners read it. */
export function progressBody(download: Download, baseUrl: string) {
  const { model, status, digest, state, completedBytes, totalBytes, error } = download;
  return {
    status: state === "running" ? (status ?? "pulling") : (ENDINGS[state] ?? state),
    ...(state === "running" && digest !== undefined && { digest }),
    ...(totalBytes !== undefined && { total: totalBytes }),
    ...(completedBytes !== undefined && { completed: completedBytes }),
    model,
    baseUrl,
    ...(state === "failed" && error !== undefined && { error: error.message }),
  };
}

export const downloadState = z.enum(["queued", "running", "completed", "failed", "cancelled"]);

export const downloadBodySchema = z.object({
  id: z.string(),
  backend: z.string().describe("The backend's id."),
  name: z.string().optional().describe("The backend's name. Absent where the backend is gone, as is its address."),
  baseUrl: z.string().optional(),
  model: z.string(),
  state: downloadState,
  tries: z.number(),
  status: z.string().optional().describe("What the server says that it does."),
  total: z.number().optional().describe("In bytes, where the server has said."),
  completed: z.number().optional().describe("In bytes."),
  error: z
    .object({ message: z.string(), code: z.string() })
    .optional()
    .describe("Why it failed, or why the try before this one did."),
  retryAt: z.string().optional().describe("When it is tried again by itself."),
  createdAt: z.string().describe("When it was asked for."),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
});

export type DownloadBody = z.infer<typeof downloadBodySchema>;

/**
 * A download as it stands, however it ended.
 *
 * @param backend Undefined where it is gone.
 * @param told An error's message in the words of those who send requests.
 */
export function downloadBody(
  download: Download,
  backend: Row<Backend> | undefined,
  told: (message: string) => string,
): DownloadBody {
  const { status, completedBytes, totalBytes, error, retryAt, startedAt, endedAt } = download;
  return {
    id: download.id,
    backend: backend?.id ?? download.backend,
    ...(backend !== undefined && { name: nameOf(backend), baseUrl: addressOf(backend) }),
    model: download.model,
    state: download.state,
    tries: download.tries,
    ...(status !== undefined && { status }),
    ...(totalBytes !== undefined && { total: totalBytes }),
    ...(completedBytes !== undefined && { completed: completedBytes }),
    ...(error !== undefined && { error: { message: told(error.message), code: error.code } }),
    ...(retryAt !== undefined && { retryAt: timeOf(retryAt) }),
    createdAt: timeOf(download.queuedAt),
    ...(startedAt !== undefined && { startedAt: timeOf(startedAt) }),
    ...(endedAt !== undefined && { endedAt: timeOf(endedAt) }),
  };
}

function timeOf(millis: number): string {
  return toRfc3339(Math.floor(millis) * 1000);
}

const ENDINGS: Readonly<Partial<Record<Download["state"], string>>> = { completed: "success" };
