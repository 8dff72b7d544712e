import { type BackendModel, CatenaryError, checkServerSettings, checkSettingNames } from "@catenary/core";
import type { AISDKSettings } from "./settings.ts";

const SETTINGS: Readonly<Record<keyof AISDKSettings, true>> = {
  id: true,
  type: true,
  name: true,
  capabilities: true,
  routing: true,
  secrets: true,
  models: true,
  listModels: true,
};

/** @throws CatenaryError `settings_invalid` where the id or the models are missing or wrong, or a setting has another name. */
export function checkSettings(settings: AISDKSettings): void {
  checkSettingNames("fromAISDK()", settings, SETTINGS);
  const { id, models, listModels } = settings;
  if (typeof id !== "string" || id === "") {
    throw invalid(`fromAISDK() needs an id, unique in the runtime, such as { id: "mistral" }, and got ${show(id)}.`);
  }
  if (models === undefined && listModels === undefined) {
    throw invalid(`the backend "${id}" does not say what it serves: give it models: ["…"], or listModels.`);
  }
  if (listModels !== undefined && typeof listModels !== "function") {
    throw invalid(`listModels of the backend "${id}" must be a function, and is ${show(listModels)}.`);
  }
  if (models === undefined) {
    checkServerSettings("fromAISDK()", settings);
    return;
  }
  if (!Array.isArray(models)) throw invalid(`models of the backend "${id}" must be a list, and is ${show(models)}.`);
  const names = new Set<string>();
  for (const model of models.map(asModel)) {
    if (model === undefined) {
      throw invalid(`each of the models of the backend "${id}" must be a name, or an object with its id.`);
    }
    if (names.has(model.id)) throw invalid(`the backend "${id}" declares the model "${model.id}" twice.`);
    names.add(model.id);
  }
  checkServerSettings("fromAISDK()", settings);
}

/** A model as it was declared or told; undefined where it is none. */
export function asModel(model: string | BackendModel): BackendModel | undefined {
  const named = typeof model === "string" ? { id: model } : model;
  return typeof named?.id === "string" && named.id !== "" ? named : undefined;
}

export function invalid(message: string): CatenaryError {
  return new CatenaryError("settings_invalid", message);
}

/** Only what kind of thing it is: settings are where secrets are. */
function show(value: unknown): string {
  if (value === "") return "an empty text";
  return value === undefined || value === null ? "nothing" : `a value of the type ${typeof value}`;
}
