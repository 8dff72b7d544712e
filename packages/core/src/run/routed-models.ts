import type { ExecuteConfig } from "../chain/chain.ts";
import { DEFAULT_TRIES } from "../engine/tries-of.ts";
import { InputError } from "../errors/input-error.ts";
import type { EmbeddingModel, LanguageModel } from "../model/contract.ts";
import type { CallKind } from "../routing/call/model-request.ts";
import type { RouterOptions } from "../routing/call/routed-call.ts";
import { RoutedEmbeddingModel } from "../routing/router-model/routed-embedding-model.ts";
import { RoutedLanguageModel } from "../routing/router-model/routed-language-model.ts";
import { checkOptionNames } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";
import { checkCallOptions, checkRouting } from "./check-call-options.ts";
import { deadlineOf } from "./deadline-of.ts";
import type { ModelSelection } from "./model-selection.ts";
import type { RunParts } from "./run-parts.ts";
import { tellCall } from "./tell-call.ts";
import { wantedOf } from "./wanted-of.ts";

/** @throws InputError where the selection is none; the model's calls throw it where no candidate can take them. */
export function routedLanguageModel(parts: RunParts, selection: string | ModelSelection = {}): LanguageModel {
  const chosen = read(selection);
  return new RoutedLanguageModel(nameOf(chosen), routerOptions(parts, chosen, "chat"));
}

/** @throws InputError as for a language model. */
export function routedEmbeddingModel(parts: RunParts, selection: string | ModelSelection = {}): EmbeddingModel {
  const chosen = read(selection);
  return new RoutedEmbeddingModel(nameOf(chosen), routerOptions(parts, chosen, "embed"));
}

function read(selection: string | ModelSelection): ModelSelection {
  if (typeof selection === "string") {
    if (selection !== "") return { model: selection };
    throw new InputError(
      'a model is chosen by its name or by an object, such as { group: "local" }; got an empty text',
    );
  }
  if (typeof selection !== "object" || selection === null || Array.isArray(selection)) {
    throw new InputError(
      `a model is chosen by its name or by an object, such as { group: "local" }; got ${describeKind(selection)}`,
    );
  }
  checkCallOptions(selection);
  checkOptionNames(selection, SELECTION, "the choice of a model");
  checkRouting(selection, "");
  return selection;
}

const SELECTION = [
  "model",
  "models",
  "provider",
  "providers",
  "group",
  "purpose",
  "policy",
  "session",
  "attempts",
  "deadline",
  "onRouted",
] as const satisfies readonly (keyof ModelSelection)[];

/** For people. */
function nameOf({ model, models = [], group, purpose }: ModelSelection): string {
  const names = [...(model === undefined ? [] : [model]), ...models];
  return names.length > 0 ? names.join(", ") : (group ?? purpose ?? "default");
}

function routerOptions(parts: RunParts, selection: ModelSelection, kind: CallKind): RouterOptions {
  const { group, purpose, policy, session, deadline, attempts, onRouted, ...named } = selection;
  const routing = {
    ...(group !== undefined && { group }),
    ...(purpose !== undefined && { purpose }),
    ...(policy !== undefined && { policy }),
    ...(session !== undefined && { session }),
    ...(deadline !== undefined && { deadline }),
  };
  return {
    parts: parts.routing,
    // Safe: it asks for values, and not for keys.
    chosen: wantedOf({ ...named, routing } as ExecuteConfig, { kind }, parts.defaults),
    tries: attempts ?? DEFAULT_TRIES,
    deadlineOf: (startedAt) => deadlineOf(routing, startedAt),
    owner: parts.openCalls,
    onRouted: (call) => {
      tellCall(parts, kind === "embed" ? "embedding_model" : "model", call);
      onRouted?.(call);
    },
  };
}
