/** What routes are about. A host may mount those of some nouns only. */
export const ROUTE_NOUNS = [
  "system",
  "execution",
  "runs",
  "openai",
  "taskchains",
  "backends",
  "models",
  "groups",
  "affinity",
  "hooks",
  "providers",
  "queue",
  "downloads",
  "document",
] as const;

export type RouteNoun = (typeof ROUTE_NOUNS)[number];
