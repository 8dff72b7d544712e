export { checkBaseUrl } from "@catenary/core";

/** The address with `/v1` at its end, whether it was there or not. */
export function withVersion(baseUrl: string): string {
  return /\/v\d+$/.test(baseUrl) ? baseUrl : `${baseUrl}/v1`;
}
