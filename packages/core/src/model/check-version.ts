import { ModelError } from "../errors/model-error.ts";
import { SPECIFICATION_VERSION } from "./contract.ts";

/**
 * Refuses a model of another version of the provider specification, whose answers would be misread.
 *
 * @throws ModelError of the class `chain`: trying again or elsewhere does not mend it.
 */
export function checkVersion(model: { readonly specificationVersion: string }, backend: string, modelId: string): void {
  const { specificationVersion } = model;
  if (specificationVersion === SPECIFICATION_VERSION) return;
  throw new ModelError(
    `${modelId} on ${backend} is a model of the AI SDK's provider specification ${JSON.stringify(specificationVersion)}, and ${SPECIFICATION_VERSION} is needed: update its provider, or adapt it`,
    { failure: "chain", backend, model: modelId },
  );
}
