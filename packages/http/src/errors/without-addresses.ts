import { type Runtime, showAddress } from "@catenary/core";

/** A message with the names of backends in the place of their addresses, which are nobody's business who only asks for an answer. */
export function withoutAddresses(runtime: Runtime, message: string): string {
  let text = message;
  for (const { id, value } of runtime.backends.list()) {
    const { name = id, baseUrl } = value;
    if (baseUrl === undefined || !URL.canParse(baseUrl)) continue;
    const { host, origin, pathname } = new URL(baseUrl);
    if (!text.includes(host)) continue;
    // As messages show it.
    const path = showAddress(`${origin}${pathname}`).slice(origin.length).replace(/\/+$/, "");
    const address = `(?<![\\w.-])(?:https?://)?${literal(host)}(?:${literal(path)})?(?![\\w-]|[.:]\\w)`;
    text = text.replace(new RegExp(address, "g"), () => name);
  }
  return text;
}

function literal(text: string): string {
  return text.replace(/[^\w/]/g, "\\$&");
}
