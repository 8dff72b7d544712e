import { ModelError } from "../errors/model-error.ts";
import { describeKind } from "../value/describe-kind.ts";
import { SPECIFICATION_VERSION } from "./contract.ts";

/**
 * Refuses what is no model of the version of the provider specification that is spoken here: its answers would be misread.
 *
 * @throws ModelError of the class `chain`: trying again or elsewhere does not mend it.
 */
export function checkVersion(model: unknown, backend: string, modelId: string): void {
  if (typeof model !== "object" || model === null || !("specificationVersion" in model)) {
    throw refuse(
      `${modelId} on ${backend} is no model of the AI SDK's provider specification, but ${describeKind(model)}`,
    );
  }
  const { specificationVersion: version } = model;
  if (version === SPECIFICATION_VERSION) return;
  throw refuse(
    `${modelId} on ${backend} is a model of the AI SDK's provider specification ${String(version)}, and ${SPECIFICATION_VERSION} is needed: update its provider, or adapt it`,
  );

  function refuse(message: string): ModelError {
    return new ModelError(message, { failure: "chain", backend, model: modelId });
  }
}
