import { checkHeaders } from "./remote/check-headers.ts";
import { checkMethod } from "./remote/check-method.ts";
import { checkUrl } from "./remote/check-url.ts";
import { PROTOCOL_NAMES, type ProtocolName } from "./remote/protocol.ts";
import { refuseRequest } from "./remote/refuse-request.ts";

export interface RemoteHookSettings {
  /** Absolute, http or https. A user and password in it are sent as basic authentication. */
  readonly url: string;
  /** Default `POST`. `GET` and `HEAD` cannot carry the arguments: the hook is called without a body. */
  readonly method?: string;
  /** How the arguments are wrapped and the result is unwrapped. Default `openai-object`. */
  readonly protocol?: ProtocolName;
  /** How long one request may take until its answer is read, in milliseconds. Default 60,000. */
  readonly timeoutMs?: number;
  /** Sent with each request to the origin of `url`, never to another one. */
  readonly headers?: Readonly<Record<string, string>>;
  /** A longer answer fails the call. In bytes; default 10 MiB. */
  readonly maxResponseBytes?: number;
  /** Default: none, each attempt of the task makes one request. */
  readonly retries?: HookRetries;
  /**
   * `public`: who gave the address may only name what everybody can reach. A transport that checks addresses, such as
   * `@catenary/node`'s, refuses private ones then. Default: private ones are allowed.
   */
  readonly addresses?: "public";
}

/**
 * Further requests of one call after a failure that may pass: no connection, no answer in time, 408, 429, 5xx. Every
 * request of a hook carries the header `Idempotency-Key`, the same one for all requests of a visit of a task.
 */
export interface HookRetries {
  /** How many at most, 1 to 20. */
  readonly max: number;
  /** Before the first; doubled each time. A longer `Retry-After` is obeyed up to a minute. In milliseconds; default 500. */
  readonly backoffMs?: number;
}

/** A hook behind an address, checked and with its defaults. Plain data. */
export interface RemoteHook {
  readonly kind: "remote";
  readonly url: string;
  readonly method: string;
  readonly protocol: ProtocolName;
  readonly timeoutMs: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly maxResponseBytes: number;
  readonly retries?: Required<HookRetries>;
  readonly addresses?: "public";
}

/**
 * Describes a hook that is called over HTTP.
 *
 * @throws HookError `hook_request_invalid` when no request could ever be made of the settings.
 */
export function remoteHook(settings: RemoteHookSettings): RemoteHook {
  if (typeof settings !== "object" || settings === null) {
    refuseRequest(
      `the settings are an object with a url, such as { url: "https://…" }, not ${JSON.stringify(settings)}.`,
    );
  }
  const { url, method = "POST", protocol = "openai-object", timeoutMs = 60_000 } = settings;
  const { headers = {}, maxResponseBytes = 10 * 1024 * 1024, retries, addresses } = settings;
  checkUrl(url);
  checkMethod(method);
  checkHeaders(headers);
  if (!PROTOCOL_NAMES.includes(protocol)) {
    refuseRequest(`protocol is one of ${PROTOCOL_NAMES.join(", ")}, not ${JSON.stringify(protocol)}.`);
  }
  checkNumber("timeoutMs", timeoutMs, { least: Number.MIN_VALUE });
  checkNumber("maxResponseBytes", maxResponseBytes, { least: 1 });
  if (addresses !== undefined && addresses !== "public") {
    refuseRequest(`addresses is "public" or left out, not ${JSON.stringify(addresses)}.`);
  }
  return {
    kind: "remote",
    url,
    method,
    protocol,
    timeoutMs,
    headers: { ...headers },
    maxResponseBytes,
    ...(retries !== undefined && { retries: checkRetries(retries) }),
    ...(addresses !== undefined && { addresses }),
  };
}

function checkRetries({ max, backoffMs = 500 }: HookRetries): Required<HookRetries> {
  checkNumber("retries.max", max, { least: 1, most: 20 });
  if (!Number.isInteger(max)) refuseRequest(`retries.max is a whole number, not ${max}.`);
  checkNumber("retries.backoffMs", backoffMs, { least: 0 });
  return { max, backoffMs };
}

function checkNumber(field: string, value: unknown, { least, most }: { least: number; most?: number }): void {
  const fits = typeof value === "number" && Number.isFinite(value) && value >= least && value <= (most ?? value);
  if (fits) return;
  const low = least === Number.MIN_VALUE ? "above 0" : `from ${least}`;
  const range = most === undefined ? low : `${low} to ${most}`;
  refuseRequest(`${field} is a number ${range}, not ${typeof value === "number" ? value : JSON.stringify(value)}.`);
}
