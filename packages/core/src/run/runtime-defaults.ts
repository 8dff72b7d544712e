import type { NamedModel } from "../fleet/declarations.ts";
import type { DeclaredModel } from "../model/declared-model.ts";

/** Which model is meant where nobody names one. */
export interface ModelDefault {
  readonly model?: string | undefined;
  /** A backend's type. */
  readonly provider?: string | undefined;
  /** How many tokens the model's context holds, where its server does not tell. */
  readonly contextLength?: number | undefined;
}

/** The models of a runtime's calls that name none: prompts, conversations (else as prompts) and embeddings. */
export interface RuntimeDefaults extends ModelDefault {
  readonly chat?: ModelDefault | undefined;
  readonly embedding?: ModelDefault | undefined;
  /** The routing policy of calls of which neither task, chain nor group names one. Default `auto`. */
  readonly policy?: string | undefined;
}

/** A default model's context length counts as declared. */
export function declaredDefaults(defaults: RuntimeDefaults): readonly DeclaredModel[] {
  return [defaults, defaults.chat, defaults.embedding].flatMap((one) =>
    one?.model === undefined || one.contextLength === undefined
      ? []
      : [{ name: one.model, contextLength: one.contextLength }],
  );
}

/** The models that the defaults name, each with the type of backend that is meant to serve it. */
export function modelsOfDefaults(defaults: RuntimeDefaults): readonly NamedModel[] {
  const { provider, chat, embedding } = defaults;
  return [
    { name: defaults.model, provider },
    { name: chat?.model, provider: chat?.provider ?? provider },
    { name: embedding?.model, provider: embedding?.provider },
  ].flatMap((one) => (one.name === undefined ? [] : [{ ...one, name: one.name }]));
}
