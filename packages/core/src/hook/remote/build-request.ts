import { basicAuthorization } from "../../surroundings/basic-authorization.ts";
import type { HookInvocation } from "../hook.ts";
import type { RemoteHook } from "../remote-hook.ts";
import { carriesBody } from "./carries-body.ts";
import { PROTOCOLS } from "./protocols.ts";

export interface HookRequest {
  /** Without user and password. */
  readonly url: URL;
  readonly method: string;
  /** All of them; they belong to the origin of `url`. */
  readonly headers: Headers;
  /** JSON text. Absent where the method cannot carry one. */
  readonly body?: string;
}

/** The request by which a remote hook is called. */
export function buildRequest(hook: RemoteHook, { name, args, input, idempotencyKey }: HookInvocation): HookRequest {
  const url = new URL(hook.url);
  const hasBody = carriesBody(hook.method);
  const headers = new Headers();
  if (hasBody) headers.set("content-type", "application/json");
  if (url.username !== "" || url.password !== "") headers.set("authorization", basicAuthorization(url));
  headers.set("idempotency-key", headerText(idempotencyKey));
  for (const [header, value] of Object.entries(hook.headers)) headers.set(header, value);
  url.username = "";
  url.password = "";
  const request = { url, method: hook.method, headers };
  if (!hasBody) return request;
  const body = PROTOCOLS[hook.protocol].encode(name, { input: input.value, ...args });
  return { ...request, body: JSON.stringify(body) };
}

/** The ids in a key may have letters that no header can carry. */
function headerText(text: string): string {
  return /^[\x21-\x7e]+$/.test(text) ? text : encodeURIComponent(text.toWellFormed());
}
