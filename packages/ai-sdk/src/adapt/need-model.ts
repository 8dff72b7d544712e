import { ModelError } from "@catenary/core";
import { isUnderstood, understoodVersions } from "../versions.ts";

/** Which model a provider was asked for. */
export interface Made {
  readonly backend: string;
  readonly model: string;
}

/**
 * What a provider made, where it is a model of the wanted kind.
 *
 * @throws ModelError of the class `chain`: trying again or elsewhere does not mend it.
 */
export function needModel<Model extends object>(
  value: unknown,
  method: "doGenerate" | "doEmbed",
  { backend, model }: Made,
): Model {
  const refuse = (message: string) => new ModelError(message, { failure: "chain", backend, model });
  const isObject = typeof value === "object" && value !== null;
  if (!isObject || !("specificationVersion" in value)) {
    const got = isObject
      ? "an object without a version"
      : `a value of the type ${value === null ? "null" : typeof value}`;
    throw refuse(`the provider of ${backend} was to make the model ${model} of the AI SDK, and made ${got}`);
  }
  const { specificationVersion: version } = value;
  if (!isUnderstood(version)) {
    throw refuse(
      `${model} on ${backend} is a model of the AI SDK's provider specification ${String(version)}, and ${understoodVersions} are understood: install another major version of its provider`,
    );
  }
  // Safe: a model of a version that is understood, and of the kind that has this method; how it behaves is the provider's word.
  if (method in value) return value as Model;
  throw refuse(
    method === "doEmbed"
      ? `${model} on ${backend} is no embedding model: take embed out of its capabilities`
      : `${model} on ${backend} does not answer in words: declare it with capabilities: { embed: true }`,
  );
}
