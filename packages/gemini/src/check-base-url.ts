import { CatenaryError, showAddress } from "@catenary/core";

const EXAMPLE = "https://generativelanguage.googleapis.com";

/**
 * The address with the API's version at its end and no slash behind it. Default: Google's own.
 *
 * @throws CatenaryError `settings_invalid` where it is no http address, or carries credentials.
 */
export function checkBaseUrl(baseUrl: string = EXAMPLE): string {
  const url = typeof baseUrl === "string" && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw invalid(
      `baseUrl must be an http or https address such as ${EXAMPLE}, got ${typeof baseUrl === "string" ? JSON.stringify(showAddress(baseUrl)) : typeof baseUrl}.`,
    );
  }
  if (url.username !== "" || url.password !== "") {
    throw invalid("baseUrl must not carry a user name or password: give them as apiKey or headers.");
  }
  if (url.search !== "" || url.hash !== "")
    throw invalid("baseUrl must end with its path, without a query or a fragment.");
  // The AI SDK makes a pattern of the address.
  if (!/^[\w./~%@:-]*$/.test(url.pathname))
    throw invalid("baseUrl must have a path of letters, digits and any of . _ ~ % @ : - alone.");
  const address = `${url.origin}${url.pathname}`.replace(/\/+$/, "");
  return /\/v\d+(?:(?:alpha|beta)\d*)?$/.test(address) ? address : `${address}/v1beta`;
}

function invalid(message: string): CatenaryError {
  return new CatenaryError("settings_invalid", message);
}
