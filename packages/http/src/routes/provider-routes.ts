import { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { MASK } from "../records/mask.ts";
import { pageReply, readPage } from "../records/page.ts";
import {
  configureProvider,
  findProvider,
  listProviders,
  noProvider,
  type Provider,
  type ProviderType,
  removeProvider,
} from "../records/providers.ts";
import { recordBookOf } from "../records/record-book.ts";
import { NO_TIME, toRfc3339 } from "../records/rfc3339.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { notFoundDoc, pageDoc, pageQuery, takenDoc } from "./docs.ts";

const status = z.object({ configured: z.boolean(), updatedAt: z.string(), provider: z.string() });
const config = z.object({
  APIKey: z.string().describe("Masked: a key that was given is never told."),
  Type: z.string(),
});
/** It is sent as one; what cannot be is no key. */
const IN_A_HEADER = /^[\x21-\x7e]+$/;

const input = z.object({ apiKey: z.string().optional(), upsert: z.boolean().optional() });

/** Keys of hosted providers. */
export function providerRoutes(surface: Surface): readonly Route[] {
  return [...typeRoutes(surface, "openai"), ...typeRoutes(surface, "gemini"), ...configRoutes(surface)];
}

function typeRoutes(surface: Surface, type: ProviderType): readonly Route[] {
  const { inTurn } = recordBookOf(surface);
  return [
    defineRoute({
      method: "POST",
      path: `/providers/${type}/configure`,
      noun: "providers",
      summary: `Give the key of ${type}, and make a backend that uses it`,
      operation: "create",
      body: input,
      replies: {
        200: { description: "It is kept.", schema: status },
        404: { description: "The runtime was given no such type of backends." },
        409: takenDoc,
        422: { description: "The key is missing; or there is one, and upsert is not true." },
      },
      handle: (_call, { apiKey = "", upsert = false }) =>
        inTurn(async () => {
          if (!IN_A_HEADER.test(apiKey))
            throw new HttpError(422, "api key is required, without white space", { param: "apiKey" });
          if (apiKey === MASK)
            throw new HttpError(422, "api key is required; this is what is shown in the place of one", {
              param: "apiKey",
            });
          if (!upsert && (await findProvider(surface, type)) !== undefined)
            throw new HttpError(
              422,
              `provider config already exists: ${type} has a key; send upsert: true to replace it`,
              { param: "upsert" },
            );
          const { updatedAt } = await configureProvider(surface, type, apiKey);
          return { status: 200, json: { configured: true, updatedAt: toRfc3339(updatedAt), provider: type } };
        }),
    }),
    {
      method: "GET",
      path: `/providers/${type}/status`,
      noun: "providers",
      summary: `Whether ${type} has a key`,
      operation: "get",
      replies: { 200: { description: "Whether it has, and since when.", schema: status } },
      handle: async () => {
        const found = await findProvider(surface, type);
        const updatedAt = found === undefined ? NO_TIME : toRfc3339(found.sheet.updatedAt);
        return { status: 200, json: { configured: found !== undefined, updatedAt, provider: type } };
      },
    },
  ];
}

function configRoutes(surface: Surface): readonly Route[] {
  const { inTurn } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: "/providers/configs",
      noun: "providers",
      summary: "List the providers that have a key, the newest first",
      operation: "list",
      query: pageQuery,
      replies: { 200: pageDoc("A page of providers.", z.array(config)) },
      handle: async (call) =>
        pageReply(await listProviders(surface), readPage(call, { most: Number.POSITIVE_INFINITY }), configBody),
    },
    {
      method: "GET",
      path: "/providers/{providerType}/config",
      noun: "providers",
      summary: "Get a provider that has a key",
      operation: "get",
      replies: { 200: { description: "The provider, its key masked.", schema: config }, 404: notFoundDoc },
      handle: async (call) => {
        const type = paramOf(call, "providerType");
        const found = await findProvider(surface, type);
        if (found === undefined) throw noProvider(type);
        return { status: 200, json: configBody(found) };
      },
    },
    {
      method: "DELETE",
      path: "/providers/{providerType}/config",
      noun: "providers",
      summary: "Forget a provider's key; its backend stays",
      operation: "delete",
      replies: { 200: { description: "It is forgotten.", schema: z.string() }, 404: notFoundDoc },
      handle: (call) =>
        inTurn(async () => {
          await removeProvider(surface, paramOf(call, "providerType"));
          return { status: 200, json: "Provider config deleted successfully" };
        }),
    },
  ];
}

function configBody({ type }: Provider): z.infer<typeof config> {
  return { APIKey: MASK, Type: type };
}
