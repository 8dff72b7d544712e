import { CatenaryError, checkBaseUrl as checkAddress } from "@catenary/core";

const EXAMPLE = "https://generativelanguage.googleapis.com";

/**
 * The address with the API's version at its end and no slash behind it. Default: Google's own.
 *
 * @throws CatenaryError `settings_invalid` where it is no http address, or carries credentials.
 */
export function checkBaseUrl(baseUrl: string = EXAMPLE): string {
  const address = checkAddress(baseUrl, EXAMPLE);
  // The AI SDK makes a pattern of the address.
  if (!/^[\w./~%@:-]*$/.test(new URL(address).pathname)) {
    const expected = "baseUrl must have a path of letters, digits and any of . _ ~ % @ : - alone.";
    throw new CatenaryError("settings_invalid", expected);
  }
  return /\/v\d+(?:(?:alpha|beta)\d*)?$/.test(address) ? address : `${address}/v1beta`;
}
