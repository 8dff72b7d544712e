import type { AffinityGroup, Backend, BackendModel, BackendState, DeclaredModel } from "@catenary/core";
import { z } from "zod";
import { canStreamDoc } from "./model-body.ts";

const details = z.object({
  parentModel: z.string(),
  format: z.string(),
  family: z.string(),
  families: z.array(z.string()),
  parameterSize: z.string(),
  quantizationLevel: z.string(),
});

const pulledModel = z.object({
  name: z.string(),
  model: z.string(),
  modifiedAt: z.string(),
  size: z.number(),
  digest: z.string(),
  details,
  contextLength: z.number(),
  canChat: z.boolean(),
  canEmbed: z.boolean(),
  canPrompt: z.boolean(),
  canStream: canStreamDoc,
});

/** What a backend serves, as the bodies of backends and of states have it. */
export const stateFields = {
  models: z.array(z.string()),
  pulledModels: z.array(pulledModel),
  error: z.string().optional(),
};

type StateFields = z.infer<z.ZodObject<typeof stateFields>>;

export interface Known {
  readonly states: readonly BackendState[];
  readonly groups: readonly AffinityGroup[];
  readonly declared: readonly DeclaredModel[];
}

export function stateBody(backend: Backend, { states, groups, declared }: Known): StateFields {
  const state = states.find((one) => one.backend.id === backend.id);
  if (state === undefined) return { models: [], pulledModels: [] };
  // As data the message has no keys in it.
  if (state.error !== undefined) return { models: [], pulledModels: [], error: state.error.toJSON().message };
  if (backend.type === "vllm" && state.models.length === 0)
    return { models: [], pulledModels: [], error: "the server lists no models, so nothing can be asked of it" };
  const meant = groups.flatMap((group) => (group.backends.includes(backend.id) ? (group.models ?? []) : []));
  const served = state.models.map(({ id }) => id);
  return {
    // Only Ollama has models because somebody declared them; the others have those that they have.
    models: backend.type === "ollama" && meant.length > 0 ? [...new Set(meant)] : served,
    pulledModels: state.models.map((model) => pulledBody(model, declared)),
  };
}

function pulledBody(model: BackendModel, declared: readonly DeclaredModel[]): z.infer<typeof pulledModel> {
  const { id, details: told = {} } = model;
  const own = declared.find(({ name }) => name === id || `${name}:latest` === id);
  const can = own?.capabilities ?? model.capabilities ?? {};
  const isEmbedder = can.embed === true;
  return {
    name: id,
    model: id,
    modifiedAt: model.modifiedAt ?? "0001-01-01T00:00:00Z",
    size: model.size ?? 0,
    digest: model.digest ?? "",
    details: {
      parentModel: textAt(told, "parent_model"),
      format: textAt(told, "format"),
      family: textAt(told, "family"),
      families: Array.isArray(told.families) ? told.families.map(String) : [],
      parameterSize: textAt(told, "parameter_size"),
      quantizationLevel: textAt(told, "quantization_level"),
    },
    contextLength: own?.contextLength ?? model.contextLength ?? 0,
    canChat: can.chat ?? !isEmbedder,
    canEmbed: isEmbedder,
    canPrompt: can.prompt ?? can.chat ?? !isEmbedder,
    canStream: can.stream ?? false,
  };
}

function textAt(told: Readonly<Record<string, unknown>>, name: string): string {
  const value = told[name];
  return typeof value === "string" ? value : "";
}
