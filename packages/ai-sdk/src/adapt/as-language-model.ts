import type { LanguageModel } from "@catenary/core";
import type { AISDKLanguageModel } from "../provider.ts";
import { adaptLanguageModel } from "./adapt-language-model.ts";
import { type Made, needModel } from "./need-model.ts";
import { version2 } from "./version-2.ts";
import { version3 } from "./version-3.ts";

/**
 * A provider's language model as one of the version that Catenary speaks.
 *
 * @throws ModelError of the class `chain` where it is none, or of a version that is not understood.
 */
export function asLanguageModel(value: unknown, made: Made): LanguageModel {
  const model = needModel<AISDKLanguageModel>(value, "doGenerate", made);
  if (model.specificationVersion === "v2") return adaptLanguageModel(model, version2);
  if (model.specificationVersion === "v3") return adaptLanguageModel(model, version3);
  return model;
}
