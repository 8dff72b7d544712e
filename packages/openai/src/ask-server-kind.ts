import type { BackendModel } from "@catenary/core";
import { z } from "zod";
import type { Connection } from "./connection.ts";

/** What a server says of its models beyond OpenAI's list. Nothing where it does not say it. */
export type Extras = ReadonlyMap<string, Pick<BackendModel, "contextLength" | "capabilities" | "loaded">>;

/**
 * Asks servers that are known to tell more on a route of their own, and only them: they say who they are in `owned_by`. What they do
 * not answer is not known; their list is no worse without it.
 */
export async function askServerKind(
  connection: Connection,
  owners: ReadonlySet<string | undefined>,
  signal: AbortSignal | undefined,
): Promise<Extras> {
  const root = connection.baseUrl.replace(/\/v1$/, "");
  try {
    if (owners.has(LM_STUDIO)) return lmStudioModels(await ask(connection, `${root}/api/v0/models`, signal));
    if (owners.has(LLAMA_CPP)) return llamaCppModels(await ask(connection, `${root}/props`, signal));
  } catch {
    signal?.throwIfAborted();
  }
  return NOTHING;
}

const LM_STUDIO = "organization_owner";
const LLAMA_CPP = "llamacpp";
const NOTHING: Extras = new Map();
/** llama.cpp's server has one model, whatever name it is called by. */
export const ANY_MODEL = "*";

async function ask({ fetch }: Connection, url: string, signal: AbortSignal | undefined): Promise<unknown> {
  const response = await fetch(url, signal === undefined ? {} : { signal });
  return response.json();
}

const count = z.number().int().positive().optional().catch(undefined);

const lmStudioList = z.object({
  data: z.array(
    z.object({
      id: z.string(),
      type: z.string().optional().catch(undefined),
      state: z.string().optional().catch(undefined),
      max_context_length: count,
      /** What it was loaded with; less than it could have. */
      loaded_context_length: count,
      capabilities: z.array(z.string()).optional().catch(undefined),
    }),
  ),
});

function lmStudioModels(answer: unknown): Extras {
  const { data } = lmStudioList.parse(answer);
  return new Map(
    data.map(({ id, type, state, max_context_length: most, loaded_context_length: now, capabilities: told }) => {
      const contextLength = now ?? most;
      const embeds = type === "embeddings";
      const capabilities = {
        ...(type !== undefined && { embed: embeds, vision: type === "vlm" }),
        ...(embeds && { chat: false }),
        ...(told !== undefined && { tools: told.includes("tool_use") }),
      };
      return [
        id,
        {
          ...(contextLength !== undefined && { contextLength }),
          ...(Object.keys(capabilities).length > 0 && { capabilities }),
          ...(state !== undefined && { loaded: state === "loaded" }),
        },
      ];
    }),
  );
}

const llamaCppProps = z.object({
  default_generation_settings: z.object({ n_ctx: count }).optional().catch(undefined),
  modalities: z.object({ vision: z.boolean() }).optional().catch(undefined),
});

function llamaCppModels(answer: unknown): Extras {
  const { default_generation_settings: settings, modalities } = llamaCppProps.parse(answer);
  const contextLength = settings?.n_ctx;
  return new Map([
    [
      ANY_MODEL,
      {
        loaded: true,
        ...(contextLength !== undefined && { contextLength }),
        ...(modalities !== undefined && { capabilities: { vision: modalities.vision } }),
      },
    ],
  ]);
}
