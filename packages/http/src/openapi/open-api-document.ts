import { z } from "zod";
import { BODY_TYPES } from "../body/media-type.ts";
import type { ReplyDoc, Route } from "../route.ts";
import { GENERAL, generalReplies } from "./general-replies.ts";

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

const ABOUT = `A Catenary runtime. Every error below a route has the body \`Error\`.

What is no route: a path with empty or dotted segments is led to the clean one with 307 and \`Location\`; a GET of an unknown path is 404 with \`Error\`; any other
method of a path is 405 with \`Allow\` and the text \`Method Not Allowed\`, as in contenox/runtime. Below /v1 and /openai both are 404 and 405 with \`Error\`, as OpenAI's clients expect them.
HEAD is answered wherever GET is.`;

const REQUEST_ID: Json = {
  description:
    "The id of the request: the one that the client gave in this header, where it can be logged, else a new one.",
  schema: { type: "string" },
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
    info: { title: "Catenary", description: ABOUT, version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    servers: [{ url: mount === "" ? "/" : mount }],
    tags: [...new Set(routes.map(({ noun }) => noun))].map((name) => ({ name })),
    paths,
    components: {
      schemas: { Error: ERROR },
      headers: { RequestId: REQUEST_ID },
      responses: {
        Error: errorResponse("What went wrong, as OpenAI's clients expect it."),
        ...Object.fromEntries(
          Object.entries(GENERAL).map(([status, { description }]) => [`Error${status}`, errorResponse(description)]),
        ),
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
  const parameters = [
    ...pathParameters(route.path),
    ...parametersOf("query", route.query),
    ...parametersOf("header", route.headers),
  ];
  return {
    operationId: operationId(route),
    tags: [route.noun],
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.body !== undefined && {
      requestBody: { required: true, content: bodyContent(schemaOf(route.body, "input")) },
    }),
    responses: responsesOf(route),
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

function parametersOf(place: "query" | "header", fields: Route["query"]): readonly Json[] {
  if (fields === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(fields, "input");
  return Object.entries(properties as Json).map(([name, schema]) => ({
    name,
    in: place,
    // Safe: JSON Schema's list of names.
    required: (required as readonly string[]).includes(name),
    schema,
  }));
}

/** The same in JSON and in YAML; encoded it is a text. */
function bodyContent(schema: Json): Json {
  return Object.fromEntries(
    BODY_TYPES.map(({ type, form }) => [type, { schema: form === "yaml-base64" ? { type: "string" } : schema }]),
  );
}

function responsesOf(route: Route): Json {
  const own = Object.entries(route.replies).map(([status, doc]) => [status, responseOf(Number(status), doc)] as const);
  const general = Object.keys(generalReplies(route)).map(
    (status) => [status, { $ref: `#/components/responses/Error${status}` }] as const,
  );
  return { ...Object.fromEntries([...own, ...general]), default: { $ref: "#/components/responses/Error" } };
}

const HEADERS: Json = { "x-request-id": { $ref: "#/components/headers/RequestId" } };

function errorResponse(description: string): Json {
  return {
    description,
    headers: HEADERS,
    content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
  };
}

function responseOf(status: number, doc: ReplyDoc): Json {
  if (status >= 400 && doc.schema === undefined) return errorResponse(doc.description);
  const more = Object.entries(doc.headers ?? {}).map(
    ([name, description]) => [name, { description, schema: { type: "string" } }] as const,
  );
  const headers = { ...HEADERS, ...Object.fromEntries(more) };
  const content = contentOf(doc);
  return { description: doc.description, headers, ...(content !== undefined && { content }) };
}

function contentOf({ schema, contentType, events }: ReplyDoc): Json | undefined {
  if (schema === undefined && contentType === undefined) return undefined;
  const content = schema === undefined ? { schema: { type: "string" } } : { schema: schemaOf(schema, "output") };
  return {
    [contentType ?? "application/json"]: content,
    ...(events !== undefined && { "text/event-stream": { schema: { type: "string", description: events } } }),
  };
}

function schemaOf(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      // The library's bounds of any whole number, which say nothing of this one.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return rest;
}
