import { CatenaryError } from "../errors/catenary-error.ts";
import { showAddress } from "../errors/hide-secrets.ts";

/**
 * For adapters: the address where a server's routes begin, without a slash at its end.
 *
 * @param example Of such an address, for the error.
 * @throws CatenaryError `settings_invalid` where it is no http address, carries credentials, or does not end with its path.
 */
export function checkBaseUrl(baseUrl: string | undefined, example: string): string {
  const url = typeof baseUrl === "string" && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const got = typeof baseUrl === "string" ? JSON.stringify(showAddress(baseUrl)) : typeof baseUrl;
    throw invalid(
      `baseUrl must be an http or https address such as ${example}, got ${baseUrl === undefined ? "nothing" : got}.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("baseUrl must not carry a user name or password: give them as apiKey or headers.");
  }
  if (url.search !== "" || url.hash !== "")
    throw invalid("baseUrl must end with its path, without a query or a fragment.");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

function invalid(message: string): CatenaryError {
  return new CatenaryError("settings_invalid", message);
}
