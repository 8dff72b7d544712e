import { refuseRequest } from "./refuse-request.ts";

/** Refuses a URL that is not absolute, or neither http nor https. What may be secret in it does not get into the message. */
export function checkUrl(url: unknown): void {
  if (typeof url !== "string") refuseRequest(`url is text such as https://example.com/hook, not ${typeof url}.`);
  if (!URL.canParse(url)) {
    refuseRequest(`url must be absolute and well formed, beginning with http:// or https://; got ${shown(url)}.`);
  }
  const { protocol } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") {
    refuseRequest(`url must begin with http:// or https://; got ${shown(url)}.`);
  }
}

/** Without user, password, query and fragment. */
function shown(url: string): string {
  const start = url.replace(/\/\/[^/?#]*@/, "//").replace(/[?#].*$/s, "");
  return JSON.stringify(start.slice(0, 100));
}
