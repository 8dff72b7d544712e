import { decodePercent } from "./decode-percent.ts";

/** The header that says the user and password of an address: `fetch` refuses addresses with them. */
export function basicAuthorization({ username, password }: URL): string {
  const bytes = new TextEncoder().encode(`${decodePercent(username)}:${decodePercent(password)}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
