import { CatenaryError, showAddress } from "@catenary/core";

/**
 * The address without a slash at its end.
 *
 * @throws CatenaryError `settings_invalid` where it is no http address, or carries credentials.
 */
export function checkBaseUrl(baseUrl: string | undefined, example: string): string {
  const url = typeof baseUrl === "string" && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const got =
      baseUrl === undefined
        ? "nothing"
        : typeof baseUrl === "string"
          ? JSON.stringify(showAddress(baseUrl))
          : typeof baseUrl;
    throw invalid(`baseUrl must be an http or https address such as ${example}, got ${got}.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("baseUrl must not carry a user name or password: give them as apiKey or headers.");
  }
  if (url.search !== "" || url.hash !== "")
    throw invalid("baseUrl must end with its path, without a query or a fragment.");
  return `${url.origin}${url.pathname}`.replace(/\/+$/, "");
}

/** The address with `/v1` at its end, whether it was there or not. */
export function withVersion(baseUrl: string): string {
  return /\/v\d+$/.test(baseUrl) ? baseUrl : `${baseUrl}/v1`;
}

function invalid(message: string): CatenaryError {
  return new CatenaryError("settings_invalid", message);
}
