import type { Download } from "@catenary/core";
import { z } from "zod";
import { toRfc3339 } from "./rfc3339.ts";

export const jobSchema = z.object({
  id: z.string(),
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
    createdAt: toRfc3339(Math.floor(queuedAt) * 1000),
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

const ENDINGS: Readonly<Partial<Record<Download["state"], string>>> = { completed: "success" };
