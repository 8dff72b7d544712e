/** The error with which the platform's `fetch` rejects when a connection breaks. */
export function brokenConnection(): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
}
