import { z } from "zod";
import { documentPage } from "../openapi/document-page.ts";
import { openApiDocument } from "../openapi/open-api-document.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";

const PAGE_HEAD = {
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

/** The routes that tell of all routes, themselves among them. */
export function documentRoutes(surface: Surface, allRoutes: () => readonly Route[]): readonly Route[] {
  const version = surface.options.version ?? "dev";
  // Both are long, and the same each time: only the mount may be another, where a host has several.
  let last: { readonly mount: string; readonly document: unknown } | undefined;
  let page: string | undefined;
  const documentAt = (mount: string) => {
    if (last?.mount !== mount) last = { mount, document: openApiDocument(allRoutes(), { mount, version }) };
    return last.document;
  };
  return [
    {
      method: "GET",
      path: "/openapi.json",
      noun: "document",
      summary: "All routes as OpenAPI 3.1",
      operation: "get",
      access: "everyone",
      replies: { 200: { description: "The document.", schema: z.looseObject({ openapi: z.string() }) } },
      handle: ({ mount }) => ({ status: 200, json: documentAt(mount) }),
    },
    {
      method: "GET",
      path: "/docs",
      noun: "document",
      summary: "All routes as a page",
      operation: "get",
      access: "everyone",
      replies: { 200: { description: "The page.", contentType: "text/html" } },
      handle: () => {
        page ??= documentPage(allRoutes());
        return { status: 200, headers: PAGE_HEAD, text: page, contentType: "text/html; charset=utf-8" };
      },
    },
  ];
}
