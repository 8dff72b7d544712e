import type { HttpHandler } from "./http-handler.ts";

/** What Hono gives its middleware, as far as it matters here. */
interface HonoContext {
  readonly req: { readonly raw: Request };
  /** What the host under Hono tells of a connection. */
  readonly env?: unknown;
}

export type HonoMiddleware = (context: HonoContext, next: () => Promise<void>) => Promise<Response | undefined>;

/**
 * A handler as middleware of Hono: `app.use("/ai/*", toHono(createHttpHandler(runtime, { mount: "/ai" })))`. What is none of its
 * paths goes on to the next.
 */
export function toHono(handler: HttpHandler): HonoMiddleware {
  return async (context, next) => {
    const { raw } = context.req;
    const peerAddress = peerAddressOf(context.env, raw);
    const response = await handler(raw, peerAddress === undefined ? {} : { peerAddress });
    if (response === undefined) await next();
    return response;
  };
}

/** Node's adapter gives the request of `node:http`, Bun its server, Deno what it knows of the connection. */
function peerAddressOf(env: unknown, request: Request): string | undefined {
  const onNode = memberOf(memberOf(memberOf(env, "incoming"), "socket"), "remoteAddress");
  const onDeno = memberOf(memberOf(env, "remoteAddr"), "hostname");
  const requestIp = memberOf(env, "requestIP") ?? memberOf(memberOf(env, "server"), "requestIP");
  const server = memberOf(env, "requestIP") === undefined ? memberOf(env, "server") : env;
  const onBun =
    typeof requestIp === "function" ? memberOf(Reflect.apply(requestIp, server, [request]), "address") : undefined;
  return [onNode, onDeno, onBun].find((address) => typeof address === "string");
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
