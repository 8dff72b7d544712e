import { checkBody } from "../body/check-body.ts";
import { decodeBody } from "../body/decode-body.ts";
import type { Call } from "../call.ts";
import type { HttpLimits } from "../http-options.ts";
import type { Route } from "../route.ts";

/** What a route's handler is given as the body; undefined where the route has none. */
export async function readBody(
  call: Call,
  { body, operation }: Route,
  { depth, values, yamlBytes }: Required<HttpLimits>,
): Promise<unknown> {
  if (body === undefined) return undefined;
  const text = await call.text();
  const contentType = call.header("content-type");
  return checkBody(body, await decodeBody({ text, contentType, depth, values, yamlBytes, operation }), operation);
}
