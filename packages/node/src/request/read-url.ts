import { refuseRequest } from "./refuse-request.ts";

/**
 * Reads where a request goes. What may be secret in an address does not get into a message.
 *
 * @throws TransportError `request_invalid`
 */
export function readUrl(input: string | URL): URL {
  const text = String(input);
  const url = parse(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    refuseRequest(`expected an address that begins with http:// or https://, got ${shown(text)}`);
  if (url.username !== "" || url.password !== "")
    refuseRequest(`the address of ${url.host} has a user or a password in it: send them in an authorization header`);
  return url;
}

function parse(text: string): URL {
  try {
    return new URL(text);
  } catch {
    return refuseRequest(`expected an absolute address such as https://example.com/v1, got ${shown(text)}`);
  }
}

/** Without user, password, query and fragment. */
function shown(text: string): string {
  const start = text.replace(/\/\/[^/?#]*@/, "//").replace(/[?#].*$/s, "");
  return JSON.stringify(start.slice(0, 100));
}
