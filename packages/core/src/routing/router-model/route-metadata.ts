import type { LanguageModelResult } from "../../model/contract.ts";
import type { RoutedCall } from "../call/journey.ts";

type Metadata = NonNullable<LanguageModelResult["providerMetadata"]>;

/** Who answered and why, where the AI SDK has a place for it: `providerMetadata.catenary`. */
export function routeMetadata({ backend, provider, model, route }: RoutedCall): Metadata {
  // Safe: a route is plain data, of texts, numbers, lists and objects.
  return { catenary: { backend, provider, model, route: route as unknown as Metadata[string] } };
}
