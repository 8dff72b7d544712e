import { fieldOf } from "../../errors/error-body.ts";
import type { LanguageModelResult } from "../../model/contract.ts";
import type { RouteRecord } from "../../value/route-record.ts";
import type { RoutedCall } from "../call/journey.ts";

type Metadata = NonNullable<LanguageModelResult["providerMetadata"]>;

/** Who answered and why, where the AI SDK has a place for it: `providerMetadata.catenary`. */
export function routeMetadata({ backend, provider, model, route }: RoutedCall): Metadata {
  // Safe: a route is plain data, of texts, numbers, lists and objects.
  return { catenary: { backend, provider, model, route: route as unknown as Metadata[string] } };
}

/**
 * The way that a call went: out of the `providerMetadata` of an answer of the AI SDK, or out of the error of a call that failed. Undefined
 * where there is none, as with other providers.
 */
export function routeOf(source: unknown): RouteRecord | undefined {
  const route = fieldOf(fieldOf(source, "catenary"), "route") ?? fieldOf(fieldOf(source, "details"), "route");
  const isRoute =
    typeof fieldOf(route, "policy") === "string" &&
    Array.isArray(fieldOf(route, "tried")) &&
    Array.isArray(fieldOf(route, "dropped"));
  // Safe: only routed calls write records of this shape there.
  return isRoute ? (route as RouteRecord) : undefined;
}
