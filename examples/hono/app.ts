import type { Runtime } from "@catenary/core";
import { createHttpHandler } from "@catenary/http";
import { toHono } from "@catenary/http/hono";
import { Hono } from "hono";

/** An application with routes of its own, and a runtime under `/ai`. It runs on every host of Hono's. */
export function createApp(runtime: Runtime) {
  const app = new Hono();
  app.use("/ai/*", toHono(createHttpHandler(runtime, { mount: "/ai" })));

  app.get("/", (context) => context.text("the application's own page"));
  app.post("/orders", async (context) => context.json({ ordered: await context.req.json() }, 201));
  return app;
}
