import { CatenaryError } from "../../errors/catenary-error.ts";
import { orAborted } from "../../surroundings/abort.ts";
import type { Fetch } from "../../surroundings/fetch.ts";
import { publicOnly } from "../../surroundings/public-only.ts";
import type { HookRequest } from "./build-request.ts";
import { carriesBody } from "./carries-body.ts";

const MAX_REDIRECTS = 10;

/**
 * Sends a request and follows redirects, at most ten. 301, 302 and 303 turn every method but GET and HEAD into GET; 307
 * and 308 keep method and body. Another origin gets none of the hook's own headers, because credentials belong to one.
 * From then on a transport that checks addresses lets it lead to public ones only. A redirect without a usable target is
 * returned as it came.
 *
 * @throws CatenaryError `too_many_redirects`
 */
export async function sendRequest(first: HookRequest, fetch: Fetch, signal: AbortSignal): Promise<Response> {
  let request = first;
  let send = fetch;
  for (let redirects = 0; ; redirects += 1) {
    const { url, method, headers, body } = request;
    const response = await orAborted(
      send(url.href, {
        method,
        headers,
        redirect: "manual",
        signal,
        ...(body !== undefined && { body }),
      }),
      signal,
    );
    const next = redirectOf(response, request);
    if (next === undefined) return response;
    response.body?.cancel().catch(() => {});
    if (redirects === MAX_REDIRECTS) throw tooManyRedirects(next.url);
    // Whoever redirects did not register the hook, so what it names must be public.
    if (next.url.origin !== url.origin) send = publicOnly(fetch);
    request = next;
  }
}

function tooManyRedirects({ origin }: URL): CatenaryError {
  return new CatenaryError(
    "too_many_redirects",
    `its request was redirected more than ${MAX_REDIRECTS} times in a row, at last to ${origin}: give the address where that ends, or end the loop there`,
    { failure: "bad_request" },
  );
}

function redirectOf(response: Response, from: HookRequest): HookRequest | undefined {
  const location = response.headers.get("location");
  if (location === null || ![301, 302, 303, 307, 308].includes(response.status)) return undefined;
  if (!URL.canParse(location, from.url)) return undefined;
  const url = new URL(location, from.url);
  if (url.protocol !== "http:" && url.protocol !== "https:") return undefined;
  url.username = "";
  url.password = "";

  const keepsBody = response.status === 307 || response.status === 308 || !carriesBody(from.method);
  const headers = url.origin === from.url.origin ? new Headers(from.headers) : contentTypeOf(from.headers);
  if (keepsBody) return { ...from, url, headers };
  headers.delete("content-type");
  return { url, method: "GET", headers };
}

function contentTypeOf(headers: Headers): Headers {
  const type = headers.get("content-type");
  return new Headers(type === null ? {} : { "content-type": type });
}
