import { z } from "zod";
import type { ReplyDoc, Route } from "../route.ts";

export interface DocumentSurroundings {
  readonly mount: string;
  readonly version: string;
}

type Json = Readonly<Record<string, unknown>>;

const ERROR: Json = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["message", "type", "code"],
      properties: {
        message: { type: "string" },
        type: { type: "string" },
        param: { type: "string" },
        code: { type: "string" },
      },
    },
  },
};

/** OpenAPI 3.1 of a table of routes. */
export function openApiDocument(routes: readonly Route[], { mount, version }: DocumentSurroundings): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) {
    const path = paths[route.path] ?? {};
    paths[route.path] = { ...path, [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Catenary", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: mount === "" ? "/" : mount }],
    tags: [...new Set(routes.map(({ noun }) => noun))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: ERROR },
      responses: {
        Error: {
          description: "What went wrong, as OpenAI's clients expect it.",
          content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
        },
      },
      securitySchemes: {
        bearer: { type: "http", scheme: "bearer" },
        apiKey: { type: "apiKey", in: "header", name: "X-API-Key" },
      },
    },
    security: [{ bearer: [] }, { apiKey: [] }],
  };
}

function operationOf(route: Route): Json {
  const parameters = [...pathParameters(route.path), ...queryParameters(route.query)];
  return {
    operationId: operationId(route),
    tags: [route.noun],
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== undefined && {
      requestBody: { required: true, content: { "application/json": { schema: schemaOf(route.body, "input") } } },
    }),
    responses: {
      ...Object.fromEntries(Object.entries(route.replies).map(([status, doc]) => [status, responseOf(doc)])),
      default: { $ref: "#/components/responses/Error" },
    },
    ...(route.access === "everyone" && { security: [] }),
  };
}

/** `get /backends/{id}` becomes `getBackendsById`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[/_.-]/).filter((word) => word !== "");
  const named = words.map((word) => (word.startsWith("{") ? `By${capital(word.slice(1, -1))}` : capital(word)));
  return `${method.toLowerCase()}${named.join("")}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function pathParameters(path: string): readonly Json[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

function queryParameters(query: Route["query"]): readonly Json[] {
  if (query === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(query, "input");
  return Object.entries(properties as Json).map(([name, schema]) => ({
    name,
    in: "query",
    // Safe: JSON Schema's list of names.
    required: (required as readonly string[]).includes(name),
    schema,
  }));
}

function responseOf({ description, schema, contentType }: ReplyDoc): Json {
  if (schema === undefined && contentType === undefined) return { description };
  const content = schema === undefined ? {} : { schema: schemaOf(schema, "output") };
  return { description, content: { [contentType ?? "application/json"]: content } };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}
