import { basicAuthorization, CatenaryError, showAddress } from "@catenary/core";

export interface ServerAddress {
  /** The server's root, without a slash at its end and without credentials. */
  readonly root: string;
  /** The same with the credentials that it was given with. It never gets into a message. */
  readonly url: string;
  /** What to send as `authorization`, where the address holds a name and a password. */
  readonly authorization?: string;
}

/**
 * Reads where an Ollama server is. Takes what `OLLAMA_HOST` and the original's `baseUrl` may be: with or without scheme and
 * port, with a slash or `/api` at its end.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function serverAddress(text: string): ServerAddress {
  const url = parse(text.trim());
  // A server may listen on every address of its machine; a client has to name one.
  const host = /^(0\.0\.0\.0|\[::\])$/.test(url.hostname) ? "127.0.0.1" : url.hostname;
  const path = url.pathname.replace(/\/+$/, "").replace(/\/api$/, "");
  const root = `${url.protocol}//${host}${url.port && `:${url.port}`}${path}`;
  if (url.username === "" && url.password === "") return { root, url: root };
  return { root, url: url.href, authorization: basicAuthorization(url) };
}

function parse(text: string): URL {
  const hasScheme = text.includes("://");
  const full = hasScheme ? text : `http://${text.startsWith(":") ? `127.0.0.1${text}` : text}`;
  try {
    const url = new URL(full);
    if (url.protocol !== "http:" && url.protocol !== "https:") throw new TypeError("not an address of the web");
    // Without a scheme Ollama's own port is meant, with one the scheme's.
    if (!hasScheme && url.port === "" && !/^[^/]*:80(\/|$)/.test(text)) url.port = "11434";
    return url;
  } catch {
    throw new CatenaryError(
      "settings_invalid",
      `expected the address of an Ollama server, such as http://127.0.0.1:11434, but got "${showAddress(text)}"; ` +
        "correct baseUrl or OLLAMA_HOST",
    );
  }
}
