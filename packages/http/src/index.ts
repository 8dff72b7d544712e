export { createHttpHandler } from "./create-http-handler.ts";
export type { ErrorBody } from "./errors/error-reply.ts";
export type { FetchOptions, HttpHandler } from "./http-handler.ts";
export type { HttpLimits, HttpOptions } from "./http-options.ts";
export type { RouteNoun } from "./route-noun.ts";
