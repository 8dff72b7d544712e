import type { Runtime } from "@catenary/core";
import { createHttpHandler } from "@catenary/http";
import { toExpress } from "@catenary/http/express";
import express from "express";

export interface AppOptions {
  /** Which Express: tests use the older one too. */
  readonly make?: typeof express;
  /** Where the application reads bodies as JSON: before the mount, or behind it. */
  readonly readsBodies?: "before" | "behind";
}

/** An application with routes of its own, and a runtime under `/ai`. */
export function createApp(runtime: Runtime, { make = express, readsBodies = "behind" }: AppOptions = {}) {
  const app = make();
  if (readsBodies === "before") app.use(make.json());
  app.use("/ai", toExpress(createHttpHandler(runtime)));
  if (readsBodies === "behind") app.use(make.json());

  app.get("/", (_request, response) => void response.send("the application's own page"));
  app.post("/orders", (request, response) => void response.status(201).json({ ordered: request.body }));
  return app;
}
